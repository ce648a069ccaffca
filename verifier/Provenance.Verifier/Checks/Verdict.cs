using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;
using Provenance.Verifier.Trust;

namespace Provenance.Verifier.Checks;

/// <summary>What the verdict rests on.</summary>
/// <param name="Active">Findings that speak of this file: the active manifest's, and those of the parents its updates rest on.</param>
/// <param name="HasBinding">The content was proven to be the signed one.</param>
/// <param name="Sources">Failures at or in ingredients that their outer signer did not record.</param>
/// <param name="Recorded">Failures in ingredients that their outer signer recorded when it added them.</param>
/// <param name="Unvouched">What is said of a signer for whom no list vouches.</param>
/// <param name="ByOlderList">The list that vouches for the signer is one of the older trust model.</param>
internal sealed record VerdictInput(
    IReadOnlyList<Finding> Active, bool HasBinding, IReadOnlyList<Finding> Sources, IReadOnlyList<Finding> Recorded, SignerFact Unvouched, bool ByOlderList);

/// <summary>The verdict: one pure function. "Nothing failed" is not enough; each thing said must have been found.</summary>
internal static class Verdict
{
    /// <summary>Failures of trust and time, which have axes of their own; every other failure, known or not, breaks integrity.</summary>
    private static readonly HashSet<StatusCode> OwnAxis =
        [StatusCodes.SigningCredentialUntrusted, StatusCodes.ClaimSignatureOutsideValidity, StatusCodes.OcspRevoked, StatusCodes.CredentialKnownBad];

    /// <summary>Failures that say "against the rules" or "not supported" rather than "not what was signed".</summary>
    private static readonly HashSet<StatusCode> AgainstRules =
    [
        StatusCodes.AlgorithmUnsupported, StatusCodes.SigningCredentialInvalid, StatusCodes.ClaimMultiple, StatusCodes.ClaimMalformed, StatusCodes.ClaimCborInvalid,
        StatusCodes.ClaimActionsMissing, StatusCodes.ClaimHardBindingsMissing, StatusCodes.MultipleHardBindings, StatusCodes.ManifestMultipleParents,
        StatusCodes.ManifestUpdateInvalid, StatusCodes.ManifestUpdateWrongParents, StatusCodes.ManifestCompressedInvalid, StatusCodes.ManifestInaccessibleMalformed,
        StatusCodes.ActionMalformed, StatusCodes.ActionIngredientMismatch, StatusCodes.ActionSoftBindingMissing, StatusCodes.ActionRedacted,
        StatusCodes.ActionRedactionMismatch, StatusCodes.SelfRedacted, StatusCodes.HardBindingRedacted, StatusCodes.AssertionCborInvalid, StatusCodes.AssertionJsonInvalid,
        StatusCodes.AssertionMetadataMalformed, StatusCodes.IngredientMalformed, StatusCodes.TimestampAssertionMalformed, StatusCodes.DataHashMalformed,
        StatusCodes.BoxesHashMalformed, StatusCodes.BmffHashMalformed, StatusCodes.CollectionHashMalformed, StatusCodes.SegmentHashMalformed,
        StatusCodes.MultiAssetHashMalformed, StatusCodes.CloudDataActions, StatusCodes.CloudDataHardBinding, StatusCodes.CloudDataMalformed,
        StatusCodes.ExternalReferenceMalformed, StatusCodes.LinkedResourceMalformed, StatusCodes.LinkedResourceInvalidUri, StatusCodes.LinkedResourceNotCreated,
        StatusCodes.AlternativeContentMalformed,
    ];

    public static LabelFacts From(VerdictInput input)
    {
        bool Has(StatusCode code) => input.Active.Any(finding => finding.Code == code);
        bool inForce = Has(StatusCodes.ClaimSignatureInsideValidity) && !Has(StatusCodes.ClaimSignatureOutsideValidity);
        return new LabelFacts(
            CredentialPresence.Checked,
            IntegrityOf(input),
            SignerOf(input, Has(StatusCodes.SigningCredentialTrusted) && !Has(StatusCodes.SigningCredentialUntrusted)),
            inForce ? ValidityFact.InForce : ValidityFact.OutOfForce,
            Has(StatusCodes.OcspRevoked) ? RevocationFact.Revoked : Has(StatusCodes.CredentialKnownBad) ? RevocationFact.KnownBad : RevocationFact.NotRevoked,
            SourcesOf(input));
    }

