using Provenance.Verifier.Bindings;
using Provenance.Verifier.Cose;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;
using Provenance.Verifier.Timestamps;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Checks;

/// <summary>One entry of a claim's lists and what it led to.</summary>
/// <param name="Reference">The entry.</param>
/// <param name="IsCreated">Whether the signer states it; else it was gathered.</param>
/// <param name="Assertion">The assertion; null where it is missing, ambiguous or elsewhere.</param>
/// <param name="Matches">Its bytes match the hash of the entry.</param>
internal sealed record ClaimedAssertion(HashedUri Reference, bool IsCreated, Assertion? Assertion, bool Matches);

/// <summary>An actions assertion that was read.</summary>
/// <param name="Claimed">Its entry in the claim.</param>
/// <param name="Actions">What it says.</param>
internal sealed record ClaimedActions(ClaimedAssertion Claimed, Actions Actions);

/// <summary>An ingredient assertion of a manifest and what was found behind it.</summary>
internal sealed class IngredientResult(ClaimedAssertion claimed, string uri)
{
    public ClaimedAssertion Claimed { get; } = claimed;

    /// <summary>Store-absolute URI of the assertion.</summary>
    public string Uri { get; } = uri;

    /// <summary>The assertion's content; null where it breaks a rule.</summary>
    public Ingredient? Ingredient { get; set; }

    /// <summary>The manifest it names; null where there is none, or none that can be found.</summary>
    public Manifest? Target { get; set; }

    /// <summary>What the hash links to the manifest gave.</summary>
    public Findings Link { get; } = new();

    /// <summary>The manifest is bit for bit the one the outer signer saw.</summary>
    public bool LinkHolds { get; set; }
}

/// <summary>Proof that the claim was signed with the key of a certificate: made only by <see cref="ClaimSignatureCheck"/>.</summary>
internal sealed class VerifiedSignature
{
    internal VerifiedSignature(Certificate signer, CoseAlgorithm algorithm) => (Signer, Algorithm) = (signer, algorithm);

    public Certificate Signer { get; }

    public CoseAlgorithm Algorithm { get; }
}

/// <summary>Proof that the content is the one that was signed: made only by <see cref="HardBindingCheck"/>.</summary>
internal sealed class VerifiedBinding
{
    internal VerifiedBinding(Assertion binding, IReadOnlyList<Bytes.ByteRange> uncovered, IReadOnlyList<PartialTrack>? notHere) => (Binding, Uncovered, NotHere) = (binding, uncovered, notHere);

    public Assertion Binding { get; }

    /// <summary>Ranges that no hash covers, the store's own left out.</summary>
    public IReadOnlyList<Bytes.ByteRange> Uncovered { get; }

    /// <summary>What belongs to the content and was not given; null where nothing is missing.</summary>
    public IReadOnlyList<PartialTrack>? NotHere { get; }
}

/// <summary>Everything one manifest's checks found and proved.</summary>
internal sealed class ManifestResult(Manifest manifest)
{
    public Manifest Manifest { get; } = manifest;

    public Findings Findings { get; } = new();

    /// <summary>The claim as written; null where it is missing or breaks a rule.</summary>
    public Claim? Claim { get; set; }

    /// <summary>The claim's CBOR as stored: what is signed.</summary>
    public ReadOnlyMemory<byte> ClaimBytes { get; set; }

    public CoseSign1? Cose { get; set; }

    /// <summary>The certificates that came with the signature and could be read, leaf first.</summary>
    public IReadOnlyList<Certificate> Chain { get; set; } = [];

    public VerifiedSignature? Signature { get; set; }

    /// <summary>The time of a time stamp that passed every check; null where the policy's time is judged at.</summary>
    public VerifiedTime? Time { get; set; }

    /// <summary>
    /// Whether <see cref="Time"/> stands beside the signature, where whoever refers to this manifest by hash has seen it; else another manifest
    /// carries it, and it may be of any later day.
    /// </summary>
    public bool IsTimeOwn { get; set; }

    /// <summary>The time stamp as read, proven or not.</summary>
    public TimeStampToken? TimeStamp { get; set; }

    /// <summary>A time stamp that is sound in itself, vouched for or not: to show, never to judge by.</summary>
    public TimeStampToken? SoundTimeStamp { get; set; }

    /// <summary>How the signer is known; null where it is not.</summary>
    public TrustedSigner? Trust { get; set; }

    /// <summary>Whether a signature with a certificate is there, so that who signed can be asked at all.</summary>
    public bool NamesSigner => Cose is not null && Chain.Count > 0;

    public RevocationDetails Revocation { get; set; } = RevocationDetails.NeverLookedAt;

    public List<ClaimedAssertion> Assertions { get; } = [];

    /// <summary>Assertions that are no CBOR and should be: reported once, and not read again.</summary>
    public HashSet<Assertion> Unreadable { get; } = [];

    public List<IngredientResult> Ingredients { get; } = [];

    /// <summary>The first actions assertion of each list that could be read, and the others after them.</summary>
    public List<ClaimedActions> Actions { get; } = [];

    /// <summary>URI of the claim box, or of the manifest where there is no one claim.</summary>
    public string ClaimUri => Manifest.Claims is [var only] ? Manifest.Uri(only.Label!) : Manifest.Uri();

    public string SignatureUri => Manifest.Uri(Manifest.SignatureLabel);

    public string AssertionStoreUri => Manifest.Uri(Manifest.AssertionStoreLabel);

    /// <summary>Assertions that are there, match and carry this base label.</summary>
    public IEnumerable<ClaimedAssertion> Matching(string baseLabel) =>
        Assertions.Where(claimed => claimed is { Matches: true, Assertion: { } assertion } && assertion.Label.Base == baseLabel);
}

/// <summary>How a signer is known: by a path to an anchor, or by name on an allowed list.</summary>
/// <param name="List">The trust list.</param>
/// <param name="Path">The path; null for an allowed certificate.</param>
internal sealed record TrustedSigner(TrustList List, VerifiedPath? Path);
