using System.Buffers.Binary;
using System.Security.Cryptography;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;
using Xunit;
using AssertionList = Provenance.Verifier.Manifests.Assertions.StandardAssertions;
using BmffExclusion = Provenance.TestKit.BmffExclusion;
using MerkleTree = Provenance.TestKit.MerkleTree;

namespace Provenance.Tests.TestKit;

/// <summary>BMFF files of this kit point to their media, carry stores where the map says, and are hashed as real files are.</summary>
public sealed class BmffTests
{
    private static readonly byte[] s_store = TestBox.Super("c2pa", "c2pa", TestBox.Content("free", Seeded.Bytes("store", 2001))).ToBytes();

    public static TheoryData<string> Names => [.. TestAssets.All.Where(asset => asset.Value() is TestBmff).Select(asset => asset.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_store_is_a_box_of_its_own_and_all_else_moves_behind_it(string name)
    {
        TestBmff asset = (TestBmff)TestAssets.All[name]();
        Embedding embedding = asset.Embed(s_store);

        for (int i = 0; i < s_store.Length; i++)
            Assert.Equal(s_store[i], embedding.Bytes[embedding.FileOffset(i)]);
        BmffNode box = embedding.Bytes.C2paBox("manifest");
        Assert.Equal(embedding.Extent, box.Extent);
        BmffNode[] roots = [.. BmffNode.Parse(embedding.Bytes).Where(root => root.Type != "uuid")];
        Assert.Equal(BmffNode.Parse(asset.Bytes).Select(root => (root.Type, root.Extent.Length)), roots.Select(root => (root.Type, root.Extent.Length)));
        Assert.All(BmffNode.Parse(asset.Bytes).Where(root => root.Type == "mdat").Zip(roots.Where(root => root.Type == "mdat")), pair =>
            Assert.Equal(Cut(asset.Bytes, pair.First.Payload), Cut(embedding.Bytes, pair.Second.Payload)));
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void Chunk_offsets_point_to_the_samples_wherever_they_lie(bool mediaFirst, bool large, bool longOffsets)
    {
        TestMovie movie = TestMovie.Mp4() with { MediaFirst = mediaFirst, MediaSize = large ? MediaSize.Large : MediaSize.Short };
        movie = movie with { Tracks = [.. movie.Tracks.Select(track => track with { HasLongOffsets = longOffsets })] };
        byte[] file = movie.Embed(s_store).Bytes;

        Extent offsets = file.Box("moov/trak/mdia/minf/stbl/" + (longOffsets ? "co64" : "stco")).Payload;
        long chunk = file[(int)(offsets.Start + 8)..(int)offsets.End].Aggregate(0L, (value, next) => value << 8 | next);
        Assert.Equal(movie.Tracks[0].Samples[0], Cut(file, new(chunk, movie.Tracks[0].Samples[0].Length)));
    }

    [Fact]
    public void Items_are_where_their_location_says()
    {
        TestHeif heif = TestHeif.Heif();
        byte[] file = heif.Embed(s_store).Bytes;

        Extent locations = file.Box("meta/iloc").Payload;
        byte[] first = Cut(file, new(locations.Start + 8 + 8, 8));
        long offset = first[..4].Aggregate(0L, (value, next) => value << 8 | next);
        Assert.Equal(heif.Items[0], Cut(file, new(offset, heif.Items[0].Length)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 0)]
    [InlineData(5, 1)]
    [InlineData(5, 2)]
    [InlineData(5, 3)]
    [InlineData(8, 2)]
    public void A_proof_leads_from_each_leaf_to_its_node_of_the_row(int count, int row)
    {
        MerkleTree tree = new(HashAlgorithmName.SHA256, [.. Enumerable.Range(0, count).Select(i => Seeded.Bytes("leaf" + i, 32))]);

        for (int leaf = 0; leaf < count; leaf++)
        {
            byte[] hash = tree.Rows[0][leaf];
            Queue<byte[]> proof = new(tree.Proof(leaf, row));
            int at = leaf, width = count;
            for (int level = 0; level < row; level++)
            {
                if (at % 2 == 1) hash = SHA256.HashData([.. proof.Dequeue(), .. hash]);
                else if (at + 1 < width) hash = SHA256.HashData([.. hash, .. proof.Dequeue()]);
                (at, width) = (at / 2, (width + 1) / 2);
            }
            Assert.Equal(tree.Rows[row][at], hash);
            Assert.Empty(proof);
        }
    }

    [Theory]
    [InlineData("made-signed", "test-video-signed.mp4")]
    [InlineData("made-signed", "c-signed.mov")]
    [InlineData("made-signed", "QuickTime-signed.m4a")]
    [InlineData("made-signed", "samplefilehub-signed.heif")]
    [InlineData("made-signed", "avif_exif_xmp-signed.avif")]
    [InlineData("c2pa-ts", "trustnxt-icon-signed-v2-bmff.heic")]
    [InlineData("real-world", "adobe-premiere-firefly.mp4")]
    [InlineData("made-variants", "merkle-1k-p0.mp4")]
    public void The_plain_digest_of_a_real_file_is_the_one_its_signer_wrote_down(string folder, string name)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        byte[] file = File.ReadAllBytes(Shared.Path("corpus", folder, name));
        // Behind the type, version and flags, purpose and offset.
        int start = (int)file.C2paBox("manifest").Payload.Start + 20 + 9 + 8;
        var store = ManifestStore.Parse(file.AsMemory(start, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(start))), Limits.Default);
        var assertion = store.Active!.Assertions.Single(assertion => assertion.Label.Full.StartsWith("c2pa.hash.bmff", StringComparison.Ordinal));
        var hash = (BmffHashAssertion)AssertionList.Read(assertion, Limits.Default);

        BmffExclusion[] exclusions = [.. hash.Exclusions.Select(e => new BmffExclusion(e.Path)
        {
            Length = e.Length,
            Data = [.. e.Values.Select(value => (value.Offset, value.Value.ToArray()))],
            Subset = [.. e.Subset.Select(range => (range.Offset, range.Length))],
        })];
        Assert.Equal(Convert.ToHexString(hash.Hash!.Value.Span), Convert.ToHexString(BmffDigest.Of(HashAlgorithmName.SHA256, file, exclusions)));
    }

    private static byte[] Cut(byte[] file, Extent extent) => file[(int)extent.Start..(int)extent.End];
}
