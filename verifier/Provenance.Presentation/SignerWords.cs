using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation;

/// <summary>How certificates are named.</summary>
internal static class SignerWords
{
    /// <summary>The name a certificate gives, in its own words.</summary>
    public static string NameOf(CertificateSummary? certificate, Words words)
    {
        string name = DisplayText.Clean(certificate?.CommonName, 80), organization = DisplayText.Clean(certificate?.Organization, 80);
        return (name.Length, organization.Length) switch
        {
            (0, 0) => words.Say("issuer.nobody"),
            (0, _) => organization,
            (_, 0) => name,
            _ => name.Contains(organization, StringComparison.OrdinalIgnoreCase) ? name : $"{name} ({organization})",
        };
    }

    /// <summary>A warning behind a name that mixes alphabets; empty for others.</summary>
    public static string MixedNote(string name, Words words) => DisplayText.MixesAlphabets(name) ? $" ({words.Say("page.mixed-alphabets")})" : "";
}
