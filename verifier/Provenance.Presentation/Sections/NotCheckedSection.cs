using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;

namespace Provenance.Presentation.Sections;

/// <summary>What was not checked, and what is not known: silence about it would be taken for a good word.</summary>
internal static class NotCheckedSection
{
    public static PageSection? Of(PageContext page)
    {
        var (report, words) = page;
        if (!page.Holds)
            return null;
        var rows = new List<PageRow>();
        if (report.Facts.Signer == SignerFact.NotLookedUp)
            rows.Add(page.Row("not-checked", words.Say("not-checked.issuer")));
        if (report.Manifests[0].Time.WhyNotProven is not null)
            rows.Add(page.Row("time-stamp", words.Say(WhyNoTime(report))));
        return page.Section(PageTopic.NotChecked, "section.not-checked", rows);
    }

    private static string WhyNoTime(VerificationReport report)
    {
        bool Has(StatusCode code) => report.Findings.Any(finding => finding.Code == code);
        return Has(StatusCodes.TimeStampMalformed) ? "time-stamp.malformed"
            : Has(StatusCodes.TimeStampMismatch) ? "time-stamp.mismatch"
            : Has(StatusCodes.TimeStampOutsideValidity) ? "time-stamp.outside-validity"
            : Has(StatusCodes.TimeStampCredentialInvalid) ? "time-stamp.wrong-certificate"
            : "time-stamp.unknown-authority";
    }
}
