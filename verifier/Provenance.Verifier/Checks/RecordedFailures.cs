using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>
/// Failures that outer signers recorded when they added their ingredients (C2PA 2.5 §14.11): they accepted them knowingly. Only an
/// assertion that matches its hash, of a manifest the active one leads to, records anything; and only for a manifest that is bit for bit
/// the one its signer saw, so that nothing done since can be excused.
/// </summary>
internal sealed class RecordedFailures
{
    private readonly HashSet<(string Code, string? Url)> _recorded = [];

    public static RecordedFailures Of(StoreResult result)
    {
        var failures = new RecordedFailures();
        foreach (var ingredient in result.Reached.SelectMany(manifest => manifest.Ingredients).Where(ingredient => ingredient is { Ingredient.RecordedFailures: not null, LinkHolds: true }))
        {
            foreach (var status in ingredient.Ingredient!.RecordedFailures!)
                failures._recorded.Add((status.Code, ingredient.Ingredient.Absolute(status.Url)));
        }
        return failures;
    }

    public bool Contains(Finding finding) =>
        _recorded.Contains((finding.Code.Text, finding.Uri))
        // The reference's name for it, then and now.
        || (finding.Code == StatusCodes.ClaimSignatureOutsideValidity && _recorded.Contains(("signingCredential.expired", finding.Uri)));
}
