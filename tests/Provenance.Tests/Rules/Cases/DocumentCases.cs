using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>Bindings of files that are many files, and of text that grows (C2PA 2.5 §14.12.5, §14.12.6).</summary>
internal static class DocumentCases
{
    public static void Add(RuleCases cases)
    {
        cases.Add("collection-hash", image => World.Sound().Embed(image));
        cases.Add("collection-hash-as-map", image => World.Sound().BoundBy(HardBinding.Collection(asMap: true)).Embed(image));
        cases.Add("collection-hash-file-changed", image => World.Sound().Embed(image).MediaChanged());
        Collection(cases, "collection-hash-without-files", change: fields => fields.Omit("uris"));
        Collection(cases, "collection-hash-file-without-hash", files: list => list[0].Omit("hash"));
        Collection(cases, "collection-hash-file-absent", files: list => list.Add(new() { { "uri", "word/absent.xml" }, { "hash", new byte[32] } }));
        Collection(cases, "collection-hash-path-that-climbs", files: list => list.Add(new() { { "uri", "../secret" }, { "hash", new byte[32] } }));
        Collection(cases, "collection-hash-file-unlisted", files: list => list.RemoveAt(list.Count - 1));

        cases.Add("segment-hash", image => World.Sound().Embed(image));
        cases.Add("segment-hash-of-two-segments", image => Second((TestJsonLines)image));
        cases.Add("segment-hash-text-changed", image => World.Sound().Embed(image).MediaChanged());
        cases.Add("segment-hash-earlier-text-changed", image => Second((TestJsonLines)image).Bytes.FlipBit(3));
        Segment(cases, "segment-hash-version-2", fields => fields["version"] = 2);
        Segment(cases, "segment-hash-without-start", fields => fields.Omit("segmentStart"));
        Segment(cases, "segment-hash-that-starts-late", fields => fields["segmentStart"] = 1L);
        cases.Add("segment-hash-of-another-predecessor", image => Second((TestJsonLines)image, fields => ((CborFields)fields["predecessorSentinel"]!)["hash"] = new byte[32]));
        cases.Add("segment-hash-without-predecessor", image => Second((TestJsonLines)image, fields => fields.Omit("predecessorSentinel")));
        cases.Add("segment-hash-line-cut", image => World.Sound().Embed(image) is var asset ? asset.Bytes.Truncated(asset.Bytes.Length - 12) : []);
    }

    private static void Collection(RuleCases cases, string name, Action<CborFields>? change = null, Action<List<CborFields>>? files = null) =>
        cases.Add(name, image => World.Sound().BoundBy(HardBinding.Collection(change: change, files: files)).Embed(image));

    private static void Segment(RuleCases cases, string name, Action<CborFields> change) =>
        cases.Add(name, image => World.Sound().BoundBy(((TestJsonLines)image).Segment(change)).Embed(image));

    /// <summary>Two segments, each with a checkpoint and a manifest of its own.</summary>
    private static SignedAsset Second(TestJsonLines first, Action<CborFields>? change = null)
    {
        var earlier = World.Sound("first").Embed(first);
        var next = first.After(earlier);
        return World.Silent("second").From(Ingredient.Parent(earlier)).Opened().BoundBy(next.Segment(change)).Embed(next);
    }
}
