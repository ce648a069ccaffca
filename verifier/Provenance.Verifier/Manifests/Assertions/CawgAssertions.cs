using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>"cawg.identity" (CAWG identity 1.3): who stands behind assertions of this manifest, signed by themselves. Its signature is not checked here.</summary>
internal sealed record IdentityAssertion : AssertionModel
{
    /// <summary>"cawg.x509.cose", "cawg.identity_claims_aggregation", or somebody's own.</summary>
    public string? SignatureType { get; init; }

    /// <summary>For instance "cawg.creator".</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The assertions stood behind.</summary>
    public IReadOnlyList<HashedUri> ReferencedAssertions { get; init; } = [];

    /// <summary>The map that is signed, as stored.</summary>
    public ReadOnlyMemory<byte> SignerPayload { get; init; }

    public ReadOnlyMemory<byte> Signature { get; init; }

    /// <exception cref="MalformedDataException">No payload or no signature.</exception>
    public static IdentityAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        if (fields.Map("signer_payload") is not { } payload || fields.Bytes("signature") is not { } signature)
            throw reading.Malformed(fields.Value!, "signer_payload and signature expected (CAWG identity 1.3 §5.2)");
        return new()
        {
            SignatureType = payload.Text("sig_type"),
            Roles = payload.Texts("role"),
            ReferencedAssertions = payload.References("referenced_assertions"),
            SignerPayload = payload.Value!.Encoded,
            Signature = signature,
        };
    }
}

/// <summary>What may be done with the content, for one use.</summary>
/// <param name="Name">The use, for instance "cawg.ai_generative_training".</param>
/// <param name="Use">As written: "allowed", "notAllowed" or "constrained".</param>
/// <param name="Constraint">On what condition.</param>
internal sealed record TrainingMiningEntry(string Name, string? Use, string? Constraint)
{
    /// <summary>Permission must be said: whatever is not "allowed", or "constrained" with a condition to ask about, is refused.</summary>
    public bool IsRefused => Use != "allowed" && (Use != "constrained" || string.IsNullOrEmpty(Constraint));
}

/// <summary>"cawg.training-mining" 1.1 and "c2pa.training-mining" of C2PA 1.x: whether the content may be mined or trained on.</summary>
internal sealed record TrainingMiningAssertion(IReadOnlyList<TrainingMiningEntry> Entries) : AssertionModel
{
    public static TrainingMiningAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        // The schema of CAWG 1.0 forgot the map around the entries.
        var entries = fields.Map("entries")?.Others() ?? [.. fields.Others("metadata", "entries").Where(entry => entry.Value["use"] is not null)];
        return new([.. entries.Select(entry => ReadEntry(entry.Key, new Fields(reading, entry.Value, $"{entry.Key}.")))]);
    }

    // The prose says constraints_info, the schema constraint_info.
    private static TrainingMiningEntry ReadEntry(string name, Fields fields) =>
        new(name, fields.Text("use"), fields.Text("constraint_info") ?? fields.Text("constraints_info"));
}

/// <summary>"cawg.endorsement" 1.0-draft and "c2pa.endorsement" of C2PA 1.x: a signed leave to change the asset in somebody's name. Its signature is not checked.</summary>
/// <param name="EndorseeKey">Public key of the one endorsed, SubjectPublicKeyInfo (RFC 5280); null where it is not there.</param>
/// <param name="NotValidBefore">From when on, as claimed.</param>
/// <param name="NotValidAfter">Until when, as claimed.</param>
/// <param name="Message">The COSE_Sign1 as stored.</param>
internal sealed record EndorsementAssertion(ReadOnlyMemory<byte>? EndorseeKey, ClaimedTime? NotValidBefore, ClaimedTime? NotValidAfter, ReadOnlyMemory<byte> Message) : AssertionModel
{
    private const ulong CoseSign1Tag = 18;
    private const long PublicKeyLabel = 1;

    /// <exception cref="MalformedDataException">No COSE_Sign1 around a map.</exception>
    public static EndorsementAssertion Read(AssertionReading reading)
    {
        var root = reading.Assertion.Cbor();
        if (root is not { TagNumber: CoseSign1Tag, Content: { Kind: CborKind.Array, Items.Count: 4 } message } || message.Items[2].Bytes is not { } payload)
            throw reading.Malformed(root, "a COSE_Sign1 of tag 18 with its payload inside expected");
        var map = reading.Assertion.CborInside(payload, "endorsement payload");
        if (map.Kind != CborKind.Map)
            throw reading.Malformed(map, "the payload is a map");
        var fields = new Fields(reading, map);
        return new(fields["endorseeCredential"]?[PublicKeyLabel]?.Bytes, fields.Time("notValidBefore"), fields.Time("notValidAfter"), root.Encoded);
    }
}
