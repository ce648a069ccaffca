using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Trust;

namespace Provenance.TrustStore;

/// <summary>A file of a list before it is installed.</summary>
/// <param name="Role">As in <see cref="InstalledFile"/>.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record ListFile(string Role, byte[] Bytes);

/// <summary>
/// A list as its files say it is: read, and not yet compared with what is installed. Reading the same files later gives the same list, so
/// installed lists are read back by it too where their packed form cannot be.
/// </summary>
internal sealed record ListCandidate
{
    private const string ClaimSigning = "1.3.6.1.4.1.62558.2.1";

    public required string Id { get; init; }

    public required ListForm Form { get; init; }

    public required string Name { get; init; }

    /// <summary>The files, the one that identifies the list first.</summary>
    public required IReadOnlyList<ListFile> Files { get; init; }

    /// <summary>What it means: a list for each purpose; empty for a list of incidents.</summary>
    public IReadOnlyList<TrustList> Lists { get; init; } = [];

    public IncidentList? Incidents { get; init; }

    public DateTimeOffset? Issued { get; init; }

    public long? Number { get; init; }

    /// <summary>Who signed it; null for a list that is not signed.</summary>
    public ListSignature? Signature { get; init; }

    public bool IsForTimeStamps { get; init; }

    /// <summary>Reads the JSON of an official list, or of another list of trusted entities under its own name.</summary>
    /// <exception cref="MalformedDataException">It is none.</exception>
    public static ListCandidate OfTrustedEntities(byte[] json, string? id = null, string? name = null, bool? isForTimeStamps = null)
    {
        var scheme = TrustList.SchemeOf(json);
        var official = id is null ? Sources.OfficialByScheme(scheme) : Sources.OfficialById(id);
        bool timeStamps = official is null ? isForTimeStamps ?? false : official.Purpose == TrustPurpose.TimeStamp;
        string shown = name ?? official?.Name ?? scheme ?? "List of trusted entities";
        var list = TrustList.FromTrustedEntities(shown, timeStamps ? TrustPurpose.TimeStamp : TrustPurpose.Signer, json);
        // Only what C2PA publishes is trusted on C2PA's decision.
        if (official is null)
            list = list.OnOnesOwn();
        return new()
        {
            Id = official?.Id ?? id ?? ListId.Of(shown),
            Form = ListForm.TrustedEntities,
            Name = shown,
            Files = [new("list", json)],
            Lists = [list],
            Issued = list.Issued,
            Number = long.TryParse(list.Identifier, out long number) ? number : null,
            IsForTimeStamps = timeStamps,
        };
    }

    /// <summary>Reads anchors as PEM.</summary>
    /// <exception cref="MalformedDataException">A file is damaged or holds nothing.</exception>
    public static ListCandidate OfPem(string name, byte[] anchors, byte[]? purposes, byte[]? allowed, bool isForTimeStamps, string? id = null)
    {
        var files = new List<ListFile> { new("anchors", anchors) };
        if (purposes is not null)
            files.Add(new("purposes", purposes));
        if (allowed is not null)
            files.Add(new("allowed", allowed));
        var official = Sources.OfficialById(id ?? "");
        // The C2PA Trust List counts for c2pa-kp-claimSigning alone (C2PA 2.5 §13.4.1), in whatever form it comes.
        string? accepted = purposes is not null ? Text(purposes) : official?.Purpose == TrustPurpose.Signer ? ClaimSigning : null;
        var list = TrustList.FromPem(name, isForTimeStamps ? TrustPurpose.TimeStamp : TrustPurpose.Signer, Text(anchors), accepted, allowed is null ? null : Text(allowed));
        if (official is not null)
            list = list.In(TrustModel.Current);
        return new()
        {
            Id = id ?? ListId.Of(name),
            Form = ListForm.Pem,
            Name = name,
            Files = files,
            Lists = [list.PublishedAs(null, null, "sha256:" + TrustFolder.Digest(anchors))],
            IsForTimeStamps = isForTimeStamps,
        };
    }

    /// <summary>Reads the interim list: anchors, purposes and single certificates belong together.</summary>
    /// <exception cref="MalformedDataException">A file is damaged or holds nothing.</exception>
    public static ListCandidate OfInterim(byte[] anchors, byte[]? purposes, byte[]? allowed)
    {
        var list = OfPem(Sources.InterimName, anchors, purposes, allowed, isForTimeStamps: false, Sources.InterimId);
        return list with { Form = ListForm.Interim, Lists = [.. list.Lists.Select(read => read.In(TrustModel.Older))] };
    }

