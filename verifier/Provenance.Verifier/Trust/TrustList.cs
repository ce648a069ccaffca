using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Trust;

/// <summary>
/// Whom somebody trusts, for one purpose (C2PA 2.5 §13.4): anchors, the extended key usages for which they may be used, and single
/// end-entity certificates. Immutable. Lists stay apart: nothing of one is used with another.
/// </summary>
/// <remarks>
/// For signers a certificate must name at least one accepted purpose before any anchor is looked at (§13.4.1). Without a configuration
/// these are c2pa-kp-claimSigning, emailProtection and documentSigning; a configuration replaces them, but claimSigning stays. For time
/// stamps the one purpose is timeStamping. For identities they are documentSigning and, under conditions that are checked with the
/// certificate, emailProtection (CAWG identity 1.3 §8.2.3); a configuration replaces them, but documentSigning stays.
/// </remarks>
public sealed class TrustList
{
    /// <summary>Bytes of a list that are read. The official one has 67 KB, the interim one 250 KB, the roots for e-mail of a browser 140 KB.</summary>
    public const int MostBytes = 8 << 20;

    private static readonly string[] s_signerPurposes = [Oids.C2paClaimSigning, Oids.EmailProtection, Oids.DocumentSigning];

    private static readonly string[] s_identityPurposes = [Oids.DocumentSigning, Oids.EmailProtection];

    private readonly AllowedCertificates _allowed;

