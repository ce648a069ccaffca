using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>
/// Failures that outer signers recorded when they added their ingredients (C2PA 2.5 §14.11): they accepted them knowingly. Only an
/// assertion that matches its hash records anything, and only in and for manifests that are what the active signer saw, so that nothing done
/// since can be excused: each link of a road from the active manifest holds. A link by the signature box alone, as after a redaction, says
/// nothing of a claim that this signature does not fit, nor of assertions that differ from that claim.
/// </summary>
internal sealed class RecordedFailures
{
    private readonly HashSet<(string Code, string? Url)> _recorded = [];

    /// <summary>The manifests that are as seen, and whether only their claim and what it hashes are.</summary>
    private readonly Dictionary<ManifestResult, bool> _asSeen = [];

    public static RecordedFailures Of(StoreResult result)
    {
        var failures = new RecordedFailures();
        var results = result.Reached.ToDictionary(manifest => manifest.Manifest);
        failures._asSeen.Add(result.Active, false);
        var pending = new Queue<ManifestResult>([result.Active]);
        while (pending.TryDequeue(out var outer))
        {
            foreach (var ingredient in outer.Ingredients)
            {
                if (ingredient is not { LinkHolds: true, Target: { } named } || !results.TryGetValue(named, out var target))
                    continue;
                bool bySignature = ingredient.Link.All.Any(finding => finding.Code == StatusCodes.IngredientClaimSignatureValidated);
                if (bySignature && target.Signature is null)
                    continue;
                foreach (var status in ingredient.Ingredient?.RecordedFailures ?? [])
                    failures._recorded.Add((status.Code, ingredient.Ingredient!.Absolute(status.Url)));
                if (failures._asSeen.TryAdd(target, bySignature))
                    pending.Enqueue(target);
            }
        }
        return failures;
    }

    /// <summary>Whether a failure of a manifest was recorded.</summary>
    public bool Contains(ManifestResult manifest, Finding finding) =>
        _asSeen.TryGetValue(manifest, out bool bySignature)
        && !(bySignature && (finding.Code == StatusCodes.AssertionHashedUriMismatch || finding.Code == StatusCodes.AssertionMissing))
        && (_recorded.Contains((finding.Code.Text, finding.Uri))
            // The reference's name for it, then and now.
            || (finding.Code == StatusCodes.ClaimSignatureOutsideValidity && _recorded.Contains(("signingCredential.expired", finding.Uri))));
}
