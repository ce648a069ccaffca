using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;

namespace Provenance.Metadata;

/// <summary>
/// Reads the unsigned metadata of an asset: EXIF, XMP, IPTC-IIM, the name of the colour profile, text of PNG, comments, tags of films. Anybody
/// can write it; that a signature covers it says only that it has not changed since, and the report says of each field whether one does.
/// Nothing of it changes what was verified.
/// </summary>
public static class UnsignedMetadata
{
    /// <summary>What the blocks of an asset say. Blocks that cannot be read, or are over a limit, are told; errors of reading the source, and cancellation, travel untouched.</summary>
    /// <param name="source">The asset; not disposed.</param>
    /// <param name="report">The report on this very asset, which knows where the blocks are and what is covered.</param>
    /// <param name="cancellation">Honoured while reading.</param>
    public static async ValueTask<MetadataReport> ReadAsync(AssetSource source, VerificationReport report, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(report);
        if (!report.MayHaveMetadata)
            return MetadataReport.Empty;
        var reading = new MetadataReading(source, report, cancellation);
        await reading.RunAsync().ConfigureAwait(false);
        return reading.ToReport();
    }
}
