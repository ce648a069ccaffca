using Provenance.TestKit;
using Provenance.Verifier.Bindings;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Xunit;

namespace Provenance.Tests.Bindings;

public sealed class BmffHashReadingTests
{
    private static CborFields Exclusion(string path = "/free") => new() { { "xpath", path } };

    private static CborFields Tree(int count, int hashes) => new()
    {
        { "uniqueId", 1 }, { "localId", 0 }, { "count", count }, { "hashes", Enumerable.Range(0, hashes).Select(_ => new byte[32]).ToArray() },
    };

    private static BmffHash Read(CborFields[] exclusions, params CborFields[] trees)
    {
        CborFields fields = new() { { "exclusions", exclusions }, { "alg", "sha256" }, { "hash", new byte[32] } };
        if (trees.Length > 0)
            fields.Add("merkle", trees);
        return BmffHash.Read(CborReader.Read(TestCbor.Encode(fields), "BMFF hash", new CborBudget(Limits.Default)), Limits.Default);
    }

    private static Verifier.Bindings.BmffExclusion ReadOne(CborFields exclusion) => Assert.Single(Read([exclusion]).Exclusions);

    [Fact]
    public void There_is_at_least_one_exclusion()
    {
        Assert.Single(Read([Exclusion()]).Exclusions);
        Assert.Throws<MalformedDataException>(() => Read([]));
    }

    [Fact]
    public void There_are_as_many_exclusions_as_the_limit_and_no_more()
    {
        CborFields[] Many(int count) => [.. Enumerable.Range(0, count).Select(_ => Exclusion())];
        Assert.Equal(Limits.Default.Exclusions, Read(Many(Limits.Default.Exclusions)).Exclusions.Count);
        Assert.Throws<LimitExceededException>(() => Read(Many(Limits.Default.Exclusions + 1)));
    }

