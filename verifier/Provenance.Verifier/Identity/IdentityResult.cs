using Provenance.Verifier.Status;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Identity;

/// <summary>An assertion that an identity assertion refers to.</summary>
/// <param name="Url">The reference as written.</param>
/// <param name="Label">Label of the assertion; null where the reference leads to none.</param>
/// <param name="Manifest">Label of the manifest it is an assertion of; null where the reference leads to none.</param>
/// <param name="IsListed">Whether that manifest's claim lists it with the same hash.</param>
public sealed record IdentityReference(string Url, string? Label, string? Manifest, bool IsListed);

/// <summary>
/// What an identity claims aggregator says it found out about the person or organisation (CAWG identity 1.3 §8.1): its word, and no better
/// than its issuer.
/// </summary>
/// <param name="Type">What was looked into, for instance "cawg.social_media".</param>
/// <param name="Name">The name, as the provider knows it.</param>
/// <param name="UserName">The name of the account.</param>
/// <param name="Address">The address of a wallet.</param>
/// <param name="Uri">Where to find it; fetched by nobody.</param>
/// <param name="Method">How the provider was asked.</param>
/// <param name="ProviderName">Who knew it.</param>
/// <param name="ProviderId">The provider's URI; fetched by nobody.</param>
/// <param name="At">When it was found out, as the aggregator says.</param>
public sealed record AttestedIdentity(
    string? Type, string? Name, string? UserName, string? Address, string? Uri, string? Method, string? ProviderName, string? ProviderId, DateTimeOffset? At)
{
    /// <summary>Which rule of §8.1.2.5 the entry breaks; null where none.</summary>
    public string? Fault { get; init; }
}

/// <summary>
/// An identity assertion and what its checks gave: who vouches for which assertions of the manifest. Nothing here changes what is said of
/// the manifest itself. Text is as written, untrusted, unless it is called proven.
/// </summary>
public sealed class IdentityResult
{
    internal IdentityResult()
    {
    }

    /// <summary>Label of the manifest it stands in.</summary>
    public required string Manifest { get; init; }

    /// <summary>Store-absolute URI of the assertion.</summary>
    public required string Uri { get; init; }

    /// <summary>What became of the checks.</summary>
    public required IdentityState State { get; init; }

    /// <summary>Why it is in that state, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>"cawg.x509.cose", "cawg.identity_claims_aggregation" or another; null where the assertion cannot be read.</summary>
    public string? SignatureType { get; init; }

    /// <summary>What the named one says to be to the content, for instance "cawg.creator".</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The assertions vouched for.</summary>
    public IReadOnlyList<IdentityReference> References { get; init; } = [];

    /// <summary>Who vouches, for X.509; null unless <see cref="State"/> is <see cref="IdentityState.Trusted"/>.</summary>
    public VerifiedSigner? Signer { get; init; }

    /// <summary>The certificate it came with, for X.509: its own words.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>The DID of the identity claims aggregator, as the credential says.</summary>
    public string? Issuer { get; init; }

    /// <summary>Whether the credential is proven to come from that issuer and the policy trusts it.</summary>
    public bool IsIssuerTrusted { get; init; }

    /// <summary>What the aggregator says it found out.</summary>
    public IReadOnlyList<AttestedIdentity> Attested { get; init; } = [];

    /// <summary>When it was signed at the latest, by a trusted time stamp; null where none proves it.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>What the checks found, in their order.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
