using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>"c2pa.certificate-status" (C2PA 2.5 §16.7.1): answers about the revocation of certificates, unparsed.</summary>
/// <param name="Responses">OCSP responses, DER.</param>
internal sealed record CertificateStatusAssertion(IReadOnlyList<ReadOnlyMemory<byte>> Responses) : AssertionModel
{
    public static CertificateStatusAssertion Read(AssertionReading reading) =>
        new(reading.Map().Values("ocspVals", "a byte string", value => value.Bytes ?? FromBase64(value.Text)));

    // One writer has Base64 text.
    private static ReadOnlyMemory<byte>? FromBase64(string? text)
    {
        if (text is null)
            return null;
        byte[] bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out int length)
            ? bytes.AsMemory(0, length)
            : (ReadOnlyMemory<byte>?)null; // a bare null would become an empty memory
    }
}

/// <summary>A time stamp for a manifest.</summary>
/// <param name="Manifest">Label of the manifest.</param>
/// <param name="Token">The RFC 3161 token, DER; unparsed.</param>
internal sealed record TimeStampEntry(string Manifest, ReadOnlyMemory<byte> Token);

/// <summary>"c2pa.time-stamp" (§16.7.2): time stamps for manifests, added later.</summary>
internal sealed record TimeStampAssertion(IReadOnlyList<TimeStampEntry> Entries) : AssertionModel
{
    public static TimeStampAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        var entries = new List<TimeStampEntry>();
        foreach (var (manifest, value) in fields.Others())
        {
            if (value.Bytes is { } token)
                entries.Add(new(manifest, token));
            else
                fields.Note(manifest, $"a byte string expected, {value.Kind} found");
        }
        return new(entries);
    }
}

/// <summary>A key that signs segments of a live stream.</summary>
/// <param name="Key">The COSE_Key as stored.</param>
/// <param name="KeyId">Its identifier.</param>
/// <param name="MinSequenceNumber">The first segment it may sign.</param>
/// <param name="CreatedAt">When it was made, as claimed.</param>
/// <param name="ValiditySeconds">How long it may be used from then on.</param>
/// <param name="SignerBinding">A signature of the signer's certificate with this key, as stored; not checked.</param>
internal sealed record SessionKey(
    ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte>? KeyId, long? MinSequenceNumber, ClaimedTime? CreatedAt, long? ValiditySeconds, ReadOnlyMemory<byte>? SignerBinding)
{
    private const long KeyIdLabel = 2; // RFC 9052 §7.1

    public static SessionKey? Read(Fields fields) => fields["key"] is { Kind: CborKind.Map } key
        ? new(key.Encoded, key[KeyIdLabel]?.Bytes, fields.Integer("minSequenceNumber"), fields.Time("createdAt"), fields.Integer("validityPeriod"), fields["signerBinding"]?.Encoded)
        : null;
}

/// <summary>"c2pa.session-keys" (§16.7.3): keys for the segments of a live stream.</summary>
internal sealed record SessionKeysAssertion(IReadOnlyList<SessionKey> Keys) : AssertionModel
{
    public static SessionKeysAssertion Read(AssertionReading reading) => new(reading.Map().Maps("keys", SessionKey.Read));
}

/// <summary>"c2pa.livevideo.segment" (§15.4.2): the place of a segment in its live stream.</summary>
internal sealed record LiveSegmentAssertion(long? SequenceNumber, string? StreamId, string? ContinuityMethod, string? PreviousManifestId) : AssertionModel
{
    public static LiveSegmentAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        return new(fields.Integer("sequenceNumber"), fields.Text("streamId"), fields.Text("continuityMethod"), fields.Text("previousManifestId"));
    }
}
