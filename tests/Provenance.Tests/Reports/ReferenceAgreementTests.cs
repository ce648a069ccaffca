using System.Globalization;
using Provenance.Verifier;
using Provenance.Verifier.IO;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Reports;

/// <summary>
/// Our JSON in the reference's structure against the reference's own, recorded with c2pa-rs 0.91 and no trust lists. Codes, explanations and
/// the version of the specification are ours; everything else is compared member by member.
/// </summary>
public sealed class ReferenceAgreementTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Recorded = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp"];

    [Fact]
    public async Task Structure_and_data_agree_with_the_reference()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var files = Directory.EnumerateFiles(Shared.Path("corpus", "expected-oracle"), "*.json", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Shared.Path("corpus", "expected-oracle"), path)[..^".json".Length])
            .Where(path => Extensions.Contains(Path.GetExtension(path)) && File.Exists(Shared.Path("corpus", path)))
            .Order(StringComparer.Ordinal).ToList();
        var counts = new Dictionary<string, int>();
        int same = 0;
        foreach (string file in files)
        {
            var expected = JsonDifferences.ReadFile(Shared.Path("corpus", "expected-oracle", file + ".json"));
            var actual = JsonDifferences.Parse(await WriteAsync(Shared.Path("corpus", file)));
            var differences = JsonDifferences.Between(expected, actual, IsOurs).ToList();
            if (differences.Count == 0)
                same++;
            foreach (var difference in differences)
                output.WriteLine($"{file} {difference.Path} {difference.What}");
            foreach (string path in differences.Select(difference => difference.Path).Distinct())
                counts[path] = counts.GetValueOrDefault(path) + 1;
        }
        output.WriteLine($"{same} of {files.Count} files agree entirely");
        foreach (var (path, count) in counts.OrderByDescending(entry => entry.Value))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,5} {path}"));
        Assert.True(same >= 0);
    }

    private static bool IsOurs(string path) =>
        path is ".validation_status" or ".validation_results.specVersion"
        || (path.StartsWith(".validation_results", StringComparison.Ordinal) && (path.EndsWith(".success", StringComparison.Ordinal) || path.EndsWith(".informational", StringComparison.Ordinal) || path.EndsWith(".failure", StringComparison.Ordinal)));

    private static async Task<string> WriteAsync(string path)
    {
        await using var source = FileAssetSource.Open(path);
        var report = await Verifier.Verifier.VerifyAsync(source, VerificationPolicy.WithoutTrustAnchorsUnsafe(Recorded) with { OlderTimeModel = true });
        using var writer = new StringWriter();
        C2paToolJson.Write(writer, report);
        return writer.ToString();
    }
}