    private TrustList(string name, TrustPurpose purpose, IReadOnlyList<TrustAnchor> anchors, IReadOnlyList<string> purposes, AllowedCertificates allowed)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (purpose == TrustPurpose.TimeStamp && allowed.Count > 0)
            throw new ArgumentException("Single certificates are never trusted for time (C2PA 2.5 §13.4.3).", nameof(allowed));
        (Name, Purpose, Anchors, AcceptedPurposes, _allowed) = (name, purpose, anchors, purposes, allowed);
    }

    private TrustList(TrustList list)
        : this(list.Name, list.Purpose, list.Anchors, list.AcceptedPurposes, list._allowed) =>
        (Uri, Type, Identifier, Issued, Model) = (list.Uri, list.Type, list.Identifier, list.Issued, list.Model);

    /// <summary>The name shown to people.</summary>
    public string Name { get; }

    /// <summary>What the anchors are trusted for.</summary>
    public TrustPurpose Purpose { get; }

    /// <summary>Where the list is published, for reports; null where unknown. Never fetched.</summary>
    public string? Uri { get; private init; }

    /// <summary>The kind of list, for reports, for instance "c2pa.trustList"; null where unknown.</summary>
    public string? Type { get; private init; }

    /// <summary>Which issue of the list this is, for reports: its sequence number, or the SHA-256 of a list that has none; null where unknown.</summary>
    public string? Identifier { get; private init; }

    /// <summary>When this issue was made, by the list's own words; null where it does not say.</summary>
    public DateTimeOffset? Issued { get; private init; }

    /// <summary>On whose decision its CAs are trusted.</summary>
    public TrustModel Model { get; private init; }

    /// <summary>The trusted CAs; may be empty where the list has allowed certificates only.</summary>
    public IReadOnlyList<TrustAnchor> Anchors { get; }

    /// <summary>Extended key usages, dotted, one of which a certificate must name for the anchors to be used.</summary>
    public IReadOnlyList<string> AcceptedPurposes { get; }

    /// <summary>How many single certificates the list allows.</summary>
    public int AllowedCount => _allowed.Count;

    /// <summary>A list from the texts in which lists are published.</summary>
    /// <param name="name">The name shown to people.</param>
    /// <param name="purpose">What the anchors are trusted for.</param>
    /// <param name="anchors">Anchors as PEM, with any text between the blocks.</param>
    /// <param name="purposes">Accepted extended key usages, one a line, "//" or "#" before comments; null for the default. Not for time stamps.</param>
    /// <param name="allowed">Allowed end-entity certificates, as PEM or as Base64 of the SHA-256 of the DER, one a line; null for none. Not for time stamps.</param>
    /// <exception cref="MalformedDataException">A text holds a damaged entry, which the message names, or no entry at all.</exception>
    /// <exception cref="ArgumentException">Purposes or allowed certificates are given for time stamps.</exception>
    public static TrustList FromPem(string name, TrustPurpose purpose, string anchors, string? purposes = null, string? allowed = null)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        var certificates = TrustText.ReadCertificates(anchors, $"trust list '{name}', anchors");
        // Lists of people and publishers name them themselves, between CAs or instead of them (CAWG identity 1.3 §8.2.3.1 no. 4).
        if (purpose == TrustPurpose.Identity && certificates.FindAll(certificate => !certificate.IsCa) is { Count: > 0 } named)
        {
            var cas = certificates.FindAll(certificate => certificate.IsCa).ConvertAll(certificate => new TrustAnchor(certificate));
            return FromAnchors(name, purpose, cas, purposes, string.Join('\n', [.. named.Select(TrustText.ToPem), allowed ?? ""]));
        }
        return FromAnchors(name, purpose, [.. certificates.Select(certificate => new TrustAnchor(certificate))], purposes, allowed);
    }

    /// <summary>A list from anchors in hand, which may have windows of time (C2PA 2.5 §13.4.1).</summary>
    /// <param name="name">The name shown to people.</param>
    /// <param name="purpose">What the anchors are trusted for.</param>
    /// <param name="anchors">The anchors; may be empty where certificates are allowed.</param>
    /// <param name="purposes">As for <see cref="FromPem"/>.</param>
    /// <param name="allowed">As for <see cref="FromPem"/>.</param>
    /// <exception cref="MalformedDataException">A text holds a damaged entry, which the message names, or no entry at all.</exception>
    /// <exception cref="ArgumentException">The list would trust nobody, or purposes or allowed certificates are given for time stamps.</exception>
    public static TrustList FromAnchors(string name, TrustPurpose purpose, IReadOnlyList<TrustAnchor> anchors, string? purposes = null, string? allowed = null)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        if (anchors.Count == 0 && allowed is null)
            throw new ArgumentException("A list without anchors and without allowed certificates trusts nobody.", nameof(anchors));
        if (purpose == TrustPurpose.TimeStamp && purposes is not null)
            throw new ArgumentException("The one purpose of a time-stamp authority is timeStamping (C2PA 2.5 §13.4).", nameof(purposes));
        var certificates = allowed is null ? AllowedCertificates.None : AllowedCertificates.Read(allowed, $"trust list '{name}', allowed certificates");
        return Of(name, purpose, anchors, purposes is null ? null : PurposeFile.Read(purposes, $"trust list '{name}', purposes"), certificates);
    }

    /// <summary>A list from everything in hand.</summary>
    internal static TrustList Of(string name, TrustPurpose purpose, IReadOnlyList<TrustAnchor> anchors, List<string>? purposes, AllowedCertificates allowed)
    {
        bool isIdentity = purpose == TrustPurpose.Identity;
        string always = isIdentity ? Oids.DocumentSigning : Oids.C2paClaimSigning;
        if (purposes is not null && !purposes.Contains(always))
            purposes.Add(always);
        IReadOnlyList<string> accepted = purpose == TrustPurpose.TimeStamp ? [Oids.TimeStamping] : purposes is not null ? purposes : isIdentity ? s_identityPurposes : s_signerPurposes;
        return new TrustList(name, purpose, [.. anchors], accepted, allowed);
    }

    /// <summary>
    /// A C2PA Trust List or C2PA TSA Trust List from its JSON form (ETSI TS 119 602), which tells since when, and until when, each CA is
    /// trusted. Signers must name c2pa-kp-claimSigning (C2PA 2.5 §13.4.1). The list's own signature, if it has one, is not checked.
    /// </summary>
    /// <param name="name">The name shown to people.</param>
    /// <param name="purpose">Which of the two lists it is.</param>
    /// <param name="json">The list.</param>
    /// <exception cref="MalformedDataException">The text is no such list, an entry is damaged, or no CA was ever trusted.</exception>
    public static TrustList FromTrustedEntities(string name, TrustPurpose purpose, string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return FromTrustedEntities(name, purpose, Encoding.UTF8.GetBytes(json));
    }

    /// <inheritdoc cref="FromTrustedEntities(string, TrustPurpose, string)"/>
    public static TrustList FromTrustedEntities(string name, TrustPurpose purpose, ReadOnlyMemory<byte> json)
    {
        return Of(TrustedEntities.Read(json, $"trust list '{name}'"), name, purpose);
    }

    private static TrustList Of(TrustedEntities list, string name, TrustPurpose purpose)
    {
        bool signers = purpose == TrustPurpose.Signer;
        return FromAnchors(name, purpose, list.Anchors, signers ? Oids.C2paClaimSigning : null).In(TrustModel.Current).PublishedAs(
            signers ? "https://c2pa.org/trustlist" : "https://c2pa.org/trustlist-tsa", signers ? "c2pa.trustList" : "c2pa.tsaTrustList", list.SequenceNumber, list.Issued);
    }

    /// <summary>What the lists that C2PA publishes call themselves: that of signers, and that of time-stamp authorities.</summary>
    public const string SignersScheme = "C2PA Trust List", TimeStampersScheme = "C2PA TSA Trust List";

    /// <summary>A list of trusted entities, told by the name it gives itself: what C2PA publishes is trusted on C2PA's decision, any other for signers on one's own.</summary>
    /// <param name="name">The name of a list that is not C2PA's.</param>
    /// <param name="json">The list.</param>
    /// <exception cref="MalformedDataException">The bytes are no such list, an entry is damaged, or no CA was ever trusted.</exception>
    internal static TrustList FromTrustedEntities(string name, ReadOnlyMemory<byte> json)
    {
        var list = TrustedEntities.Read(json, "list of trusted entities");
        return list.SchemeName switch
        {
            SignersScheme => Of(list, SignersScheme, TrustPurpose.Signer),
            TimeStampersScheme => Of(list, TimeStampersScheme, TrustPurpose.TimeStamp),
            _ => Of(list, name, TrustPurpose.Signer).OnOnesOwn(),
        };
    }

    /// <summary>The same list, trusted on its user's own decision and published by nobody: only what C2PA publishes is trusted on C2PA's.</summary>
    public TrustList OnOnesOwn() => In(TrustModel.Own).PublishedAs(null, null, Identifier, Issued);

    /// <summary>The name that a list of trusted entities (ETSI TS 119 602) gives itself; null where it gives none.</summary>
    /// <exception cref="MalformedDataException">The bytes are no such list.</exception>
    public static string? SchemeOf(ReadOnlyMemory<byte> json) => TrustedEntities.Read(json, "list of trusted entities").SchemeName;

    /// <summary>The lists in a signed list of the kind <see cref="SignedList.TrustKind"/>, one for each purpose it speaks of.</summary>
    /// <exception cref="MalformedDataException">An entry is damaged or not known, or nobody is trusted.</exception>
    public static IReadOnlyList<TrustList> FromSignedList(SignedList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return list.Kind == SignedList.TrustKind ? TrustFile.Read(list) : throw new ArgumentException($"A list of the kind '{list.Kind}' says nothing of whom somebody trusts.", nameof(list));
    }

    /// <summary>The same list with what a report says about its origin.</summary>
    public TrustList PublishedAs(string? uri, string? type, string? identifier, DateTimeOffset? issued = null) =>
        new(this) { Uri = uri, Type = type, Identifier = identifier, Issued = issued };

    /// <summary>The same list, trusted on another decision.</summary>
    public TrustList In(TrustModel model) => new(this) { Model = model };

    /// <summary>SHA-256 of each allowed certificate, in Base64 and ascending.</summary>
    public ValueTask<IReadOnlyList<string>> AllowedSha256Async(ICryptoProvider crypto, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(crypto);
        return _allowed.HashesAsync(crypto, cancellation);
    }

    /// <summary>The list as bytes that are quick to read back: <see cref="Unpack"/>. Of allowed certificates the digests are kept.</summary>
    public ValueTask<byte[]> PackAsync(ICryptoProvider crypto, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(crypto);
        return PackedTrustList.WriteAsync(this, _allowed, crypto, cancellation);
    }

    /// <summary>A list from the bytes of <see cref="PackAsync"/>.</summary>
    /// <exception cref="MalformedDataException">They are not, or of another version of this library.</exception>
    public static TrustList Unpack(ReadOnlyMemory<byte> packed) => PackedTrustList.Read(packed);

    /// <summary>
    /// The anchors that may vouch for this certificate: all where it names an accepted purpose, else none (C2PA 2.5 §13.4.1). Their windows
    /// are compared when a path is validated.
    /// </summary>
    public IReadOnlyList<TrustAnchor> AnchorsFor(Certificate leaf)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        return leaf.ExtendedKeyUsages is { } purposes && purposes.Any(AcceptedPurposes.Contains) ? Anchors : [];
    }

    /// <summary>Whether exactly this certificate is allowed by itself; its dates, its purposes and its profile are not looked at.</summary>
    public ValueTask<bool> AllowsAsync(Certificate leaf, ICryptoProvider crypto, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        ArgumentNullException.ThrowIfNull(crypto);
        return _allowed.ContainsAsync(leaf, crypto, cancellation);
    }
}
