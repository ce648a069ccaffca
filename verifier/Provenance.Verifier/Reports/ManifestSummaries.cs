using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;
using Provenance.Verifier.Status;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Reports;

/// <summary>Makes the summaries of a report's manifests.</summary>
internal static class ManifestSummaries
{
    /// <summary>One summary for each manifest the active one leads to, itself first.</summary>
    public static IReadOnlyList<ManifestSummary> Of(VerificationReport report) => report.Result is not { } result
        ? []
        : [.. result.Reached.Select(manifest => Of(report, manifest, ReferenceEquals(manifest, result.Active)))];

    private static ManifestSummary Of(VerificationReport report, ManifestResult result, bool isActive)
    {
        // The content of an ingredient is not here to be compared: its manifest is judged by what is.
        var facts = isActive ? report.Proven : Verdict.From(new(result.Findings.All, HasBinding: true, [], [], report.Policy.Unvouched, Verdict.IsByOlderList(result)));
        return new()
        {
            Label = result.Manifest.Label,
            Kind = result.Manifest.Kind,
            ClaimVersion = result.Claim?.Version,
            Facts = facts,
            State = LabelTable.For(facts with { Sources = SourcesFact.Sound }).State ?? ValidationState.Invalid,
            Title = result.Claim?.Title,
            Format = result.Claim?.Format,
            InstanceId = result.Claim?.InstanceId,
            Generator = result.Claim?.Generator,
            Certificate = CertificateOf(result),
            SignatureHolds = result.Signature is not null,
            Signer = VerifiedSigner.Of(result, facts),
            Time = TimeOf(result, facts),
            Revocation = result.Revocation.Status,
            RevocationDetails = result.NamesSigner ? result.Revocation : null,
            Findings = result.Findings.All,
            Assertions = [.. result.Assertions.Select(claimed => new AssertionSummary(claimed.Assertion?.Label.Full ?? claimed.Reference.Url, claimed.IsCreated, claimed.Matches))],
            Actions = [.. report.Models.ActionsOf(result).SelectMany(list => list.Actions.Actions.Select(action => ActionOf(list, action)))],
            Ingredients = [.. result.Ingredients.Select(IngredientOf)],
            Redactions = result.Claim?.Redacted ?? [],
            Identities = report.Identities.Count == 0 ? [] : [.. report.Identities.Where(identity => identity.Manifest == result.Manifest.Label)],
            TrainingMining = TrainingMiningSummary.Of(report, result),
        };
    }

    private static CertificateSummary? CertificateOf(ManifestResult result) => CertificateOf(result.Chain is [var leaf, ..] ? leaf : null, result.Cose?.Algorithm?.Name);

    /// <summary>A certificate in its own words; null of none.</summary>
    public static CertificateSummary? CertificateOf(Certificate? leaf, string? algorithm) => leaf is null ? null : new(
        leaf.Subject.CommonName, leaf.Subject.Organization, leaf.Issuer.ToString(), Convert.ToHexString(leaf.SerialNumber.Span), algorithm, leaf.NotBefore, leaf.NotAfter);

    private static TimeSummary TimeOf(ManifestResult result, LabelFacts facts)
    {
        // As long as the signature is not shown to be over this claim, a stamp on it tells nothing about this claim either.
        if (facts.Integrity == IntegrityFact.Intact && result.Time is { } time)
            return new(time.Time, time.Authority.Subject.CommonName ?? time.Authority.Subject.ToString(), time.IsListed, null, null);
        var refusal = result.Findings.All.FirstOrDefault(finding => IsTimeRefusal(finding.Code));
        return new(null, null, false, result.TimeStamp?.GenTime ?? result.Cose?.IssuedAt, refusal?.Explanation);
    }

    private static bool IsTimeRefusal(StatusCode code) => code == StatusCodes.TimeStampUntrusted || code == StatusCodes.TimeStampMalformed
        || code == StatusCodes.TimeStampMismatch || code == StatusCodes.TimeStampOutsideValidity || code == StatusCodes.TimeStampCredentialInvalid;

    private static ActionSummary ActionOf(ActionsModel list, ActionItem action) => new(
        action.Name, action.When?.Text, action.SoftwareAgent?.ToString(), action.DigitalSourceType, action.Description, action.Reason, list.Claimed.IsCreated, list.Uri);

    private static IngredientSummary IngredientOf(IngredientResult result) => new()
    {
        Uri = result.Uri,
        Relationship = result.Ingredient?.Relationship switch
        {
            Relationship.ParentOf => "parentOf",
            Relationship.ComponentOf => "componentOf",
            Relationship.InputTo => "inputTo",
            _ => null,
        },
        Title = result.Ingredient?.Title,
        Format = result.Ingredient?.Format,
        DigitalSourceType = result.Ingredient?.DigitalSourceType,
        Manifest = result.Target?.Label ?? result.Ingredient?.Manifest?.Url,
        LinkHolds = result.LinkHolds,
        Link = result.Link.All,
        RecordedFailures = result.Ingredient?.RecordedFailures?.Select(status => status.Code).Distinct(StringComparer.Ordinal).ToList(),
        IsCreated = result.Claimed.IsCreated,
    };

    /// <summary>What is kept elsewhere and was not fetched.</summary>
    public static IEnumerable<OutsideReference> ReferencesOf(VerificationReport report)
    {
        if (report is { RemoteManifest: { } remote, Origin: not ManifestOrigin.Fetched })
            yield return new(OutsideReferenceKind.RemoteManifest, remote, null, null);
        foreach (var manifest in report.Result?.Reached ?? [])
        {
            foreach (var claimed in manifest.Matching(AssertionLabels.CloudData).Concat(manifest.Matching(AssertionLabels.ExternalReference)))
            {
                if (ValueOf(claimed.Assertion!) is { } value && value["location"]?["url"]?.Text is { } url)
                {
                    yield return new(claimed.Assertion!.Label.Base == AssertionLabels.CloudData ? OutsideReferenceKind.CloudData : OutsideReferenceKind.ExternalReference,
                        url, value["label"]?.Text, manifest.Manifest.UriOf(claimed.Assertion!));
                }
            }
        }
    }

    /// <summary>The CBOR content; null where it is none, which the checks reported.</summary>
    internal static CborValue? ValueOf(Assertion assertion)
    {
        if (assertion.Encoding != AssertionEncoding.Cbor)
            return null;
        try
        {
            return assertion.Cbor();
        }
        catch (MalformedDataException)
        {
            return null;
        }
    }
}
