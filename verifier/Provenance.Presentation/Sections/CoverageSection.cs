using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation.Sections;

/// <summary>What the signature covers, by what it means to a reader, and what anybody may have changed since. How many bytes that are stands in the technical part.</summary>
internal static class CoverageSection
{
    public static PageSection? Of(PageContext page)
    {
        var (report, words) = page;
        if (!page.Holds)
            return null;
        var rows = new List<PageRow>();
        foreach (var track in report.NotHere ?? [])
        {
            rows.Add(page.Row("not-here", words.Say("coverage.segments",
                "track", Words.Number(track.Track), "first", Words.Number(track.First), "last", Words.Number(track.Last), "count", Words.Number(track.Count))));
        }
        if (report.Uncovered is { Count: 0 })
            rows.Add(page.Row("covered", words.Say("coverage.complete")));
        else if (report.Uncovered is not null)
            AddParts(page, rows);
        return page.Section(PageTopic.Coverage, "section.coverage", rows) with { Strip = PageStrip.Of(report) };
    }

    /// <summary>What a kind of region is called.</summary>
    public static string Key(RegionKind kind) => kind switch
    {
        RegionKind.Structure => "region.structure",
        RegionKind.Media => "region.media",
        RegionKind.ManifestStore => "region.manifest-store",
        RegionKind.Exif => "region.exif",
        RegionKind.Xmp => "region.xmp",
        RegionKind.Iptc => "region.iptc",
        RegionKind.ColourProfile => "region.colour-profile",
        RegionKind.OtherMetadata => "region.other-metadata",
        RegionKind.Trailing => "region.trailing",
        _ => "region.unknown",
    };

    private static void AddParts(PageContext page, List<PageRow> rows)
    {
        var (report, words) = page;
        // That framing is covered is no news.
        Add("covered", report.Coverage.Where(part => part.Coverage == FieldCoverage.Covered && IsTold(part) && part.Meaning != CoverageMeaning.Framing), what => what);
        Add("partly", report.Coverage.Where(part => part.Coverage == FieldCoverage.PartlyCovered && IsTold(part)), what => words.Say("coverage.partly", "what", what));
        Add("not-covered", report.Coverage.Where(part => part.Coverage == FieldCoverage.NotCovered && IsTold(part)), what => words.Say("coverage.open", "what", what));
        Add("left-out", report.Coverage.Where(part => part.OpenBytes > 0 && !IsTold(part)), what => words.Say("coverage.left-out", "what", what));

        void Add(string row, IEnumerable<CoveragePart> parts, Func<string, string> tell)
        {
            if (parts.Select(part => part.NameIn(words)).ToList() is { Count: > 0 } names)
                rows.Add(page.Row(row, tell(words.List(names))));
        }
    }

    private static bool IsTold(CoveragePart part) => part.Meaning != CoverageMeaning.Marks;
}
