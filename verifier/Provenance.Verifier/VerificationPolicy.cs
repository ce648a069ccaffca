using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Identity;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;

namespace Provenance.Verifier;

/// <summary>
/// Whom is trusted, as of when, within which limits. Cannot be built without a time and an explicit word on trust. A report is a function
/// of the asset's bytes and this policy alone. Copies made by <c>with</c>, for another time for instance, share what was found out about
/// certificates and keys: keep one policy and copy it rather than build one for each file.
/// </summary>
public sealed record VerificationPolicy
{
    private VerificationPolicy(DateTimeOffset time, IReadOnlyList<TrustList> lists, bool looksUpIssuers, ICryptoProvider crypto)
    {
        Time = time;
        Lists = lists;
        LooksUpIssuers = looksUpIssuers;
        Crypto = crypto;
    }

    /// <summary>The time to judge at where no trusted time stamp says when the file was signed. Usually now.</summary>
    public DateTimeOffset Time { get; init => field = value.ToUniversalTime(); }

    /// <summary>Lists for signers, for time-stamp authorities and for identities, never mixed.</summary>
    public IReadOnlyList<TrustList> Lists { get; }

    /// <summary>False where the caller chose to look up no issuer, or gave lists for identities alone: then no signer is ever "known".</summary>
    public bool LooksUpIssuers { get; }

    /// <summary>True where issuers would be looked up and there is no list to do it with.</summary>
    public bool LacksLists => LooksUpIssuers && Lists.All(list => list.Purpose == TrustPurpose.Identity);

    /// <summary>Digests and signature checks.</summary>
    public ICryptoProvider Crypto { get; }

    /// <summary>What one asset may cost.</summary>
    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>
    /// Weakens the answer: a sound time stamp from an authority that no list knows is trusted for claims of version 1, as the reference
    /// reader does. Named in the report.
    /// </summary>
    public bool OlderTimeModel { get; init; }

    /// <summary>
    /// Asked whether the signers' certificates, and those of the authorities above them, were withdrawn; null, as usual, where nobody is to
    /// be asked. Only certificates that a list leads to are asked about: the address is a stranger's otherwise. Whoever is asked learns
    /// which certificate somebody looks into, and when.
    /// </summary>
    public IRevocationSource? RevocationSource { get; init; }

    /// <summary>Lists of certificates known bad, for reasons of their keepers.</summary>
    public IReadOnlyList<IncidentList> Incidents { get; init; } = [];

    /// <summary>Whether the report tells the SHA-256 of the whole asset, which costs a second pass over it.</summary>
    public bool WithDigest { get; init; }

    /// <summary>
    /// Where the documents of those come from that attest identities (CAWG); null for nowhere: then what rests on one is not checked, and the
    /// report says so. A report is a function of these documents too.
    /// </summary>
    public IDidDocuments? DidDocuments { get; init; }

    /// <summary>DIDs of the identity claims aggregators whose word is taken, compared as text; nobody publishes a list of such.</summary>
    public IReadOnlyCollection<string> TrustedIdentityIssuers { get; init; } = [];

    /// <summary>Told how many bytes of the asset were hashed since the last call; null if nobody listens.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>What is said of a signer for whom no list vouches.</summary>
    internal SignerFact Unvouched => !LooksUpIssuers ? SignerFact.NotLookedUp : LacksLists ? SignerFact.NoList : SignerFact.Unknown;

    /// <summary>What was found out with <see cref="Crypto"/> under this policy and its copies; never a part of a report.</summary>
    internal GoodSignatures GoodSignatures { get; } = new();

    /// <summary>Certificates that were read under this policy and its copies; never a part of a report.</summary>
    internal KnownCertificates Certificates { get; } = new();

    /// <summary>A policy with trust lists. An empty list of lists is a caller's error: say so with <see cref="WithoutTrustAnchorsUnsafe(DateTimeOffset)"/>.</summary>
    /// <param name="time">The time to judge at.</param>
    /// <param name="lists">At least one list.</param>
    public static VerificationPolicy WithTrust(DateTimeOffset time, params IReadOnlyList<TrustList> lists) => WithTrust(time, lists, new SystemCrypto());

    /// <summary>A policy with trust lists and a crypto provider of the host's (the browser's, for instance).</summary>
    public static VerificationPolicy WithTrust(DateTimeOffset time, IReadOnlyList<TrustList> lists, ICryptoProvider crypto)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(crypto);
        if (lists.Count == 0)
            throw new ArgumentException("Without any trust list no signer can be known: say so with WithoutTrustAnchorsUnsafe.", nameof(lists));
        // Whom a list for identities knows says nothing of who signed the claim.
        return new(time, lists, looksUpIssuers: lists.Any(list => list.Purpose != TrustPurpose.Identity), crypto);
    }

    /// <summary>A policy of somebody who would look up issuers and has no list installed: the report says so, and no signer is ever "known".</summary>
    /// <param name="time">The time to judge at.</param>
    /// <param name="identities">Lists for identities, if there are any: they say nothing of issuers.</param>
    public static VerificationPolicy WithNoListInstalled(DateTimeOffset time, params IReadOnlyList<TrustList> identities) => WithNoListInstalled(time, identities, new SystemCrypto());

    /// <summary>The same with a crypto provider of the host's.</summary>
    public static VerificationPolicy WithNoListInstalled(DateTimeOffset time, IReadOnlyList<TrustList> identities, ICryptoProvider crypto)
    {
        ArgumentNullException.ThrowIfNull(identities);
        return new(time, identities, looksUpIssuers: true, crypto);
    }

    /// <summary>A policy that knows nobody: bytes and signatures are checked, and no signer is ever "known".</summary>
    public static VerificationPolicy WithoutTrustAnchorsUnsafe(DateTimeOffset time) => WithoutTrustAnchorsUnsafe(time, new SystemCrypto());

    /// <summary>The same with a crypto provider of the host's.</summary>
    public static VerificationPolicy WithoutTrustAnchorsUnsafe(DateTimeOffset time, ICryptoProvider crypto) => new(time, [], looksUpIssuers: false, crypto);
}
