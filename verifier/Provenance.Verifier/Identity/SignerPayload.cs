using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Manifests;

namespace Provenance.Verifier.Identity;

/// <summary>What is signed in an identity assertion (CAWG identity 1.3 §5.1).</summary>
/// <param name="Value">The map as stored.</param>
/// <param name="References">The assertions vouched for. The schema wants one at least; that the binding to the content is missing says so better.</param>
/// <param name="SignatureType">How it is signed.</param>
/// <param name="Roles">What the named one is to the content; may be empty.</param>
internal sealed record SignerPayload(CborValue Value, IReadOnlyList<HashedUri> References, string SignatureType, IReadOnlyList<string> Roles);

/// <summary>An identity assertion, read by the letter of its schema (CAWG identity 1.3 §5.2); fields that are not in it are passed over.</summary>
/// <param name="Payload">What is signed.</param>
/// <param name="Signature">The signature, in the form its type says.</param>
/// <param name="IsPadZero">Whether both paddings hold zeros alone.</param>
internal sealed record IdentityContent(SignerPayload Payload, ReadOnlyMemory<byte> Signature, bool IsPadZero)
{
    private const string Structure = "identity assertion";

    /// <exception cref="MalformedDataException">A field is absent or of another type.</exception>
    public static IdentityContent Read(CborValue value, Limits limits)
    {
        var payload = Require(value, "signer_payload", CborKind.Map);
        var references = HashedUri.ReadList(Require(payload, "referenced_assertions", CborKind.Array), "referenced_assertions", limits);
        if (Require(payload, "sig_type", CborKind.TextString).Text is not { Length: > 0 } type)
            throw Malformed(payload, "sig_type is empty");
        return new(
            new(payload, references, type, ReadRoles(payload)),
            Require(value, "signature", CborKind.ByteString).Bytes!.Value,
            IsZero(Require(value, "pad1", CborKind.ByteString)) && (value["pad2"] is null || IsZero(Require(value, "pad2", CborKind.ByteString))));
    }

    private static IReadOnlyList<string> ReadRoles(CborValue payload)
    {
        if (payload["role"] is not { } roles)
            return [];
        return roles is { Kind: CborKind.Array, Items.Count: > 0 } && roles.Items.All(role => role.Text is { Length: > 0 })
            ? [.. roles.Items.Select(role => role.Text!)]
            : throw Malformed(roles, "role is a list of at least one text that is not empty");
    }

    private static bool IsZero(CborValue pad) => pad.Bytes!.Value.Span.IndexOfAnyExcept((byte)0) < 0;

    private static CborValue Require(CborValue map, string key, CborKind kind) =>
        map[key] is { } value && value.Kind == kind ? value : throw Malformed(map, $"{key} ({kind}) expected, {map[key]?.Kind.ToString() ?? "nothing"} found (CAWG identity 1.3 §5.2)");

    private static MalformedDataException Malformed(CborValue value, string rule) => new(Structure, value.Offset, rule);
}
