using System.Text;
using System.Text.Json;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Trust;

namespace Provenance.Browser;

/// <summary>Reads the policy that JavaScript sends; package/src/policy.ts writes it, and nobody else.</summary>
internal static class PolicyReader
{
    private static readonly WebCrypto s_crypto = new();

    /// <summary>The policy, and which personal data are handed on.</summary>
    /// <exception cref="MalformedDataException">It makes no sense, or a list is damaged.</exception>
    public static (VerificationPolicy Policy, PersonalData Shown) Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var time = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("time").GetInt64());
        var (lists, incidents) = (new List<TrustList>(), new List<IncidentList>());
        foreach (var file in root.GetProperty("trust").EnumerateArray())
            Add(new ListFile(file), lists, incidents);
        bool looksUp = !root.GetProperty("nobody").GetBoolean();
        var policy = !looksUp ? lists.Count == 0 ? VerificationPolicy.WithoutTrustAnchorsUnsafe(time, s_crypto) : VerificationPolicy.WithTrust(time, lists, s_crypto)
            : lists.TrueForAll(list => list.Purpose == TrustPurpose.Identity) ? VerificationPolicy.WithNoListInstalled(time, lists, s_crypto)
            : VerificationPolicy.WithTrust(time, lists, s_crypto);
        policy = policy with
        {
            OlderTimeModel = root.GetProperty("olderTimeModel").GetBoolean(),
            WithDigest = root.GetProperty("digest").GetBoolean(),
            TrustedIdentityIssuers = [.. root.GetProperty("identityIssuers").EnumerateArray().Select(issuer => issuer.GetString()!)],
            Incidents = incidents,
        };
        return (policy, ShownOf(root.GetProperty("shown").GetString()!));
    }

    /// <summary>A file of a list.</summary>
    private sealed class ListFile(JsonElement file)
    {
        private readonly string _sha256 = file.GetProperty("sha256").GetString()!;

        public string Role { get; } = file.GetProperty("role").GetString()!;

        public string Name { get; } = file.GetProperty("name").GetString()!;

        public byte[] Bytes { get; } = file.GetProperty("content").GetBytesFromBase64();

        public string? Purposes { get; } = file.TryGetProperty("purposes", out var purposes) ? purposes.GetString() : null;

        public string Text => Encoding.UTF8.GetString(Bytes);

        /// <summary>The list, told as the command line tells one that it was given as a file.</summary>
        public TrustList Told(TrustList list) => list.PublishedAs(null, null, "sha256:" + _sha256);
    }

    private static void Add(ListFile file, List<TrustList> lists, List<IncidentList> incidents)
    {
        if (file.Bytes.Length > TrustList.MostBytes)
            throw new LimitExceededException(file.Name, 0, "TrustList.MostBytes", TrustList.MostBytes);
        switch (file.Role)
        {
            case "packed":
                lists.Add(TrustList.Unpack(file.Bytes));
                break;
            case "incidents":
                incidents.Add(IncidentList.Parse(file.Bytes));
                break;
            case "anchors":
                lists.Add(file.Told(TrustList.FromPem(file.Name, TrustPurpose.Signer, file.Text, file.Purposes)));
                break;
            case "time-stamp-anchors":
                lists.Add(file.Told(TrustList.FromPem(file.Name, TrustPurpose.TimeStamp, file.Text)));
                break;
            case "identity-anchors":
                lists.Add(file.Told(TrustList.FromPem(file.Name, TrustPurpose.Identity, file.Text)));
                break;
            case "allowed":
                lists.Add(file.Told(TrustList.FromAnchors(file.Name, TrustPurpose.Signer, [], null, file.Text)));
                break;
            case "any":
                AddByItsBytes(file, lists, incidents);
                break;
            default:
                throw new MalformedDataException(file.Name, 0, $"'{file.Role}' is no role of a list");
        }
    }

    private static void AddByItsBytes(ListFile file, List<TrustList> lists, List<IncidentList> incidents)
    {
        if (!file.Text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("{"))
        {
            lists.Add(file.Told(TrustList.FromPem(file.Name, TrustPurpose.Signer, file.Text)));
            return;
        }
        switch (SignedList.KindOf(file.Bytes))
        {
            case SignedList.TrustKind:
                lists.AddRange(TrustList.FromSignedList(SignedList.Parse(SignedList.TrustKind, file.Bytes)));
                break;
            case IncidentList.Kind:
                incidents.Add(IncidentList.Parse(file.Bytes));
                break;
            default:
                // Only what C2PA publishes is trusted on C2PA's decision; this was picked by hand.
                lists.Add(file.Told(TrustList.FromTrustedEntities(file.Name, TrustPurpose.Signer, file.Bytes).In(TrustModel.Own)));
                break;
        }
    }

    private static PersonalData ShownOf(string shown) => shown switch
    {
        "none" => PersonalData.None,
        "location" => PersonalData.Location,
        "device" => PersonalData.Device,
        "all" => PersonalData.Location | PersonalData.Device,
        _ => throw new MalformedDataException("policy", 0, $"'{shown}' names no personal data"),
    };
}
