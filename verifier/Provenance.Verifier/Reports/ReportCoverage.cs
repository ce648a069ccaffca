using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;

namespace Provenance.Verifier.Reports;

/// <summary>What the ranges that no hash covers mean for a reader.</summary>
internal static class ReportCoverage
{
    public static CoverageFact FactOf(VerificationReport report) => report switch
    {
        { Uncovered: null } => CoverageFact.NotEstablished,
        { NotHere: not null } => CoverageFact.OtherOpen,
        { Uncovered.Count: 0 } => CoverageFact.Complete,
        _ => report.Uncovered.All(range => IsMetadata(range.Kind)) ? CoverageFact.OnlyMetadataOpen : CoverageFact.OtherOpen,
    };

    private static bool IsMetadata(RegionKind kind) => kind is RegionKind.Exif or RegionKind.Xmp or RegionKind.Iptc or RegionKind.OtherMetadata;
}
