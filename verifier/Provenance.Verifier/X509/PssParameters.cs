using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.X509;

/// <summary>RSASSA-PSS-params (RFC 4055 §3.1) as stored; what is absent has its default, which is SHA-1 and 20.</summary>
/// <param name="HashPresent">hashAlgorithm is written out (C2PA 2.5 §13.5.1.1 demands it).</param>
/// <param name="HashOid">The hash, dotted.</param>
/// <param name="MaskPresent">maskGenAlgorithm is written out (same clause).</param>
/// <param name="MaskOid">The mask generation function, dotted.</param>
/// <param name="MaskHashOid">The hash of MGF1, dotted; null where the function's parameters are no hash.</param>
/// <param name="SaltLength">Salt length in bytes.</param>
/// <param name="Trailer">The trailer field; 1 is the only one defined.</param>
internal sealed record PssParameters(bool HashPresent, string HashOid, bool MaskPresent, string MaskOid, string? MaskHashOid, int SaltLength, int Trailer)
{
    /// <summary>Reads the parameters of id-RSASSA-PSS.</summary>
    /// <exception cref="MalformedDataException">They are not RSASSA-PSS-params.</exception>
    public static PssParameters Parse(ReadOnlyMemory<byte> parameters)
    {
        var outer = new DerReader(parameters, "RSASSA-PSS-params");
        var reader = outer.ReadSequence();
        outer.ExpectEnd();

        bool hashPresent = false, maskPresent = false;
        string hash = Oids.Sha1, mask = Oids.Mgf1;
        string? maskHash = Oids.Sha1;
        int salt = 20, trailer = 1;
        if (reader.TryReadExplicit(0) is { } hashField)
        {
            hash = ReadHash(hashField);
            hashPresent = true;
        }
        if (reader.TryReadExplicit(1) is { } maskField)
        {
            var algorithm = AlgorithmIdentifier.Read(maskField);
            maskField.ExpectEnd();
            (mask, maskPresent) = (algorithm.Oid, true);
            maskHash = algorithm is { Oid: Oids.Mgf1, Parameters: { } inner } ? ReadHash(new DerReader(inner, "MGF1 parameters")) : null;
        }
        if (reader.TryReadExplicit(2) is { } saltField)
        {
            salt = saltField.ReadInt32();
            saltField.ExpectEnd();
        }
        if (reader.TryReadExplicit(3) is { } trailerField)
        {
            trailer = trailerField.ReadInt32();
            trailerField.ExpectEnd();
        }
        reader.ExpectEnd();
        return new PssParameters(hashPresent, hash, maskPresent, mask, maskHash, salt, trailer);
    }

    private static string ReadHash(DerReader reader)
    {
        var algorithm = AlgorithmIdentifier.Read(reader);
        reader.ExpectEnd();
        // RFC 4055 §2.1: NULL or absent, both mean the same.
        return algorithm.ParametersAbsentOrNull ? algorithm.Oid : throw reader.Malformed("a hash with parameters");
    }
}
