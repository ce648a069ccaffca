using Newtonsoft.Json.Linq;
using Provenance.Verifier;
using Provenance.Verifier.IO;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Reports;

/// <summary>
/// Our JSON in the reference's structure against the reference's own, recorded with c2pa-rs 0.91 and no trust lists. Codes, explanations, the
/// state and the version of the specification are ours; everything else is compared member by member.
/// </summary>
public sealed class ReferenceAgreementTests(ITestOutputHelper output)
{
    private const int AgreeEntirely = 319, AgreeButForIdentity = 338;

    private static readonly DateTimeOffset Recorded = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp"];

    /// <summary>Every file that differs in more than the identity assertions we do not decode, and why it should.</summary>
    private static readonly (string Why, string[] Files)[] Reasons =
    [
        ("the store breaks a rule of its format and is not read at all",
            ["jb-label-slash.jpg", "jb-store-label.jpg", "jb-trailing-in-store.jpg", "pl-multi-z-wrong.jpg", "pl-store-twice.jpg", "store-parent-twice.jpg",
            "store-same-label-first.jpg", "tam-brob-trailing.png", "tam-ing-replaced-by-copy.jpg", "tam-lbox-store.jpg"]),
        ("a label that two boxes carry, a box of two contents and a URI of another shape lead to nothing",
            ["jb-astore-label.jpg", "jb-second-content-box.jpg", "ref-duplicate-label.jpg", "ref-odd-url.jpg", "tam-smuggled-actions.jpg", "tam-smuggled-json.jpg",
            "tam-smuggled-jumb.jpg", "tam-smuggled-second-cbor.jpg"]),
        ("CBOR nested deeper than our limit is not read", ["deep-60.jpg"]),
        ("a claim box under another label is none", ["claim-label-odd.png"]),
        ("an ingredient that names its manifest twice leads nowhere", ["ing-both-manifest-fields.jpg"]),
        ("nothing is checked behind a claim that breaks a rule", ["E-clm-CAICAI.jpg"]),
        ("an assertion that the claim lists twice is shown once", ["ref-listed-twice.jpg"]),
        ("the reference hides the manifest with its assertions; we show it with our findings", ["ref-other-manifest.jpg"]),
        ("two certificate chains name two signers, so none is shown", ["tam-unprot-x5chain.jpg"]),
        ("the reference loses the instance of a thumbnail's label", ["upd-own-two-thumbnails.jpg"]),
    ];

    [Fact]
    public async Task Structure_and_data_agree_with_the_reference()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var files = Directory.EnumerateFiles(Shared.Path("corpus", "expected-oracle"), "*.json", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Shared.Path("corpus", "expected-oracle"), path)[..^".json".Length])
            .Where(path => Extensions.Contains(Path.GetExtension(path)) && File.Exists(Shared.Path("corpus", path)))
            .Order(StringComparer.Ordinal).ToList();
        var counts = new Dictionary<string, int>();
        var unexplained = new List<string>();
        int entirely = 0, butForIdentity = 0;
        foreach (string file in files)
        {
            var expected = Canonical(JsonDifferences.ReadFile(Shared.Path("corpus", "expected-oracle", file + ".json")));
            var actual = Canonical(JsonDifferences.Parse(await WriteAsync(Shared.Path("corpus", file))));
            var differences = JsonDifferences.Between(expected, actual, IsOurs).Where(difference => !IsOurDelta(difference)).ToList();
            bool agrees = differences.Count == 0;
            WithoutIdentity(expected);
            WithoutIdentity(actual);
            differences = [.. JsonDifferences.Between(expected, actual, IsOurs).Where(difference => !IsOurDelta(difference))];
            entirely += agrees ? 1 : 0;
            butForIdentity += differences.Count == 0 ? 1 : 0;

            string? why = Reasons.FirstOrDefault(reason => reason.Files.Contains(Path.GetFileName(file))).Why;
            foreach (var difference in differences)
                output.WriteLine($"{file} {difference.Path} {difference.What}");
            if (differences.Count > 0 && why is null)
                unexplained.Add(file);
            foreach (string path in differences.Select(difference => difference.Path).Distinct())
                counts[path] = counts.GetValueOrDefault(path) + 1;
        }
        output.WriteLine($"{entirely} of {files.Count} files agree entirely, {butForIdentity} but for CAWG identity assertions, which stand as stored");
        foreach (var (path, count) in counts.OrderByDescending(entry => entry.Value))
            output.WriteLine($"{count,5} {path}");
        Assert.Empty(unexplained);
        Assert.True(entirely >= AgreeEntirely && butForIdentity >= AgreeButForIdentity, $"{entirely} and {butForIdentity}");
    }

    private static bool IsOurs(string path) =>
        path is ".validation_status" or ".validation_state" or ".validation_results.specVersion"
        || (path.StartsWith(".validation_results", StringComparison.Ordinal) && (path.EndsWith(".success", StringComparison.Ordinal) || path.EndsWith(".informational", StringComparison.Ordinal) || path.EndsWith(".failure", StringComparison.Ordinal)));

    /// <summary>A delta that only we have: we say something of an ingredient where the reference says nothing.</summary>
    private static bool IsOurDelta(JsonDifference difference) =>
        difference.Path.StartsWith(".validation_results.ingredientDeltas", StringComparison.Ordinal) && difference.What.StartsWith("added", StringComparison.Ordinal);

    /// <summary>Deltas are a set: which road was walked first is nobody's business.</summary>
    private static JToken Canonical(JToken report)
    {
        if (report["validation_results"]?["ingredientDeltas"] is JArray deltas)
            deltas.Replace(new JObject(deltas.Select(delta => new JProperty((string)delta["ingredientAssertionURI"]!, delta))));
        return report;
    }

    private static void WithoutIdentity(JToken report)
    {
        foreach (var assertion in report.SelectTokens("manifests.*.assertions[*]").Where(assertion => (string?)assertion["label"] == "cawg.identity").ToList())
            assertion["data"]!.Replace(JValue.CreateNull());
    }

    private static async Task<string> WriteAsync(string path)
    {
        await using var source = FileAssetSource.Open(path);
        var report = await Verifier.Verifier.VerifyAsync(source, VerificationPolicy.WithoutTrustAnchorsUnsafe(Recorded) with { OlderTimeModel = true });
        using var writer = new StringWriter();
        C2paToolJson.Write(writer, report);
        return writer.ToString();
    }
}
