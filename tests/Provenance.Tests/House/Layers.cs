namespace Provenance.Tests.House;

/// <summary>Which part of the library may mention which: the one table of the house style's arrows.</summary>
internal static class Layers
{
    public const string Library = "Provenance.Verifier";

    /// <summary>
    /// A row: the namespace, what it may mention beside itself, below <see cref="Library"/>. "(root)" is the library's own namespace,
    /// where the front door, the policy and the report stand. "Formats.*" is each format, and none of them knows another.
    /// </summary>
    private const string Arrows = """
        Bytes         ->
        Bytes.Brotli  -> Bytes
        Bytes.Unicode -> Bytes
        Cbor          -> Bytes
        Jumbf         -> Bytes
        Formats       -> Bytes Formats.* Formats.Bmff
        Formats.*     -> Bytes Bytes.Brotli Formats
        Formats.Bmff  -> Bytes Formats
        Crypto        -> Bytes
        Trust         -> Bytes Cms Crypto X509
        Cose          -> Bytes Cbor Crypto Jumbf
        X509          -> Bytes Crypto
        X509.Ocsp     -> Bytes Crypto X509
        Cms           -> Bytes Crypto X509
        Timestamps    -> Bytes Cbor Cms Crypto X509
        Manifests     -> Bytes Bytes.Brotli Cbor Cose Jumbf
        Manifests.Assertions -> Bytes Cbor Jumbf Manifests
        Bindings      -> Bytes Bytes.Unicode Cbor Crypto Formats Formats.Bmff Jumbf Manifests
        Status        ->
        Checks        -> (root) Bindings Bytes Cbor Cose Crypto Formats Jumbf Labels Manifests Manifests.Assertions Status Timestamps Trust X509 X509.Ocsp
        Labels        -> (root) Status
        Identity      -> (root) Bytes Cbor Checks Cose Crypto Jumbf Labels Manifests Status Timestamps Trust X509 X509.Ocsp
        Reports       -> (root) Bindings Bytes Bytes.Brotli Cbor Checks Cose Crypto Formats Identity Jumbf Labels Manifests Manifests.Assertions Status Timestamps Trust X509 X509.Ocsp
        History       -> (root) Bytes Checks Cose Formats Jumbf Labels Manifests Manifests.Assertions Reports
        IO            -> Bytes Identity
        (root)        -> Bindings Bytes Checks Crypto Formats History Identity IO Jumbf Labels Manifests Reports Status Timestamps Trust X509
        """;

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Table { get; } = Arrows
        .Split('\n', StringSplitOptions.TrimEntries)
        .Select(row => row.Split("->", StringSplitOptions.TrimEntries))
        .ToDictionary(row => row[0], row => (IReadOnlyList<string>)row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The row a namespace of the library belongs to; null where the table has none.</summary>
    public static string? RowOf(string @namespace)
    {
        if (@namespace == Library)
            return "(root)";
        if (!@namespace.StartsWith(Library + ".", StringComparison.Ordinal))
            return null;
        var name = @namespace[(Library.Length + 1)..];
        if (Table.ContainsKey(name))
            return name;
        return name.StartsWith("Formats.", StringComparison.Ordinal) ? "Formats.*" : null;
    }

    /// <summary>Whether the table lets a type of one namespace of the library mention a type of another.</summary>
    public static bool Allow(string user, string used)
    {
        if (user == used)
            return RowOf(user) is not null;
        return RowOf(user) is { } from && RowOf(used) is { } to && Table[from].Contains(to);
    }
}
