using System.Text;
using Provenance.TestKit;
using Provenance.Verifier.Bindings;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Bytes.Brotli;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Cose;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Timestamps;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;
using Provenance.Verifier.X509.Ocsp;
using Assertion = Provenance.Verifier.Manifests.Assertion;
using Ingredient = Provenance.Verifier.Manifests.Ingredient;
using StandardAssertions = Provenance.Verifier.Manifests.Assertions.StandardAssertions;

namespace Provenance.Tests.Hostile;

/// <summary>A parser with bytes it accepts.</summary>
/// <param name="Name">The structure.</param>
/// <param name="Parse">Reads bytes, and says in a word what it read.</param>
/// <param name="Seeds">Bytes to damage.</param>
internal sealed record Parser(string Name, Func<byte[], ValueTask<string>> Parse, IReadOnlyList<byte[]> Seeds);

/// <summary>Everything in the library that reads a stranger's bytes.</summary>
internal static class Parsers
{
    private static readonly Limits s_limits = Limits.Default;

    /// <summary>Fields of claims and assertions: where the right name holds the wrong thing, a reader shows what it takes for granted.</summary>
    private static readonly string[] s_names =
    [
        "actions", "action", "activeManifest", "alg", "allActionsIncluded", "alternative", "assertions", "blocks", "boxes", "byteOffset", "c2pa_manifest", "changes", "claimSignature",
        "claim_generator", "claim_generator_info", "code", "content", "created_assertions", "data", "dc:format", "dc:title", "description", "digitalSourceType", "end", "entries",
        "excluded", "exclusions", "failure", "format", "gathered_assertions", "hash", "hashAssertion", "icon", "informational", "ingredient", "ingredientDeltas", "ingredients", "instanceID", "items",
        "label", "length", "location", "merkle", "metadata", "name", "names", "ocspVals", "optional", "pad", "pad2", "parameters", "parts", "range", "redacted_assertions", "references", "region",
        "relationship", "rVals", "scope", "shape", "signature", "size", "softwareAgent", "softwareAgentIndex", "softwareAgents", "start", "subset", "success", "templates", "thumbnail", "tstTokens",
        "type", "url", "uri", "val", "validationDeltas", "validationResults", "validationStatus", "value", "version", "when", "whenStart", "xpath",
    ];

    public static IReadOnlyList<Parser> All { get; } = Make();

    private static IReadOnlyList<Parser> Make()
    {
        var contents = Subject.All.SelectMany(subject => subject.Asset.Manifests).SelectMany(manifest => Boxes(manifest.Inflated())).Where(box => !box.IsSuperbox).ToList();
        byte[][] Of(Func<TestBox, bool> predicate) => [.. Subject.All.SelectMany(subject => subject.Asset.Manifests).SelectMany(manifest => Boxes(manifest.Inflated()))
            .Where(box => box.IsSuperbox && predicate(box)).Select(box => box.Children[0].Payload)];
        byte[][] cbor = [.. contents.Where(box => box.Type == "cbor").Select(box => box.Payload)];
        byte[][] stamped = [StampToken()];
        byte[][] files = [.. Subject.All.Select(subject => subject.Bytes)];
        byte[] store = Subject.Named("png").Asset.Store;
        return
        [
            new("JUMBF", bytes => Said(JumbfReader.Read(bytes, s_limits).Children.Count), [.. Subject.All.Select(subject => subject.Asset.Store)]),
            new("manifest store", bytes => Said(ManifestStore.Parse(bytes, s_limits).Manifests.Count), [.. Subject.All.Select(subject => subject.Asset.Store)]),
            new("CBOR", bytes => Said(Cbor(bytes).Kind), cbor),
            new("COSE_Sign1", bytes => Said(CoseSign1.Parse(bytes, s_limits, new(s_limits)).AlgorithmId), Of(box => box.Label == "c2pa.signature")),
            new("claim 1", bytes => Said(Claim.Read(Cbor(bytes), 1, s_limits).Generator), Of(box => box.Label == "c2pa.claim")),
            new("claim 2", bytes => Said(Claim.Read(Cbor(bytes), 2, s_limits).Generator), Of(box => box.Label == "c2pa.claim.v2")),
            new("actions", bytes => Said(Actions.Read(Cbor(bytes), s_limits).Items.Count), Of(box => box.Label.StartsWith("c2pa.actions", StringComparison.Ordinal))),
            new("ingredient", bytes => Said(Ingredient.Read(Cbor(bytes), 3).Relationship), Of(box => box.Label.StartsWith("c2pa.ingredient", StringComparison.Ordinal))),
            new("data hash", bytes => Said(DataHash.Read(Cbor(bytes), s_limits).Exclusions.Count), Of(box => box.Label.StartsWith("c2pa.hash.data", StringComparison.Ordinal))),
            new("general box hash", bytes => Said(BoxesHash.Read(Cbor(bytes), s_limits).Entries.Count), Of(box => box.Label == "c2pa.hash.boxes")),
            new("BMFF hash", bytes => Said(BmffHash.Read(Cbor(bytes), s_limits).Trees.Count), Of(box => box.Label.StartsWith("c2pa.hash.bmff", StringComparison.Ordinal))),
            new("multi-asset hash", bytes => Said(MultiAssetHash.Read(Cbor(bytes), s_limits).Parts.Count), Of(box => box.Label == "c2pa.hash.multi-asset")),
            new("assertions for display", ReadAsEveryAssertion, [.. contents.Where(box => box.Type is "cbor" or "json").Select(box => box.Payload)]),
            new("Brotli", bytes => Said(BrotliDecoder.Decode(bytes, s_limits).Length), [.. Subject.All.SelectMany(subject => subject.Asset.Manifests).Select(manifest => ManifestBuilder.Brotli(manifest.ToBytes()))]),
            new("certificate", bytes => Said(Certificate.Parse(bytes).Subject), [.. Subject.Signer.Chain, Subject.Stamper.Certificate.Der]),
            new("time-stamp token", bytes => Said(TimeStampToken.Parse(bytes, s_limits).GenTime), stamped),
            new("OCSP response", bytes => Said(OcspResponse.Parse(bytes, s_limits).Responses.Count), [Subject.Staple]),
            new("XMP", bytes => Said(XmpProvenance.Find(bytes)), [Encoding.UTF8.GetBytes(TestMetadata.Xmp("https://example.org/a?b=1&amp;c"))]),
            new("trust list", bytes => Said(TrustList.FromPem("list", TrustPurpose.Signer, Encoding.UTF8.GetString(bytes)).Anchors.Count), [Encoding.UTF8.GetBytes(Subject.AnchorPem + "text\n" + Subject.AnchorPem)]),
            .. AssetFormats.All.Where(format => format.Placement.Kind == PlacementKind.Embedded).Select(format => new Parser(format.Name, bytes => WalkAsync(format, bytes),
                [.. files.Append(store).Concat(TestAssets.All.Values.Select(make => make().Embed(store).Bytes)).Where(file => AssetFormats.Find(file) == format)])),
            new("inspection", async bytes => (await Inspection.ReadAsync(AssetSource.FromMemory(bytes), s_limits)).Name, files),
        ];
    }

