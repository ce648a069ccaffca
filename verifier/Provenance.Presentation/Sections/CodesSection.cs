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
            rows.Add(new(finding.Code.Text, TextOf(finding, page.Words)));
        }
        if (findings.Count > MostFindings)
            rows.Add(page.Row("codes", page.Words.Say("page.and-more")));
        return page.Section(PageTopic.Technical, "section.codes", rows);
    }

    /// <summary>Whether it holds, what the code means, which part it is about, and what was found there, as the check put it, in English.</summary>
    private static string TextOf(Finding finding, Words words)
    {
        string text = $"{words.Say(KeyOf(finding.Code.Kind))} · {words.Say("code." + finding.Code.Text).TrimEnd('.')}";
        if (finding.Uri is { } uri && DisplayText.Clean(uri[(uri.LastIndexOf('/') + 1)..], 60) is { Length: > 0 } part)
            text += $" · {part}";
        return finding.Explanation.Length == 0 ? text : words.Say("problem.finding", "meaning", text, "detail", DisplayText.Clean(finding.Explanation, 240));
    }

    private static string KeyOf(StatusKind kind) => kind switch
    {
        StatusKind.Success => "code.success",
        StatusKind.Informational => "code.informational",
        _ => "code.failure",
    };
}
