using Provenance.Metadata;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;

namespace Provenance.Cli;

/// <summary>Reads unsigned metadata. Apart from everything else, so that none of its code is loaded for a file that has no block of it.</summary>
internal static class MetadataAnswer
{
    public static ValueTask<MetadataReport> ReadAsync(AssetSource source, VerificationReport report, CancellationToken cancellation) => UnsignedMetadata.ReadAsync(source, report, cancellation);
}
