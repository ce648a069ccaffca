using Provenance.Verifier;
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
            // Of a file that was never opened there is no place to name, and no other copy to look for.
            if (error.Structure != "file")
                rows.Add(page.Row("where", words.Say("problem.place", "structure", DisplayText.Clean(error.Structure), "offset", $"{Words.Number(error.Offset)} (0x{error.Offset:X})")));
            rows.Add(page.Row("why", ReasonOf(error, words)));
            if (error.Limit is not null)
                rows.Add(page.Row("limit", DisplayText.Clean(error.Limit)));
            else if (error.Structure != "file")
                rows.Add(page.Row("next", words.Say(report.Labelling.Sentence == "label.unreadable.file" ? "next.unreadable.file" : "next.unreadable.credential")));
        }
        else
        {
            // Who signed, who else vouches and when are no reasons why something does not match.
            var failures = report.Findings
                .Where(finding => finding.IsFailure && !finding.Code.IsAboutIdentity && finding.Code != StatusCodes.SigningCredentialUntrusted && finding.Code != StatusCodes.ClaimSignatureOutsideValidity).ToList();
            var reasons = failures.GroupBy(failure => Detailed(words.Say("code." + failure.Code.Text), failure.Explanation, words)).ToList();
            foreach (var reason in reasons.Take(MostFailures))
                rows.Add(page.Row("why", reason.Count() == 1 ? reason.Key : words.Say("history.repeated", "what", reason.Key, "n", Words.Number(reason.Count()))));
            if (reasons.Count > MostFailures)
                rows.Add(page.Row("why", words.Say("page.and-n-more", "n", Words.Number(reasons.Skip(MostFailures).Sum(reason => reason.Count())))));
            if (NextOf(report.Label) is { } next)
                rows.Add(page.Row("next", words.Say(next)));
        }
        return page.Section(PageTopic.Problems, "section.problems", rows);
    }

    /// <summary>Why a file cannot be read: in words where we have them, and else, or where it says more, as the parser that found it put it, in English.</summary>
    private static string ReasonOf(ReportError error, Words words) =>
        error.Key is null ? words.Say("problem.rule", "rule", DisplayText.Clean(error.Rule, 300))
        : error.Rule == Words.English.Say(error.Key) ? words.Say(error.Key)
        : Detailed(words.Say(error.Key), error.Rule, words);

    private static string Detailed(string meaning, string detail, Words words) =>
        words.Say("problem.finding", "meaning", meaning.TrimEnd('.'), "detail", DisplayText.Clean(detail, 240));

    private static string? NextOf(Label label) => label switch
    {
        Label.Broken => "next.broken",
        Label.Revoked => "next.revoked",
        Label.Unreadable => "next.unreadable.rules",
        _ => null,
    };
}
