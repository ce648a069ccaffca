namespace Provenance.Verifier.X509;

/// <summary>Whether a certificate fits a profile, and every rule it breaks, for people.</summary>
/// <param name="Violations">One sentence for each broken rule; empty where the certificate fits.</param>
internal sealed record ProfileResult(IReadOnlyList<string> Violations)
{
    public bool Passes => Violations.Count == 0;
}
