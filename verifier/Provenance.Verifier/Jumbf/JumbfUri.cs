namespace Provenance.Verifier.Jumbf;

/// <summary>
/// A reference inside a manifest store (C2PA 2.5 §9.4): "self#jumbf=/c2pa/manifest/…" from the store, "self#jumbf=…" from the manifest
/// that holds it. Written without the leading slash by some 1.x tools: a first segment "c2pa" then means the store.
/// </summary>
/// <param name="Manifest">Label of the manifest named; null for a reference relative to the manifest that holds it.</param>
/// <param name="Path">Labels below the manifest.</param>
internal sealed record JumbfUri(string? Manifest, IReadOnlyList<string> Path)
{
    public const string Scheme = "self#jumbf=";

    /// <summary>The store itself.</summary>
    public const string StoreUri = Scheme + "/c2pa";

    /// <summary>Characters of a reference: several times what the longest label at every level needs. One of megabytes would cost its weight many times.</summary>
    private const int Longest = 16 << 10;

    /// <summary>Reads a reference; null for everything that is none (other schemes, "..", empty labels, longer than any can be).</summary>
    public static JumbfUri? Parse(string? text)
    {
        if (text is null or { Length: > Longest } || !text.StartsWith(Scheme, StringComparison.Ordinal))
            return null;
        string path = text[Scheme.Length..];
        int suffix = path.IndexOf("&cbor=", StringComparison.Ordinal); // §9.4.3: one action inside the box, added in 2.5
        if (suffix >= 0)
            path = path[..suffix];
        bool fromStore = path.StartsWith('/');
        string[] labels = (fromStore ? path[1..] : path).Split('/');
        if (labels.Any(label => label.Length == 0 || label is "." or ".."))
            return null;
        if (labels[0] == "c2pa")
            return labels.Length > 1 ? new(labels[1], labels[2..]) : null;
        return fromStore ? null : new(null, labels);
    }

    /// <summary>The store-absolute form that findings use.</summary>
    public static string Absolute(string manifest, params ReadOnlySpan<string> path) =>
        path.Length == 0 ? $"{Scheme}/c2pa/{manifest}" : $"{Scheme}/c2pa/{manifest}/{string.Join('/', path)}";

    /// <summary>The store-absolute form of this reference, as held by <paramref name="holder"/>.</summary>
    public string ToAbsolute(string holder) => Absolute(Manifest ?? holder, [.. Path]);
}
