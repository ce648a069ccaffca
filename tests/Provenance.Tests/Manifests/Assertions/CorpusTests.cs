using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.IO;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;
using Xunit;

namespace Provenance.Tests.Manifests.Assertions;

/// <summary>Every assertion of every JPEG, PNG and WebP of the corpus.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    // Labels that mutations made out of standard ones.
    private static readonly string[] s_mutated = ["c2pa.hasx.data", "c2pa.hash.data"];

    [Fact]
    public async Task Every_assertion_of_the_corpus_has_a_model_or_no_standard_label()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var notes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        var malformed = new List<string>();
        foreach (string path in Directory.EnumerateFiles(Shared.Path("corpus"), "*", SearchOption.AllDirectories).Where(IsPicture).Order(StringComparer.Ordinal))
        {
            foreach (var assertion in await AssertionsOfAsync(path))
                Count(path, assertion);
        }
        foreach (var (kind, count) in counts)
            output.WriteLine($"{count,5} {kind}");
        foreach (var (note, count) in notes)
            output.WriteLine($"note {count,5} {note}");
        malformed.ForEach(output.WriteLine);

        Assert.True(counts.Values.Sum() > 2000, $"{counts.Values.Sum()}");
        Assert.Empty(unknown.Where(IsStandard).Except(s_mutated, StringComparer.Ordinal));
        // What cannot be read at all is what somebody broke on purpose.
        Assert.DoesNotContain(malformed, line => line.StartsWith("real-world", StringComparison.Ordinal) || line.StartsWith("public-testfiles", StringComparison.Ordinal));

        void Count(string path, Assertion assertion)
        {
            string kind = assertion.Label.Base;
            try
            {
                var model = StandardAssertions.Read(assertion, Limits.Default);
                if (model is UnknownAssertion)
                    unknown.Add(kind);
                kind = model is UnknownAssertion && !IsStandard(kind) ? "(unknown)" : $"{kind} v{assertion.Label.Version} -> {model.GetType().Name}";
                foreach (string note in model.Notes)
                    notes[$"{assertion.Label.Base}: {note}"] = notes.GetValueOrDefault($"{assertion.Label.Base}: {note}") + 1;
            }
            catch (MalformedDataException fault)
            {
                malformed.Add($"{Path.GetRelativePath(Shared.Path("corpus"), path)}: {fault.Message}");
                kind = $"(malformed) {kind}";
            }
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }
    }

    private static bool IsStandard(string label) =>
        new[] { "c2pa.", "cawg.", "stds.", "font." }.Any(prefix => label.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsPicture(string path) => Path.GetExtension(path).ToUpperInvariant() is ".JPG" or ".JPEG" or ".PNG" or ".WEBP";

    private static async Task<IReadOnlyList<Assertion>> AssertionsOfAsync(string path)
    {
        await using var source = FileAssetSource.Open(path);
        try
        {
            var head = await source.ReadAsync(new ByteRange(0, Math.Min(AssetFormats.HeadLength, source.Length)), default);
            if (AssetFormats.Find(head.Span) is not { } format)
                return [];
            var map = await format.MapAsync(source, Limits.Default, default);
            if (map is not { StoreFault: null, Stores: [var store] } || store.PayloadLength > Limits.Default.StoreBytes)
                return [];
            var bytes = new List<byte>();
            foreach (var piece in store.Payload)
                bytes.AddRange((await source.ReadAsync(piece, default)).ToArray());
            return [.. ManifestStore.Parse(bytes.ToArray(), Limits.Default).Manifests.SelectMany(manifest => manifest.Assertions)];
        }
        catch (MalformedDataException)
        {
            return []; // the container or the store is broken: nothing to read
        }
    }
}
