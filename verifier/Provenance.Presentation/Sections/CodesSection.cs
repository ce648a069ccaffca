using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;

namespace Provenance.Presentation.Sections;

/// <summary>Every code that the checks gave, with its meaning and what was found, for specialists.</summary>
internal static class CodesSection
{
    private const int MostFindings = 120;

    public static PageSection Of(PageContext page)
    {
        var rows = new List<PageRow>();
        var findings = page.Report.Findings.Concat(page.Report.IngredientFailures).Concat(page.Report.RecordedIngredientFailures).Take(MostFindings + 1).ToList();
        foreach (var finding in findings.Take(MostFindings))
        {
            string text = $"{page.Words.Say(KeyOf(finding.Code.Kind))} · {finding.Code.Meaning}";
            if (DisplayText.Clean(finding.Explanation, 240) is { Length: > 0 } explanation)
                text += $" — {explanation}";
            rows.Add(new(finding.Code.Text, text));
        }
        if (findings.Count > MostFindings)
            rows.Add(page.Row("codes", page.Words.Say("page.and-more")));
        return page.Section(PageTopic.Technical, "section.codes", rows);
    }

    private static string KeyOf(StatusKind kind) => kind switch
    {
        StatusKind.Success => "code.success",
        StatusKind.Informational => "code.informational",
        _ => "code.failure",
    };
}