    /// <summary>Reads single signers' certificates.</summary>
    /// <exception cref="MalformedDataException">One is damaged, or is no signer's.</exception>
    public static ListCandidate OfCertificates(byte[] pem)
    {
        foreach (var anchor in TrustList.FromPem("certificates", TrustPurpose.Signer, Text(pem)).Anchors)
            PrivateCertificates.Require(anchor.Certificate);
        return new()
        {
            Id = PrivateCertificates.Id,
            Form = ListForm.Certificates,
            Name = PrivateCertificates.Name,
            Files = [new("allowed", pem)],
            Lists = [TrustList.FromAnchors(PrivateCertificates.Name, TrustPurpose.Signer, [], null, Text(pem)).PublishedAs(null, null, "sha256:" + TrustFolder.Digest(pem))],
        };
    }

    /// <summary>Reads a list that a server hands on.</summary>
    /// <param name="role">What it is for: <see cref="ServedIndex.Roles"/>.</param>
    /// <param name="bytes">The list.</param>
    /// <param name="id">What it is called here, which is no name of an official list: it is trusted on the user's decision for the server.</param>
    /// <param name="name">What people call it.</param>
    /// <exception cref="MalformedDataException">It is no list, or has no such role.</exception>
    public static ListCandidate OfServed(string role, byte[] bytes, string id, string name)
    {
        bool isJson = bytes.AsSpan().TrimStart("\uFEFF \t\r\n"u8).StartsWith("{"u8);
        if (role is ServedIndex.Anchors or ServedIndex.TimeStampAnchors || (role == ServedIndex.Any && !isJson))
            return OfPem(name, bytes, null, null, role == ServedIndex.TimeStampAnchors, id);
        string? kind = SignedList.KindOf(bytes);
        if (role == ServedIndex.Any && kind is null)
            return OfTrustedEntities(bytes, id, name, TrustList.SchemeOf(bytes) == TrustList.TimeStampersScheme);
        bool isIncidents = role == ServedIndex.Incidents || kind == IncidentList.Kind;
        return OfOwnForm(SignedList.Parse(isIncidents ? IncidentList.Kind : SignedList.TrustKind, bytes), isIncidents, bytes) with { Id = id, Name = name };
    }

    /// <summary>Reads a list of our own form. Whether its signature will do is for the caller to say.</summary>
    /// <param name="json">The list.</param>
    /// <param name="signature">Its signature.</param>
    /// <param name="pinnedSha256">The only certificate that may sign; null to find out who did.</param>
    /// <returns>The list; null with the signature where that is not good.</returns>
    /// <exception cref="MalformedDataException">The signature is good and the list is none.</exception>
    public static async Task<(ListSignature Signature, ListCandidate? List)> OfSignedAsync(byte[] json, byte[] signature, string? pinnedSha256)
    {
        var crypto = new SystemCrypto();
        var check = await ListSignature.CheckAsync(json, signature, pinnedSha256, crypto).ConfigureAwait(false);
        if (!check.IsGood)
            return (check, null);
        bool isIncidents = SignedList.KindOf(json) == IncidentList.Kind;
        var read = SignedList.Parse(isIncidents ? IncidentList.Kind : SignedList.TrustKind, json);
        return (check, OfOwnForm(read, isIncidents, json) with { Files = [new("list", json), new("signature", signature)], Signature = check });
    }

    private static ListCandidate OfOwnForm(SignedList read, bool isIncidents, byte[] json) => new()
    {
        Id = ListId.Of(read.Name),
        Form = isIncidents ? ListForm.Incidents : ListForm.Signed,
        Name = ListId.OneLine(read.Name),
        Files = [new("list", json)],
        Lists = isIncidents ? [] : TrustList.FromSignedList(read),
        Incidents = isIncidents ? IncidentList.From(read) : null,
        Issued = read.Issued,
        Number = read.SequenceNumber,
    };

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}

/// <summary>Names of lists as commands spell them.</summary>
internal static class ListId
{
    private const int Length = 40;

    /// <summary>Lower-case letters, digits and hyphens out of a name; a digest of it where none is left.</summary>
    public static string Of(string name)
    {
        string id = Below(name);
        return id is PrivateCertificates.Id or Sources.InterimId || Sources.OfficialById(id) is not null ? DigestOf(name) : id;
    }

    /// <summary>The same where it follows a server's name, and can be that of no list of ours.</summary>
    public static string Below(string name)
    {
        var id = new StringBuilder();
        foreach (char c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                id.Append(c);
            else if (id.Length > 0 && id[^1] != '-')
                id.Append('-');
        }
        string text = id.ToString().Trim('-');
        // "뉴스" and "新聞" must not be the same.
        return text.Length > 0 && name.All(char.IsAscii) && text.Length <= Length ? text : DigestOf(name);
    }

    private static string DigestOf(string name) => $"list-{TrustFolder.Digest(Encoding.UTF8.GetBytes(name))[..12]}";

    public static string OneLine(string name) => Verifier.Labels.DisplayText.Clean(name, 200) is { Length: > 0 } shown ? shown : "-";
}
