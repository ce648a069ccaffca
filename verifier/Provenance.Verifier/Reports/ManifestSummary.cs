using Provenance.Verifier.Checks;
using Provenance.Verifier.Identity;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Reports;

/// <summary>
/// One manifest of the credential, as reports show it: the active one, or one it leads to. What is not called proven is what the file says,
/// as written: untrusted text, not fit for display before <see cref="DisplayText.Clean"/>.
/// </summary>
public sealed class ManifestSummary
{
    internal ManifestSummary()
    {
    }

    /// <summary>Its label in the store.</summary>
    public required string Label { get; init; }

    /// <summary>Whether it binds content or adds to another one.</summary>
    public required ManifestKind Kind { get; init; }

    /// <summary>1 or 2; null where the claim cannot be read.</summary>
    public int? ClaimVersion { get; init; }

    /// <summary>
    /// The facts about this manifest by itself. Of the active one they are those of the report. The content an ingredient's manifest was made
    /// for is not here: of such a one "intact" speaks of its statements and signature alone.
    /// </summary>
    public required LabelFacts Facts { get; init; }

    /// <summary>The state of this manifest by itself.</summary>
    public required ValidationState State { get; init; }

    /// <summary>How it stands with this manifest by itself.</summary>
    public CredentialState Credential => CredentialStates.Of(Facts);

    /// <summary>dc:title of the claim.</summary>
    public string? Title { get; init; }

    /// <summary>dc:format of the claim.</summary>
    public string? Format { get; init; }

    /// <summary>instanceID of the claim.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The program that made the claim, in its own words.</summary>
    public string? Generator { get; init; }

    /// <summary>The certificate that came with the signature, in its own words; null where none can be read.</summary>
    public CertificateSummary? Certificate { get; init; }

    /// <summary>Whether the claim was signed with that certificate's key.</summary>
    public bool SignatureHolds { get; init; }

    /// <summary>Who signed; null unless signature, path and time all hold.</summary>
    public VerifiedSigner? Signer { get; init; }

    /// <summary>What is known about when it was signed.</summary>
    public required TimeSummary Time { get; init; }

    /// <summary>Whether revocation was looked into, and what came of it.</summary>
    public RevocationStatus Revocation { get; init; }

    /// <summary>The same with how it is known; null where there is no signature to speak of.</summary>
    public RevocationDetails? RevocationDetails { get; init; }

    /// <summary>What the checks found, in their order.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The entries of the claim's lists.</summary>
    public required IReadOnlyList<AssertionSummary> Assertions { get; init; }

    /// <summary>What was done, by the maker's words, in the order written; from assertions that match their hash.</summary>
    public required IReadOnlyList<ActionSummary> Actions { get; init; }

    /// <summary>What it was made from; from assertions that match their hash.</summary>
    public required IReadOnlyList<IngredientSummary> Ingredients { get; init; }

    /// <summary>URIs of assertions of other manifests that this one says were removed.</summary>
    public required IReadOnlyList<string> Redactions { get; init; }

    /// <summary>Who vouches in their own name for what stands in it, beside its signer.</summary>
    public IReadOnlyList<IdentityResult> Identities { get; init; } = [];

    /// <summary>What it says of mining and training.</summary>
    public IReadOnlyList<TrainingMiningSummary> TrainingMining { get; init; } = [];
}

/// <summary>A certificate, in its own words.</summary>
/// <param name="CommonName">Common name of the subject, if it has one.</param>
/// <param name="Organization">Organisation of the subject, if it has one.</param>
/// <param name="Issuer">Name of the issuer (RFC 4514).</param>
/// <param name="SerialNumber">Serial number, upper-case hex.</param>
/// <param name="Algorithm">The algorithm of the claim's signature as COSE names it; null where it is none of the allowed ones.</param>
/// <param name="NotBefore">First second of validity.</param>
/// <param name="NotAfter">Last second of validity.</param>
public sealed record CertificateSummary(
    string? CommonName, string? Organization, string Issuer, string SerialNumber, string? Algorithm, DateTimeOffset NotBefore, DateTimeOffset NotAfter);

/// <summary>What is known about when a manifest was signed.</summary>
/// <param name="Proven">The time of a time stamp that passed every check; null where there is none.</param>
/// <param name="Authority">Common name of the authority that told <paramref name="Proven"/>.</param>
/// <param name="IsListed">Whether a list knows that authority; else the older time model was asked for.</param>
/// <param name="Claimed">The time of a time stamp that was not accepted, or the signer's own; proves nothing.</param>
/// <param name="WhyNotProven">Why a time stamp that is there was not accepted; null where one was or there is none.</param>
public sealed record TimeSummary(DateTimeOffset? Proven, string? Authority, bool IsListed, DateTimeOffset? Claimed, string? WhyNotProven);

/// <summary>An entry of a claim's lists.</summary>
/// <param name="Label">The assertion's label; the reference as written where it leads nowhere.</param>
/// <param name="IsCreated">Whether the signer states it; else it was passed on without vouching for it.</param>
/// <param name="Matches">Whether it is there with the hash the claim gives.</param>
public sealed record AssertionSummary(string Label, bool IsCreated, bool Matches);

/// <summary>An action, by its maker's words.</summary>
/// <param name="Name">The name, for instance "c2pa.cropped".</param>
/// <param name="When">The time as written.</param>
/// <param name="Agent">The program that did it; null where it names none.</param>
/// <param name="DigitalSourceType">The kind of source, a URI of the IPTC's list or another.</param>
/// <param name="Description">Free text.</param>
/// <param name="Reason">Why, for instance why something was removed.</param>
/// <param name="IsCreated">Whether the signer states it; else it was passed on.</param>
/// <param name="Uri">The assertion it stands in.</param>
public sealed record ActionSummary(
    string Name, string? When, string? Agent, string? DigitalSourceType, string? Description, string? Reason, bool IsCreated, string Uri);

/// <summary>An ingredient and what was found behind it.</summary>
public sealed class IngredientSummary
{
    internal IngredientSummary()
    {
    }

    /// <summary>The ingredient assertion.</summary>
    public required string Uri { get; init; }

    /// <summary>"parentOf", "componentOf" or "inputTo"; null where the assertion breaks a rule.</summary>
    public string? Relationship { get; init; }

    /// <summary>dc:title.</summary>
    public string? Title { get; init; }

    /// <summary>dc:format.</summary>
    public string? Format { get; init; }

    /// <summary>The kind of source it was, for an ingredient without a manifest.</summary>
    public string? DigitalSourceType { get; init; }

    /// <summary>Label of the manifest it names; null where it came without one.</summary>
    public string? Manifest { get; init; }

    /// <summary>Whether that manifest is in the store and bit for bit the one the outer signer saw.</summary>
    public bool LinkHolds { get; init; }

    /// <summary>What the link to the manifest gave.</summary>
    public required IReadOnlyList<Finding> Link { get; init; }

    /// <summary>Failure codes the outer signer recorded when it added the ingredient; null where it recorded no results.</summary>
    public IReadOnlyList<string>? RecordedFailures { get; init; }

    /// <summary>Whether the signer states it; else it was passed on.</summary>
    public bool IsCreated { get; init; }
}
