using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Identity;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;

namespace Provenance.Verifier.Reports;

/// <summary>What may be done with the content for one use, by its maker's words.</summary>
/// <param name="Name">The use, for instance "cawg.ai_generative_training".</param>
/// <param name="Use">"allowed", "notAllowed", "constrained" or another word, as written; null where none is.</param>
/// <param name="Constraint">On what condition; null where none is named.</param>
/// <param name="IsRefused">Whether it is not permitted: permission must be said, and a condition must be there to be asked about.</param>
public sealed record TrainingMiningUse(string Name, string? Use, string? Constraint, bool IsRefused);

/// <summary>A statement on mining and training ("cawg.training-mining" 1.1, "c2pa.training-mining" before).</summary>
/// <param name="Uri">The assertion it stands in.</param>
/// <param name="IsCreated">Whether the signer states it; else it was passed on.</param>
/// <param name="VouchedFor">The best that is said of an identity assertion that vouches for it; null where nobody vouches in their own name.</param>
/// <param name="Uses">What is said of each use.</param>
public sealed record TrainingMiningSummary(string Uri, bool IsCreated, IdentityState? VouchedFor, IReadOnlyList<TrainingMiningUse> Uses)
{
    private const string OlderLabel = "c2pa.training-mining";

    /// <summary>Statements of the manifest that match their hash and can be read.</summary>
    internal static IReadOnlyList<TrainingMiningSummary> Of(VerificationReport report, ManifestResult manifest)
    {
        List<TrainingMiningSummary>? found = null;
        foreach (var claimed in manifest.Assertions)
        {
            if (claimed is { Matches: true, Assertion: { Label.Base: AssertionLabels.TrainingMining or OlderLabel, IsBlanked: false } assertion }
                && Read(assertion, report.Policy.Limits) is { } statement)
            {
                string uri = manifest.Manifest.UriOf(assertion);
                (found ??= []).Add(new(uri, claimed.IsCreated, report.VouchedFor(uri), [.. statement.Entries.Select(entry => new TrainingMiningUse(entry.Name, entry.Use, entry.Constraint, entry.IsRefused))]));
            }
        }
        return found ?? [];
    }

    private static TrainingMiningAssertion? Read(Assertion assertion, Limits limits)
    {
        try
        {
            return StandardAssertions.Read(assertion, limits) as TrainingMiningAssertion;
        }
        catch (MalformedDataException)
        {
            return null;
        }
    }
}
