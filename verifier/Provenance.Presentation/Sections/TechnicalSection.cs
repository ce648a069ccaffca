using System.Globalization;
using Provenance.Verifier.Status;

namespace Provenance.Presentation.Sections;

/// <summary>Codes and figures, for those who know them.</summary>
internal static class TechnicalSection
{
    public static PageSection Of(PageContext page)
    {
        var codes = page.Report.Findings.Concat(page.Report.IngredientFailures)
            .Where(finding => finding.Code.Kind != StatusKind.Success).Select(finding => finding.Code.Text).Distinct().ToList();
        var rows = new List<PageRow>();
        if (page.Holds && page.Report is { Length: > 0, Uncovered: { Count: > 0 } uncovered })
            rows.Add(page.Row("open-bytes", OpenBytes(page, uncovered.Sum(range => range.Range.Length))));
        if (codes.Count > 0)
            rows.Add(page.Row("codes", string.Join(", ", codes)));
        return page.Section(PageTopic.Technical, "section.technical", rows);
    }

    private static string OpenBytes(PageContext page, long open) => page.Words.Say("coverage.bytes",
        "open", page.Words.Count("count.bytes", open), "all", page.Words.Count("count.bytes", page.Report.Length),
        "share", string.Create(CultureInfo.InvariantCulture, $"{100.0 * open / page.Report.Length:0.####} %"));
}
