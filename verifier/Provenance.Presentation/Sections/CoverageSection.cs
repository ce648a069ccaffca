using Provenance.Verifier.Formats;

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
        if (report.NotHere is { } missing)
            rows.Add(page.Row("not-here", missing));
        if (report.Uncovered is { Count: 0 })
            rows.Add(page.Row("covered", words.Say("coverage.complete")));
        else if (report.Uncovered is { } ranges)
            rows.Add(page.Row("not-covered", words.Say("coverage.open", "what", words.List(ranges.Select(range => range.Kind).Distinct().Select(kind => words.Say(Key(kind)))))));
        return page.Section(PageTopic.Coverage, "section.coverage", rows);
    }

    private static string Key(RegionKind kind) => kind switch
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
