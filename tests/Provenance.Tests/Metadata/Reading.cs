using Provenance.Metadata;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;
using VerificationPolicy = Provenance.Verifier.VerificationPolicy;

namespace Provenance.Tests.Metadata;

/// <summary>Files through the verifier and the reader of metadata.</summary>
internal static class Reading
{
    public static readonly DateTimeOffset Now = new(2026, 3, 15, 0, 0, 0, TimeSpan.Zero);

    public static async Task<VerificationReport> ReportAsync(byte[] file)
    {
        var source = AssetSource.FromMemory(file);
        var report = await Verifier.Verifier.VerifyAsync(source, VerificationPolicy.WithoutTrustAnchorsUnsafe(Now));
        report.Metadata = await UnsignedMetadata.ReadAsync(source, report);
        return report;
    }

    public static async Task<MetadataReport> OfAsync(byte[] file) => (await ReportAsync(file)).Metadata!;

    /// <summary>"key = value" of each field.</summary>
    public static IEnumerable<string> Told(MetadataReport metadata) => metadata.Fields.Select(field => $"{field.Key} = {field.Value}");

    /// <summary>The values of one key.</summary>
    public static IEnumerable<string> Of(MetadataReport metadata, MetadataKey key) => metadata.Fields.Where(field => field.Key == key).Select(field => field.Value);
}