    /// <summary>CBOR of known names over values of any kind.</summary>
    public static object RandomCbor(Mutator mutator, int depth)
    {
        if (depth == 0 || mutator.OneIn(3))
            return mutator.Pick<Func<object>>([() => 0, () => -1, () => long.MaxValue, () => ulong.MaxValue, () => "", () => "self#jumbf=c2pa.assertions/x", () => "2026-01-01T00:00:00Z", () => new byte[32],
                () => Array.Empty<byte>(), () => true, () => new CborRaw([0xF6]), () => new CborRaw([0xF7]), () => double.NaN, () => 1.5, () => new CborTagged(0, "x"), () => new CborTagged(2, new byte[40]), () => "sha256"])();
        if (mutator.OneIn(3))
            return Enumerable.Range(0, mutator.Pick([0, 1, 1, 2, 3])).Select(_ => RandomCbor(mutator, depth - 1)).ToArray();
        var fields = new CborFields();
        for (int i = mutator.Pick([0, 1, 2, 4, 8]); i > 0; i--)
        {
            string name = mutator.Pick(s_names);
            if (!fields.Has(name))
                fields.Add(name, RandomCbor(mutator, depth - 1));
        }
        return fields;
    }

    private static ValueTask<string> Said(object? result) => ValueTask.FromResult($"{result}");

    private static CborValue Cbor(byte[] bytes) => CborReader.Read(bytes, "CBOR", new CborBudget(s_limits));

    private static ValueTask<string> ReadAsEveryAssertion(byte[] bytes)
    {
        var said = new StringBuilder();
        foreach (string label in StandardAssertions.All.SelectMany(row => Enumerable.Range(1, row.LastVersion).Select(version => row.Name + (version > 1 ? $".v{version}" : ""))))
        {
            foreach (string encoding in (ReadOnlySpan<string>)["cbor", "json"])
            {
                var box = JumbfReader.Read(TestBox.Super(encoding, label, TestBox.Content(encoding, bytes)).ToBytes(), s_limits);
                try
                {
                    said.Append(StandardAssertions.Read(new Assertion(box, new CborBudget(s_limits)), s_limits).Notes.Count).Append(' ');
                }
                catch (MalformedDataException fault)
                {
                    said.Append(fault.Rule).Append(' ');
                }
            }
        }
        return Said(said);
    }

    private static async ValueTask<string> WalkAsync(IAssetFormat format, byte[] bytes)
    {
        var source = AssetSource.FromMemory(bytes);
        if (!format.Matches(bytes.AsSpan(0, Math.Min(bytes.Length, AssetFormats.HeadLength))))
            return "not of this format";
        var map = await format.MapAsync(source, s_limits, default);
        long end = 0;
        foreach (var region in map.Regions)
        {
            if (region.Range.Offset < end || region.Range.End > bytes.Length)
                throw new InvalidOperationException($"region {region} overlaps another or leaves the file");
            end = region.Range.End;
        }
        var boxes = await format.ListBoxesAsync(source, map, s_limits, default);
        return $"{string.Join(',', map.Regions)} {map.Stores.Count} {string.Join(',', boxes ?? [])}";
    }

    private static byte[] StampToken()
    {
        var stamped = Subject.Named("stamped").Asset;
        var part = stamped.CosePart;
        byte[] cose = stamped.Store[(int)part.Start..(int)part.End];
        return CoseSign1.Parse(cose, s_limits, new(s_limits)).TimeStamp!.Token.ToArray();
    }

    private static IEnumerable<TestBox> Boxes(TestBox box) => box.IsSuperbox ? box.Children.SelectMany(Boxes).Prepend(box) : [box];
}
