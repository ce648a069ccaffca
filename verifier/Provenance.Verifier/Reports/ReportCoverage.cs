using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;

namespace Provenance.Verifier.Reports;

/// <summary>What the ranges that no hash covers mean for a reader.</summary>
internal static class ReportCoverage
{
    private const int Meanings = (int)CoverageMeaning.Unknown + 1;

    public static CoverageFact FactOf(VerificationReport report)
    {
        if (report.Uncovered is not { } open)
            return CoverageFact.NotEstablished;
        if (report.NotHere is not null)
            return CoverageFact.OtherOpen;
        var fact = CoverageFact.Complete;
        foreach (var range in open)
        {
            switch (MeaningOf(range.Kind, range.Name))
            {
                case CoverageMeaning.Marks:
                    fact = fact == CoverageFact.Complete ? CoverageFact.OnlyMarksOpen : fact;
                    break;
                case CoverageMeaning.CameraData or CoverageMeaning.Xmp or CoverageMeaning.PressMetadata or CoverageMeaning.OtherMetadata:
                    fact = CoverageFact.OnlyMetadataOpen;
                    break;
                default:
                    return CoverageFact.OtherOpen;
            }
        }
        return fact;
    }

    /// <summary>Every meaning that bytes of the file have, in a fixed order; empty where coverage was not established.</summary>
    public static IReadOnlyList<CoveragePart> PartsOf(VerificationReport report)
    {
        if (report is not { Uncovered: { } uncovered, Map: { } map })
            return [];
        long[] bytes = new long[Meanings], open = new long[Meanings];
        // The walk ends where no store can follow; what lies behind that and is hashed is taken for content.
        long unwalked = report.Length - map.WalkedEnd;
        foreach (var range in uncovered)
        {
            int meaning = (int)MeaningOf(range.Kind, range.Name);
            open[meaning] += range.Range.Length;
            if (range.Range.Offset < map.WalkedEnd)
                continue;
            bytes[meaning] += range.Range.Length;
            unwalked -= range.Range.Length;
        }
        bytes[(int)CoverageMeaning.Content] += Math.Max(unwalked, 0);
        foreach (var region in map.FineRegions)
        {
            if (region.Kind != RegionKind.ManifestStore)
                bytes[(int)MeaningOf(region.Kind, region.Name)] += region.Range.Length;
        }
        var parts = new List<CoveragePart>();
        for (int i = 0; i < Meanings; i++)
        {
            // What was told more finely only because no hash covers it is at least that long.
            long length = Math.Max(bytes[i], open[i]);
            if (length > 0)
                parts.Add(new((CoverageMeaning)i, open[i] == 0 ? FieldCoverage.Covered : open[i] < length ? FieldCoverage.PartlyCovered : FieldCoverage.NotCovered, length, open[i]) { MediaType = report.MediaType });
        }
        return parts;
    }

    /// <summary>What a range means, by what the walk found there.</summary>
    private static CoverageMeaning MeaningOf(RegionKind kind, string name) => kind switch
    {
        RegionKind.Media => CoverageMeaning.Content,
        RegionKind.Exif => CoverageMeaning.CameraData,
        RegionKind.Xmp => CoverageMeaning.Xmp,
        RegionKind.Iptc => CoverageMeaning.PressMetadata,
        RegionKind.ColourProfile => CoverageMeaning.ColourProfile,
        // Every hash of BMFF leaves the mark of the type out (C2PA 2.5 §A.5.5.3), and most leave out space that nothing is in.
        RegionKind.Structure when name is "ftyp" or "styp" or "padding" or "pad byte" => CoverageMeaning.Marks,
        RegionKind.OtherMetadata when name is "free" or "skip" or "wide" => CoverageMeaning.Marks,
        RegionKind.OtherMetadata => CoverageMeaning.OtherMetadata,
        RegionKind.Structure => CoverageMeaning.Framing,
        RegionKind.Trailing => CoverageMeaning.Behind,
        _ => CoverageMeaning.Unknown,
    };
}
