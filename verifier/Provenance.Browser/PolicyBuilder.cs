using System.Text;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Trust;

namespace Provenance.Browser;

/// <summary>A file of a list, as JavaScript hands it over.</summary>
/// <param name="Role">What it is for: TrustRole in package/src/api.ts.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">What it holds.</param>
/// <param name="Sha256">The digest of it, lower-case hex.</param>
/// <param name="Purposes">Accepted certificate purposes, for anchors; null for the usual ones.</param>
internal sealed record ListFile(string Role, string Name, byte[] Bytes, string Sha256, string? Purposes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>The list, told as the command line tells one that it was given as a file.</summary>
    public TrustList Told(TrustList list) => list.PublishedAs(null, null, "sha256:" + Sha256);
}

/// <summary>Makes a policy from what JavaScript hands over (package/src/policy.ts). Values and no JSON: a reader of it would be a tenth of a first answer.</summary>
internal sealed class PolicyBuilder
{
    private static readonly WebCrypto s_crypto = new();

    private readonly List<TrustList> _lists = [];
    private readonly List<IncidentList> _incidents = [];

    /// <summary>The policy.</summary>
    /// <param name="time">The time to judge at, in seconds since 1970.</param>
    /// <param name="looksUp">Whether issuers are looked up.</param>
    public VerificationPolicy Build(double time, bool looksUp)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds((long)time);
        var policy = !looksUp ? _lists.Count == 0 ? VerificationPolicy.WithoutTrustAnchorsUnsafe(at, s_crypto) : VerificationPolicy.WithTrust(at, _lists, s_crypto)
            : _lists.TrueForAll(list => list.Purpose == TrustPurpose.Identity) ? VerificationPolicy.WithNoListInstalled(at, _lists, s_crypto)
            : VerificationPolicy.WithTrust(at, _lists, s_crypto);
        return policy with { Incidents = _incidents };
    }

    /// <summary>Adds a file of a list.</summary>
    /// <exception cref="MalformedDataException">It is damaged, or has no such role.</exception>
    public void Add(ListFile file)
    {
        if (file.Bytes.Length > TrustList.MostBytes)
            throw new LimitExceededException(file.Name, 0, "TrustList.MostBytes", TrustList.MostBytes);
        switch (file.Role)
        {
            case "packed":
                _lists.Add(TrustList.Unpack(file.Bytes));
                break;
            case "incidents":
                _incidents.Add(IncidentList.Parse(file.Bytes));
                break;
            case "anchors":
                _lists.Add(file.Told(TrustList.FromPem(file.Name, TrustPurpose.Signer, file.Text, file.Purposes)));
                break;
            case "time-stamp-anchors":
                _lists.Add(file.Told(TrustList.FromPem(file.Name, TrustPurpose.TimeStamp, file.Text)));
                break;
            case "identity-anchors":
                _lists.Add(file.Told(TrustList.FromPem(file.Name, TrustPurpose.Identity, file.Text)));
                break;
            case "allowed":
                _lists.Add(file.Told(TrustList.FromAnchors(file.Name, TrustPurpose.Signer, [], null, file.Text)));
                break;
            case "any":
                AddByItsBytes(file);
                break;
            default:
                throw new MalformedDataException(file.Name, 0, $"'{file.Role}' is no role of a list");
        }
    }

    private void AddByItsBytes(ListFile file)
    {
        if (!file.Text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("{"))
        {
            _lists.Add(file.Told(TrustList.FromPem(file.Name, TrustPurpose.Signer, file.Text)));
            return;
        }
        switch (SignedList.KindOf(file.Bytes))
        {
            case SignedList.TrustKind:
                _lists.AddRange(TrustList.FromSignedList(SignedList.Parse(SignedList.TrustKind, file.Bytes)));
                break;
            case IncidentList.Kind:
                _incidents.Add(IncidentList.Parse(file.Bytes));
                break;
            default:
                _lists.Add(TrustList.FromTrustedEntities(file.Name, file.Bytes));
                break;
        }
    }

    /// <summary>Which personal data of metadata are handed on: PersonalData in package/src/api.ts.</summary>
    public static PersonalData ShownOf(string shown) => shown switch
    {
        "none" => PersonalData.None,
        "location" => PersonalData.Location,
        "device" => PersonalData.Device,
        "all" => PersonalData.Location | PersonalData.Device,
        _ => throw new MalformedDataException("policy", 0, $"'{shown}' names no personal data"),
    };
}
