using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;

namespace Provenance.Presentation.Sections;

/// <summary>What cannot be read or does not hold, and why.</summary>
internal static class ProblemsSection
{
    private const int MostFailures = 5;

    public static PageSection? Of(PageContext page)
    {
        var (report, words) = page;
        if (page.Holds)
            return null;
        var rows = new List<PageRow>();
        if (report.Error is { } error)
        {
            // Of a file that was never opened there is no place to name.
            if (error.Structure != "file")
                rows.Add(page.Row("where", words.Say("problem.place", "structure", DisplayText.Clean(error.Structure), "offset", $"{Words.Number(error.Offset)} (0x{error.Offset:X})")));
            rows.Add(page.Row("why", DisplayText.Clean(error.Rule, 300)));
            if (error.Limit is not null)
                rows.Add(page.Row("limit", DisplayText.Clean(error.Limit)));
        }
        else
        {
            // Who signed and when are no reasons why something does not match.
            var failures = report.Findings
                .Where(finding => finding.IsFailure && finding.Code != StatusCodes.SigningCredentialUntrusted && finding.Code != StatusCodes.ClaimSignatureOutsideValidity).ToList();
            foreach (var failure in failures.Take(MostFailures))
                rows.Add(page.Row("why", $"{failure.Code.Meaning.TrimEnd('.')}: {DisplayText.Clean(failure.Explanation, 240)}"));
            if (failures.Count > MostFailures)
                rows.Add(page.Row("why", words.Say("page.and-n-more", "n", Words.Number(failures.Count - MostFailures))));
        }
        return page.Section(PageTopic.Problems, "section.problems", rows);
    }
}
