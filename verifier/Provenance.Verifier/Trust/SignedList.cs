using System.Text.Json;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.Trust;

/// <summary>
/// A list of our own format: one JSON file with a detached signature beside it. What every kind of list has stands here; what the kind adds
/// is read from <see cref="Root"/>.
/// <code>
/// { "format": "provenance-list", "version": 1, "kind": "trust", "name": "Example News", "sequenceNumber": 7, "issued": "2026-11-21T12:00:00Z", … }
/// </code>
/// </summary>
public sealed class SignedList
{
    /// <summary>The value of "format".</summary>
    public const string Format = "provenance-list";

    /// <summary>The kind of list that says whom somebody trusts.</summary>
    public const string TrustKind = "trust";

    /// <summary>Characters of a name; people must be able to read it.</summary>
    private const int NameLength = 200;

    /// <summary>The members that every kind has.</summary>
    private static readonly string[] s_header = ["format", "version", "kind", "name", "sequenceNumber", "issued"];

    private SignedList(string structure, JsonElement root, string kind, string name, long sequenceNumber, DateTimeOffset issued) =>
        (Structure, Root, Kind, Name, SequenceNumber, Issued) = (structure, root, kind, name, sequenceNumber, issued);

    /// <summary>What the list is about, for instance "trust".</summary>
    public string Kind { get; }

    /// <summary>The name its keeper gave it: not cleaned for display.</summary>
    public string Name { get; }

    /// <summary>Rises with every issue; 1 and more.</summary>
    public long SequenceNumber { get; }

    /// <summary>When this issue was made, by its keeper's words.</summary>
    public DateTimeOffset Issued { get; }

    /// <summary>How faults name the list.</summary>
    internal string Structure { get; }

    /// <summary>The whole list.</summary>
    internal JsonElement Root { get; }

    /// <summary>The kind a list says it is; null where the bytes are no such list at all.</summary>
    public static string? KindOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = ListJson.Parse(json, "list", Limits.Default);
            return ListJson.Text(document.RootElement, "format", "list") == Format ? ListJson.Text(document.RootElement, "kind", "list") : null;
        }
        catch (MalformedDataException)
        {
            return null;
        }
    }

    /// <summary>Reads what every kind of list has. Says nothing of who wrote it: <see cref="ListSignature"/> does.</summary>
    /// <param name="kind">The kind it must be.</param>
    /// <param name="json">The list's bytes.</param>
    /// <param name="limits">Limits; null for the usual ones.</param>
    /// <exception cref="MalformedDataException">The bytes are no such list.</exception>
    public static SignedList Parse(string kind, ReadOnlyMemory<byte> json, Limits? limits = null)
    {
        string structure = $"{kind} list";
        using var document = ListJson.Parse(json, structure, limits ?? Limits.Default);
        var root = document.RootElement.Clone();
        if (ListJson.Text(root, "format", structure) != Format)
            throw new MalformedDataException(structure, 0, $"format is not '{Format}'");
        if (Number(root, "version", structure) is var version and not 1)
            throw new MalformedDataException(structure, 0, $"version {version} is not known; 1 is");
        if (ListJson.Text(root, "kind", structure) is var found && found != kind)
            throw new MalformedDataException(structure, 0, $"kind is not '{kind}'");
        string name = ListJson.Text(root, "name", structure);
        if (string.IsNullOrWhiteSpace(name) || name.Length > NameLength)
            throw new MalformedDataException(structure, 0, $"name has 1 to {NameLength} characters");
        return new(structure, root, kind, name, Number(root, "sequenceNumber", structure), ListJson.Time(root, "issued", structure));
    }

    /// <summary>
    /// Checks the signature first and reads then: what nobody vouches for is not even looked at.
    /// </summary>
    /// <param name="kind">The kind it must be.</param>
    /// <param name="json">The list's bytes.</param>
    /// <param name="signature">Its signature's bytes.</param>
    /// <param name="pinnedSha256">The SHA-256 of the only certificate that may sign it, in hex; null to find out who signed.</param>
    /// <param name="crypto">Digests and signature checks.</param>
    /// <param name="limits">Limits; null for the usual ones.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>What the signature is, and the list if it is good; else null.</returns>
    /// <exception cref="MalformedDataException">The signature is good, and the bytes are no such list.</exception>
    public static async ValueTask<(ListSignature Signature, SignedList? List)> ReadAsync(
        string kind, ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> signature, string? pinnedSha256, ICryptoProvider crypto, Limits? limits = null, CancellationToken cancellation = default)
    {
        var checkedSignature = await ListSignature.CheckAsync(json, signature, pinnedSha256, crypto, limits, cancellation).ConfigureAwait(false);
        return (checkedSignature, checkedSignature.IsGood ? Parse(kind, json, limits) : null);
    }

    /// <summary>Refuses members beside the common ones and those of the kind.</summary>
    internal void OnlyKnows(params ReadOnlySpan<string> ofKind) => ListJson.OnlyKnows(Root, Structure, [.. s_header, .. ofKind]);

    /// <summary>A whole number from 1 that every reader of JSON can hold (RFC 8259 §6).</summary>
    private static long Number(JsonElement root, string name, string structure) =>
        ListJson.Member(root, name, JsonValueKind.Number, structure).TryGetInt64(out long number) && number is >= 1 and <= (1L << 53) - 1
            ? number
            : throw new MalformedDataException(structure, 0, $"{name} is no whole number from 1 to 2^53-1");
}