    private static SignerFact SignerOf(VerdictInput input, bool isVouchedFor) =>
        input.Unvouched != SignerFact.Unknown || !isVouchedFor ? input.Unvouched
        : input.ByOlderList ? SignerFact.KnownToOlderList : SignerFact.Known;

    /// <summary>Whether the list that vouches for a manifest's signer is one of the older trust model.</summary>
    public static bool IsByOlderList(ManifestResult manifest) => manifest.Trust?.List.Model == TrustModel.Older;

    /// <summary>Who else vouches for a statement is a question of its own (CAWG identity 1.3 §7): its answer changes nothing here.</summary>
    private static IEnumerable<Finding> Failures(IEnumerable<Finding> findings) => findings.Where(finding => finding.IsFailure && !finding.Code.IsAboutIdentity);

    private static IntegrityFact IntegrityOf(VerdictInput input)
    {
        var failures = Failures(input.Active).Where(finding => !OwnAxis.Contains(finding.Code)).ToList();
        if (failures.Exists(finding => !AgainstRules.Contains(finding.Code)))
            return IntegrityFact.Changed;
        bool proven = input.HasBinding
            && input.Active.Any(finding => finding.Code == StatusCodes.ClaimSignatureValidated)
            && input.Active.Any(finding => finding.Code == StatusCodes.AssertionHashedUriMatch);
        return failures.Count == 0 && proven ? IntegrityFact.Intact : IntegrityFact.AgainstRules;
    }

    private static SourcesFact SourcesOf(VerdictInput input)
    {
        var failures = Failures(input.Sources).ToList();
        if (failures.Exists(finding => !OwnAxis.Contains(finding.Code) && !AgainstRules.Contains(finding.Code)))
            return SourcesFact.Failing;
        if (failures.Exists(finding => finding.Code != StatusCodes.SigningCredentialUntrusted && finding.Code != StatusCodes.ClaimSignatureOutsideValidity))
            return SourcesFact.Unconfirmed;
        // An expired certificate of a source, its time stamp from nobody we know, is what becomes of every photo from a phone: no failure.
        if (failures.Exists(finding => finding.Code == StatusCodes.ClaimSignatureOutsideValidity))
            return SourcesFact.TimeUnproven;
        if (Failures(input.Recorded).Any(finding => finding.Code != StatusCodes.SigningCredentialUntrusted))
            return SourcesFact.RecordedFailure;
        return failures.Count > 0 ? SourcesFact.UnknownIssuer : SourcesFact.Sound;
    }

    /// <summary>Gathers what the verdict on a checked store rests on.</summary>
    public static VerdictInput InputFor(StoreResult result, SignerFact unvouched)
    {
        var recorded = RecordedFailures.Of(result);
        // The standard reports a missing ingredient to the active manifest too; it stands among its links already.
        var active = result.Active.Findings.All.Where(finding => finding.Code != StatusCodes.IngredientManifestMissing).ToList();
        var sources = new List<Finding>();
        var tolerated = new List<Finding>();
        foreach (var manifest in result.Reached)
        {
            // The parents that updates rest on must be sound like the active manifest; who vouches for their signers is a question of its own.
            int place = result.ContentChain.IndexOf(manifest);
            foreach (var failure in place == 0 ? [] : Failures(manifest.Findings.All))
                (recorded.Contains(manifest, failure) ? tolerated : place > 0 && failure.Code != StatusCodes.SigningCredentialUntrusted ? active : sources).Add(failure);
            foreach (var ingredient in manifest.Ingredients)
                (place >= 0 && place < result.ContentChain.Count - 1 && ingredient.Link.Failures.Any() ? active : sources).AddRange(ingredient.Link.Failures);
        }
        return new(active, result.Binding is not null, sources, tolerated, unvouched, IsByOlderList(result.Active));
    }
}
