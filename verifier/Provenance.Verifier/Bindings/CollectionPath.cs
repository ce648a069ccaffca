namespace Provenance.Verifier.Bindings;

/// <summary>A path of a collection (C2PA 2.5 §14.12.5.1): relative, and without a way out of its folder (attack A20).</summary>
internal static class CollectionPath
{
    /// <summary>The path with its percent signs decoded; null where it may not be followed.</summary>
    public static string? Decode(string uri)
    {
        // Both are asked: "%2e%2e" is a way out once it is decoded.
        if (!IsSafe(uri))
            return null;
        string decoded = Uri.UnescapeDataString(uri);
        return IsSafe(decoded) ? decoded : null;
    }

    private static bool IsSafe(string path)
    {
        if (path.Length == 0 || path.AsSpan().ContainsAny('\\', ':', '\0') || path.Any(char.IsControl))
            return false;
        // One solidus at the end marks a folder.
        foreach (var part in (path.EndsWith('/') ? path[..^1] : path).Split('/'))
        {
            if (part is "" or "." or "..")
                return false;
        }
        return true;
    }
}
