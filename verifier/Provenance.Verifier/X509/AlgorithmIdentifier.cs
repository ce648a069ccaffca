namespace Provenance.Verifier.X509;

/// <summary>AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL } (RFC 5280 §4.1.1.2).</summary>
/// <param name="Oid">The algorithm, dotted.</param>
/// <param name="Parameters">The parameters whole, tag and length included; null where absent.</param>
/// <param name="Raw">The DER of the whole.</param>
internal sealed record AlgorithmIdentifier(string Oid, ReadOnlyMemory<byte>? Parameters, ReadOnlyMemory<byte> Raw)
{
    private static ReadOnlySpan<byte> Null => [0x05, 0x00];

    public bool ParametersAreNull => Parameters is { } parameters && parameters.Span.SequenceEqual(Null);

    public bool ParametersAbsentOrNull => Parameters is null || ParametersAreNull;

    /// <summary>Reads one; <paramref name="context"/> for [n] IMPLICIT.</summary>
    public static AlgorithmIdentifier Read(DerReader reader, int? context = null)
    {
        var before = reader.Rest;
        var content = reader.ReadSequence("AlgorithmIdentifier", context);
        var raw = before[..(before.Length - reader.Rest.Length)];
        string oid = content.ReadOid();
        // "null" alone would become an empty ReadOnlyMemory here.
        ReadOnlyMemory<byte>? parameters = content.HasData ? content.ReadEncoded() : default(ReadOnlyMemory<byte>?);
        content.ExpectEnd();
        return new AlgorithmIdentifier(oid, parameters, raw);
    }
}
