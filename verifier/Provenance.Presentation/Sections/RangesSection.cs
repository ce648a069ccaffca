using System.Globalization;
using Provenance.Verifier.Labels;

namespace Provenance.Presentation.Sections;

/// <summary>The bytes that the signature does not cover, as ranges and as a share of the file, for specialists.</summary>
internal static class RangesSection
{
    private const int MostRanges = 60;

    public static PageSection? Of(PageContext page)
    {
        var (report, words) = page;
        if (!page.Holds || report.Uncovered is not { } ranges)
            return null;
        var rows = new List<PageRow>();
        long open = ranges.Sum(range => range.Range.Length);
        rows.Add(page.Row("in-all", words.Say("ranges.in-all", "open", words.Count("count.bytes", open), "all", words.Count("count.bytes", report.Length), "share", Share(open, report.Length))));
        foreach (var range in ranges.Take(MostRanges))
        {
            string name = DisplayText.Clean(range.Name, 40), what = words.Say(CoverageSection.Key(range.Kind));
            rows.Add(new(Offset(range.Range.Offset), words.Say("ranges.range", "bytes", words.Count("count.bytes", range.Range.Length), "what", name.Length > 0 ? $"{what}, {name}" : what)));
        }
        if (ranges.Count > MostRanges)
            rows.Add(page.Row("in-all", words.Say("page.and-n-more", "n", Words.Number(ranges.Count - MostRanges))));
        return page.Section(PageTopic.Technical, "section.ranges", rows);
    }

    private static string Offset(long offset) => string.Create(CultureInfo.InvariantCulture, $"0x{offset:X}");

    /// <summary>A share that is not nothing is never told as "0".</summary>
    private static string Share(long part, long whole) =>
        part == 0 || whole == 0 ? "0 %" : (double)part / whole is < 0.0001 ? "< 0.01 %" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.##} %");
}
