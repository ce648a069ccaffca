using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;

namespace Provenance.Presentation.Sections;

/// <summary>What the signature covers and what anybody may have changed since.</summary>
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
        else if (report.Uncovered is { } ranges)
            rows.Add(page.Row("not-covered", words.Say("coverage.open", "what", words.List(ranges.Select(range => range.Kind).Distinct().Select(kind => words.Say(Key(kind)))))));
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
}
