namespace Provenance.Verifier.Status;

/// <summary>The ordered record of what each check of one manifest concluded.</summary>
public sealed class Findings
{
    private readonly List<Finding> _all = [];

    /// <summary>Every finding, in the order of the checks.</summary>
    public IReadOnlyList<Finding> All => _all;

    /// <summary>The failures, in the order of the checks.</summary>
    public IEnumerable<Finding> Failures => _all.Where(finding => finding.IsFailure);

    /// <summary>Whether <paramref name="code"/> was found at least once.</summary>
    public bool Has(StatusCode code) => _all.Exists(finding => finding.Code == code);

    internal void Add(StatusCode code, string? uri, string explanation, string? resourceUrl = null) =>
        _all.Add(new(code, uri, explanation) { ResourceUrl = resourceUrl });
}
