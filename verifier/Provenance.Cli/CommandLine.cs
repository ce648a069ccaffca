using System.CommandLine;
using System.Globalization;
using System.Text;
using Provenance.Verifier;
using Provenance.Verifier.IO;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Trust;

namespace Provenance.Cli;

internal static class CommandLine
{
    public static RootCommand Build()
    {
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text" };
        var anchors = new Option<string[]>("--trust-anchors");
        var tsa = new Option<string[]>("--tsa-anchors");
        var allowed = new Option<string[]>("--allowed");
        var ekus = new Option<string[]>("--ekus");
        var noTrust = new Option<bool>("--no-trust");
        var older = new Option<bool>("--older-time-model");
        var time = new Option<string?>("--validation-time");
        var manifest = new Option<string?>("--manifest");
        var digest = new Option<bool>("--digest");
        var filesFrom = new Option<string?>("--files-from");
        var files = new Argument<string[]>("FILE");
        var verify = new Command("verify", "Verify files.") { format, anchors, tsa, allowed, ekus, noTrust, older, time, manifest, digest, filesFrom, files };
        verify.SetAction(async (parsed, cancellation) =>
        {
            string? purposes = Join(parsed.GetValue(ekus));
            var lists = new List<TrustList>();
            foreach (string path in parsed.GetValue(anchors) ?? [])
                lists.Add(TrustList.FromPem(Path.GetFileName(path), TrustPurpose.Signer, File.ReadAllText(path), purposes));
            foreach (string path in parsed.GetValue(allowed) ?? [])
                lists.Add(TrustList.FromAnchors(Path.GetFileName(path), TrustPurpose.Signer, [], null, File.ReadAllText(path)));
            foreach (string path in parsed.GetValue(tsa) ?? [])
                lists.Add(TrustList.FromPem(Path.GetFileName(path), TrustPurpose.TimeStamp, File.ReadAllText(path)));
            var at = parsed.GetValue(time) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : DateTimeOffset.UtcNow;
            var policy = lists.Count == 0 ? VerificationPolicy.WithoutTrustAnchorsUnsafe(at) : VerificationPolicy.WithTrust(at, lists);
            policy = policy with
            {
                OlderTimeModel = parsed.GetValue(older),
                WithDigest = parsed.GetValue(digest),
                DetachedManifest = parsed.GetValue(manifest) is { } store ? File.ReadAllBytes(store) : (ReadOnlyMemory<byte>?)null,
            };
            using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 14) { NewLine = "\n" };
            var codes = new HashSet<int>();
            IEnumerable<string> inputs = parsed.GetValue(files) ?? [];
            if (parsed.GetValue(filesFrom) is { } from)
                inputs = inputs.Concat(from == "-" ? Lines(new StreamReader(Console.OpenStandardInput())) : File.ReadLines(from));
            foreach (string file in inputs)
            {
                await using var source = FileAssetSource.Open(file);
                var report = await Verifier.Verifier.VerifyAsync(source, policy, cancellation);
                ReportJson.Write(output, report, file);
                output.WriteLine();
                output.Flush();
                codes.Add(report.Labelling.ExitCode);
            }
            return LabelTable.ExitCodeFor(codes);
        });
        return new RootCommand("Reads Content Credentials.") { verify };
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static string? Join(string[]? paths) => paths is { Length: > 0 } ? string.Join('\n', paths.Select(File.ReadAllText)) : null;
}
