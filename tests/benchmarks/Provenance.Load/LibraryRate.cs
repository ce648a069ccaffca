using System.Diagnostics;
using Provenance.Metadata;
using Provenance.Verifier;
using Provenance.Verifier.IO;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Trust;

namespace Provenance.Load;

/// <summary>How often a second one thread of a program that holds the library answers what the server answers: the file read, its report written as JSON.</summary>
internal static class LibraryRate
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(string file, string anchors, TimeSpan time)
    {
        var policy = VerificationPolicy.WithTrust(DateTimeOffset.UtcNow, TrustList.FromPem("anchors.pem", TrustPurpose.Signer, await File.ReadAllTextAsync(anchors).ConfigureAwait(false)));
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed < s_warmUp)
            await AnswerAsync(file, policy).ConfigureAwait(false);
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        int count = 0;
        for (; watch.Elapsed < time; count++)
            await AnswerAsync(file, policy).ConfigureAwait(false);
        Figures.Print(("perSecond", count / watch.Elapsed.TotalSeconds), ("cpuMs", (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / count));
    }

    private static async Task AnswerAsync(string file, VerificationPolicy policy)
    {
        var source = FileAssetSource.Open(file);
        await using (source.ConfigureAwait(false))
        {
            var report = await Verifier.Verifier.VerifyAsync(source, policy).ConfigureAwait(false);
            report.Metadata = await UnsignedMetadata.ReadAsync(source, report).ConfigureAwait(false);
            if (report.State != ValidationState.Trusted)
                throw new InvalidOperationException($"{file} is {report.State}.");
            ReportJson.Write(new StringWriter(), report);
        }
    }
}
