using Provenance.Verifier.Status;

namespace Provenance.Presentation.Sections;

/// <summary>Codes and figures, for those who know them.</summary>
internal static class TechnicalSection
{
    public static PageSection Of(PageContext page)
    {
        var codes = page.Report.Findings.Concat(page.Report.IngredientFailures)
            .Where(finding => finding.Code.Kind != StatusKind.Success).Select(finding => finding.Code.Text).Distinct().ToList();
        return page.Section(PageTopic.Technical, "section.technical", codes.Count == 0 ? [] : [page.Row("codes", string.Join(", ", codes))]);
    }
}