    [Theory]
    [InlineData("/uuid", "uuid")]
    [InlineData("/moov/trak[2]/mdia", "moov trak[2] mdia")]
    [InlineData("/meta/xml ", "meta xml ")]
    [InlineData("/moov/udta/©nam", "moov udta ©nam")]
    [InlineData("/free[10]", "free[10]")]
    public void A_path_is_nodes_with_or_without_a_number(string path, string expected) =>
        Assert.Equal(expected, string.Join(' ', ReadOne(Exclusion(path)).Path.Select(node => node.Type + (node.Index > 0 ? $"[{node.Index}]" : ""))));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("uuid")]
    [InlineData("//uuid")]
    [InlineData("/moov//trak")]
    [InlineData("/moov/")]
    [InlineData("/moo")]
    [InlineData("/moovx")]
    [InlineData("/*")]
    [InlineData("/****")]
    [InlineData("/free[0]")]
    [InlineData("/free[01]")]
    [InlineData("/free[-1]")]
    [InlineData("/free[")]
    [InlineData("/free[]")]
    [InlineData("/free[99999999999]")]
    [InlineData("/free[1]x")]
    [InlineData("/frЖe")]
    public void Any_other_path_is_malformed(string path) => Assert.Throws<MalformedDataException>(() => Read([Exclusion(path)]));

    [Fact]
    public void A_path_is_as_deep_as_the_limit_and_no_deeper()
    {
        static string Deep(int depth) => string.Concat(Enumerable.Repeat("/moov", depth));
        Assert.Equal(Limits.Default.BmffDepth, ReadOne(Exclusion(Deep(Limits.Default.BmffDepth))).Path.Count);
        Assert.Throws<LimitExceededException>(() => Read([Exclusion(Deep(Limits.Default.BmffDepth + 1))]));
    }

    [Fact]
    public void Fields_that_are_null_are_absent()
    {
        CborFields exclusion = Exclusion();
        foreach (string key in (string[])["length", "data", "subset", "version", "flags", "exact"])
            exclusion.Add(key, null);
        var read = ReadOne(exclusion);
        Assert.Null(read.Length);
        Assert.False(read.AsksVersionOrFlags);
        Assert.True(read.ExactFlags);
        Assert.Empty(read.Data);
        Assert.Empty(read.Subset);
    }

    [Theory]
    [InlineData("000001", 1)]
    [InlineData("ABCDEF", 0xABCDEF)]
    [InlineData("0001", null)]
    [InlineData("00000001", null)]
    public void Flags_are_three_bytes(string hex, int? expected)
    {
        CborFields exclusion = Exclusion();
        exclusion.Add("flags", Convert.FromHexString(hex));
        if (expected is null)
            Assert.Throws<MalformedDataException>(() => Read([exclusion]));
        else
            Assert.Equal(expected, ReadOne(exclusion).Flags);
    }

    [Theory]
    [InlineData("length", -1)]
    [InlineData("length", "1")]
    [InlineData("version", "1")]
    [InlineData("exact", 1)]
    [InlineData("data", 1)]
    [InlineData("subset", 1)]
    [InlineData("xpath", 1)]
    public void A_field_of_another_type_is_malformed(string key, object value)
    {
        CborFields exclusion = key == "xpath" ? [] : Exclusion();
        exclusion.Add(key, value);
        Assert.Throws<MalformedDataException>(() => Read([exclusion]));
    }

    [Theory]
    [InlineData(true, 0L, 4L, 4L, 4L)]
    [InlineData(true, 0L, 4L, 5L, 0L)]
    [InlineData(true, 4L, 0L)]
    [InlineData(true, long.MaxValue - 1, 1L)]
    [InlineData(false, 0L, 4L, 3L, 4L)]
    [InlineData(false, 8L, 4L, 0L, 4L)]
    [InlineData(false, 4L, 0L, 5L, 1L)]
    [InlineData(false, -1L, 4L)]
    [InlineData(false, 4L, -1L)]
    [InlineData(false, long.MaxValue, 1L)]
    public void Ranges_of_a_subset_are_in_order_and_only_the_last_is_open(bool isRead, params long[] numbers)
    {
        CborFields exclusion = Exclusion();
        exclusion.Add("subset", numbers.Chunk(2).Select(pair => new CborFields { { "offset", pair[0] }, { "length", pair[1] } }).ToArray());
        if (isRead)
            Assert.Equal(numbers.Chunk(2).Select(pair => new ByteRange(pair[0], pair[1])), ReadOne(exclusion).Subset);
        else
            Assert.Throws<MalformedDataException>(() => Read([exclusion]));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(long.MaxValue - 1, true)]
    [InlineData(long.MaxValue, false)]
    [InlineData(-1, false)]
    public void Required_bytes_lie_where_a_number_can_say(long offset, bool isRead)
    {
        CborFields exclusion = Exclusion();
        exclusion.Add("data", new[] { new CborFields { { "offset", offset }, { "value", new byte[1] } } });
        if (isRead)
            Assert.Equal(offset, ReadOne(exclusion).Data[0].Offset);
        else
            Assert.Throws<MalformedDataException>(() => Read([exclusion]));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 1, true)]
    [InlineData(15, 15, true)]
    [InlineData(15, 8, true)]
    [InlineData(15, 4, true)]
    [InlineData(15, 1, true)]
    [InlineData(12, 3, true)]
    [InlineData(0, 1, false)]
    [InlineData(1, 0, false)]
    [InlineData(15, 0, false)]
    [InlineData(15, 5, false)]
    [InlineData(15, 16, false)]
    [InlineData(-1, 0, false)]
    public void The_hashes_are_a_row_of_a_tree_of_so_many_leaves(int count, int hashes, bool isRead)
    {
        if (isRead)
            Assert.Equal(hashes, Read([Exclusion()], Tree(count, hashes)).Trees[0].Hashes.Count);
        else
            Assert.Throws<MalformedDataException>(() => Read([Exclusion()], Tree(count, hashes)));
    }

    [Fact]
    public void A_tree_has_as_many_leaves_as_the_limit_and_no_more()
    {
        Assert.Equal(Limits.Default.MerkleLeaves, Read([Exclusion()], Tree(Limits.Default.MerkleLeaves, 1)).Trees[0].Count);
        Assert.Throws<LimitExceededException>(() => Read([Exclusion()], Tree(Limits.Default.MerkleLeaves + 1, 1)));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void A_block_has_a_size(long size, bool isRead)
    {
        CborFields tree = Tree(1, 1), sizes = Tree(1, 1);
        tree.Add("fixedBlockSize", size);
        sizes.Add("variableBlockSizes", new[] { size });
        foreach (var each in new[] { tree, sizes })
        {
            if (isRead)
                Assert.Single(Read([Exclusion()], each).Trees);
            else
                Assert.Throws<MalformedDataException>(() => Read([Exclusion()], each));
        }
        CborFields both = Tree(1, 1);
        both.Add("fixedBlockSize", 1);
        both.Add("variableBlockSizes", new[] { 1 });
        Assert.Throws<MalformedDataException>(() => Read([Exclusion()], both));
    }

    [Theory]
    [InlineData("uniqueId")]
    [InlineData("localId")]
    [InlineData("count")]
    [InlineData("hashes")]
    public void A_tree_without_one_of_its_fields_is_malformed(string key)
    {
        CborFields tree = Tree(1, 1);
        tree.Omit(key);
        Assert.Throws<MalformedDataException>(() => Read([Exclusion()], tree));
    }
}
