using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Manifests.Assertions;
using Xunit;

namespace Provenance.Tests.Manifests.Assertions;

public sealed class ContentHashTests
{
    private static readonly byte[] s_hash = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static CborFields Range(long start, long length) => new() { { "start", start }, { "length", length } };

    [Fact]
    public void A_data_hash_is_summed_up()
    {
        var hash = Made.Clean<DataHashAssertion>("c2pa.hash.data", new CborFields
        {
            { "exclusions", new[] { Range(20, 100) } }, { "alg", "sha256" }, { "hash", s_hash }, { "pad", new byte[4] }, { "name", "n" },
        });
        Assert.Equal(new ByteRange(20, 100), Assert.Single(hash.Exclusions));
        Assert.Equal(("sha256", "n"), (hash.Algorithm, hash.Name));
        Assert.Equal(s_hash, hash.Hash!.Value.ToArray());
    }

    [Theory]
    [InlineData(0, long.MaxValue, true)]
    [InlineData(1, long.MaxValue, false)]
    [InlineData(-1, 5, false)]
    public void A_range_that_is_none_is_left_out_with_a_note(long start, long length, bool shown)
    {
        var hash = Made.Read<DataHashAssertion>("c2pa.hash.data", new CborFields { { "exclusions", new[] { Range(start, length) } } });
        Assert.Equal(shown ? 1 : 0, hash.Exclusions.Count);
        Assert.Equal(shown ? 0 : 1, hash.Notes.Count);
    }

    [Fact]
    public void A_box_hash_is_summed_up()
    {
        var hash = Made.Clean<BoxesHashAssertion>("c2pa.hash.boxes", new CborFields
        {
            { "boxes", new[] { new CborFields { { "names", new[] { "SOI", "APP0" } }, { "hash", s_hash }, { "excluded", true }, { "exclusions", new[] { Range(1, 2) } } } } },
        });
        var box = Assert.Single(hash.Boxes);
        Assert.Equal(["SOI", "APP0"], box.Names);
        Assert.True(box.Excluded);
        Assert.Equal(new ByteRange(1, 2), Assert.Single(box.Exclusions));
    }

    [Fact]
    public void A_BMFF_hash_shows_its_exclusions_and_trees()
    {
        var hash = Made.Clean<BmffHashAssertion>("c2pa.hash.bmff.v3", new CborFields
        {
            {
                "exclusions", new[]
                {
                    new CborFields { { "xpath", "/uuid" }, { "length", null }, { "data", new[] { new CborFields { { "offset", 8 }, { "value", new byte[] { 1, 2 } } } } } },
                    new CborFields { { "xpath", "/mdat" }, { "subset", new[] { new CborFields { { "offset", 16 }, { "length", 0 } } } }, { "version", 1 }, { "flags", new byte[3] }, { "exact", false } },
                }
            },
            {
                "merkle", new[]
                {
                    new CborFields { { "uniqueId", 1 }, { "localId", 0 }, { "count", 2 }, { "hashes", new[] { s_hash, s_hash } }, { "variableBlockSizes", new[] { 5, 6 } }, { "initHash", s_hash } },
                }
            },
            { "hash", s_hash }, { "name", "n" }, { "sequenceNumber", 3 },
        });
        Assert.Equal(["/uuid", "/mdat"], hash.Exclusions.Select(exclusion => exclusion.Path));
        Assert.Equal(8, hash.Exclusions[0].Values[0].Offset);
        Assert.True(hash.Exclusions[0].ExactFlags);
        Assert.False(hash.Exclusions[1].ExactFlags);
        Assert.Equal(new ByteRange(16, 0), Assert.Single(hash.Exclusions[1].Subset));
        var tree = Assert.Single(hash.Merkle);
        Assert.Equal((1L, 0L, 2L, 2), (tree.UniqueId, tree.LocalId, tree.Count, tree.Row.Count));
        Assert.Equal([5L, 6L], tree.VariableBlockSizes);
        Assert.Equal(3, hash.SequenceNumber);
    }

    [Fact]
    public void A_collection_is_a_list_or_a_map()
    {
        var entry = new CborFields { { "hash", s_hash }, { "size", 9 }, { "dc:format", "text/plain" } };
        var map = Made.Clean<CollectionHashAssertion>("c2pa.hash.collection.data", new CborFields { { "uris", new CborFields { { "a/b.txt", entry } } }, { "alg", "sha256" }, { "zip_central_directory_hash", s_hash } });
        var list = Made.Clean<CollectionHashAssertion>("c2pa.hash.collection.data", new CborFields
        {
            { "uris", new[] { new CborFields { { "uri", "a/b.txt" }, { "hash", s_hash }, { "size", 9 }, { "dc:format", "text/plain" } } } },
        });
        Assert.Equal(("a/b.txt", 9L, "text/plain"), (map.Items[0].Uri, map.Items[0].Size, map.Items[0].Format));
        Assert.Equal(map.Items[0].Uri, list.Items[0].Uri);
        Assert.Equal(s_hash, map.DirectoryHash!.Value.ToArray());
        Assert.Null(list.DirectoryHash);
    }

    [Fact]
    public void A_segment_hash_is_summed_up()
    {
        var hash = Made.Clean<SegmentHashAssertion>("c2pa.hash.segment", new CborFields
        {
            { "version", 1 }, { "hash", s_hash }, { "segmentStart", 0 }, { "segmentEnd", 80 }, { "sentinelLength", 12 }, { "predecessorSentinel", Range(0, 10) },
        });
        Assert.Equal((0L, 80L, 12L), (hash.Start, hash.End, hash.SentinelLength));
        Assert.Equal(new ByteRange(0, 10), hash.PredecessorSentinel);
    }

    [Fact]
    public void The_parts_of_a_multi_asset_hash_are_named_by_bytes_or_box()
    {
        var hash = Made.Clean<MultiAssetHashAssertion>("c2pa.hash.multi-asset", new CborFields
        {
            {
                "parts", new[]
                {
                    new CborFields { { "location", new CborFields { { "byteOffset", 0 }, { "length", 10 } } }, { "hashAssertion", Made.Uri("c2pa.hash.data.part") } },
                    new CborFields { { "locator", new CborFields { { "bmffBox", "/mpvd" } } }, { "hashAssertion", "self#jumbf=c2pa.assertions/c2pa.hash.data.part__1" }, { "optional", true } },
                }
            },
        });
        Assert.Equal(new MultiAssetHashPart(new ByteRange(0, 10), null, "self#jumbf=c2pa.assertions/c2pa.hash.data.part", false), hash.Parts[0]);
        Assert.Equal(new MultiAssetHashPart(null, "/mpvd", "self#jumbf=c2pa.assertions/c2pa.hash.data.part__1", true), hash.Parts[1]);
    }
}
