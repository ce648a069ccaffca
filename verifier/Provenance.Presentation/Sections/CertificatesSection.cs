using Provenance.Verifier.Labels;
using Provenance.Verifier.X509;

namespace Provenance.Presentation.Sections;

/// <summary>The certificates from the signer's to the anchor, or as they came with the signature where no path was found, for specialists.</summary>
internal static class CertificatesSection
{
    private const int MostCertificates = 12;

    public static PageSection? Of(PageContext page)
    {
        if (!page.Holds || page.Report.Result?.Active is not { } active)
            return null;
        var path = active.Trust?.Path?.Certificates;
        var certificates = path ?? active.Chain;
        var rows = certificates.Take(MostCertificates).Select((certificate, place) => new PageRow(page.Words.Say(NameOf(place, path)), Text(certificate, page.Words))).ToList();
        if (certificates.Count > MostCertificates)
            rows.Add(page.Row("certificate", page.Words.Say("page.and-n-more", "n", Words.Number(certificates.Count - MostCertificates))));
        return page.Section(PageTopic.Technical, path is null ? "section.certificates-sent" : "section.certificates", rows);
    }

    private static string NameOf(int place, IReadOnlyList<Certificate>? path) =>
        place == 0 ? "row.signer" : path is not null && place == path.Count - 1 ? "row.anchor" : "row.issued-by";

    private static string Text(Certificate certificate, Words words) => words.Say("certificate.text",
        "subject", DisplayText.Clean(certificate.Subject.ToString(), 200),
        "serial", Convert.ToHexString(certificate.SerialNumber.Span),
        "from", words.Day(certificate.NotBefore), "until", words.Day(certificate.NotAfter));
}
