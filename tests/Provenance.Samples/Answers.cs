using Provenance.Metadata;
using Provenance.Presentation;
using Provenance.Presentation.Json;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Samples;

/// <summary>What is told of files beside the report, for the tests of its schemas: three lines for each, a short page, a page in full, and the boxes.</summary>
internal static class Answers
{
    private static readonly DateTimeOffset s_time = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static async Task WriteAsync(TextWriter output, IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            AssetSource source = AssetSource.FromMemory(await File.ReadAllBytesAsync(file));
            VerificationReport report = await Verifier.Verifier.VerifyAsync(source, VerificationPolicy.WithoutTrustAnchorsUnsafe(s_time));
            report.Metadata = await UnsignedMetadata.ReadAsync(source, report);
            PageJson.Write(output, ReportPage.Of(report, Words.English, Path.GetFileName(file)), inFull: false);
            output.Write('\n');
            PageJson.Write(output, ReportPage.Of(report, Words.Korean, null, PersonalData.Location | PersonalData.Device, inFull: true), inFull: true);
            output.Write('\n');
            BoxJson.Write(output, await Inspection.ReadAsync(source, Limits.Default));
            output.Write('\n');
        }
    }
}
