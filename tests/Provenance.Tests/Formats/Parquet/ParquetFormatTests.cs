using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Parquet;

public sealed class ParquetFormatTests
{
    private static readonly byte[] s_value = Ascii(Convert.ToBase64String(Store()));

    [Fact]
    public async Task The_store_is_the_value_of_its_key()
    {
        byte[] file = TestParquet.Write(("a", "b"u8.ToArray()), ("c2pa:manifest", s_value), ("c", "d"u8.ToArray()));
        Assert.Equal(s_value, Cut(file, Assert.Single((await MapAsync(file)).Stores).Extent));
        Assert.Empty((await MapAsync(TestParquet.Write(("c2pa:manifests", s_value)))).Stores);
        Assert.Equal(2, (await MapAsync(TestParquet.Write(("c2pa:manifest", s_value), ("c2pa:manifest", s_value)))).Stores.Count);
        // A list of 15 has its count behind its header.
        (string, byte[])[] many = [.. Enumerable.Range(0, 20).Select(i => ($"{i}", Array.Empty<byte>())), ("c2pa:manifest", s_value)];
        Assert.Single((await MapAsync(TestParquet.Write(many))).Stores);
    }

    [Theory]
    // FileMetaData { 5: [ { … } ] }
    [InlineData("591C180A18000000", 0, false)]
    [InlineData("591C 180D K 1801 41 00 00", 1, false)]
    [InlineData("591C 2801 41 08020D K 1801 42 00 00", 0, true)]
    [InlineData("591C 180D K 00 00", 0, true)]
    [InlineData("591C 180D K 08020D K 1801 41 00 00", 0, true)]
    [InlineData("591C 180D K 1801 41 08040141 00 00", 0, true)]
    public async Task A_pair_has_one_key_and_one_value(string hex, int stores, bool isFault)
    {
        byte[] footer = Convert.FromHexString(hex.Replace("K", Convert.ToHexString("c2pa:manifest"u8), StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
        var map = await MapAsync(WithFooter(footer));
        Assert.Equal(stores, map.Stores.Count);
        Assert.Equal(isFault, map.StoreFault is not null);
    }

    [Theory]
    [InlineData("00", true)]
    [InlineData("15020000", true)]
    [InlineData("1100", true)]
    [InlineData("190000", true)]
    [InlineData("193201020300", true)]
    [InlineData("1B00 00", true)]
    [InlineData("1B0235 0102 0304 00", true)]
    [InlineData("1D 000102030405060708090A0B0C0D0E0F 00", true)]
    [InlineData("17 0001020304050607 00", true)]
    [InlineData("16 FFFFFFFFFFFFFFFFFF01 00", true)]
    [InlineData("", false)]
    [InlineData("10", false)]
    [InlineData("15", false)]
    [InlineData("1E00", false)]
    [InlineData("1805 41 00", false)]
    [InlineData("16 FFFFFFFFFFFFFFFFFF02 00", false)]
    [InlineData("18 FFFFFFFF0F 00", false)]
    [InlineData("19F5 FFFFFFFF07 00", false)]
    [InlineData("1930 00", false)]
    public async Task A_footer_is_read_by_the_rules_of_its_protocol(string hex, bool isSound)
    {
        var map = await MapAsync(WithFooter(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));
        Assert.Equal(isSound ? 0 : 1, map.Notes.Count);
    }

    [Theory]
    [InlineData(64, 0)]
    [InlineData(65, 1)]
    public async Task A_footer_is_nested_as_deep_as_allowed_and_no_deeper(int depth, int notes)
    {
        byte[] footer = [.. Enumerable.Repeat((byte)0x1C, depth), .. new byte[depth + 1]];
        Assert.Equal(notes, (await MapAsync(WithFooter(footer))).Notes.Count);
    }

    [Fact]
    public async Task The_footer_lies_where_the_last_bytes_say()
    {
        byte[] file = TestParquet.Write(("c2pa:manifest", s_value));
        foreach (byte[] damaged in new[] { file[..^1], [.. file, 0], file.FlipBit(file.Length - 1), file.FlipBit(file.Length - 5, 7) })
            await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(damaged));
        Assert.Single((await MapAsync("PAR1"u8.ToArray())).Notes);
    }

    [Fact]
    public async Task A_footer_is_as_long_as_the_limit_and_no_longer()
    {
        await MapAsync(WithFooter([0x15, 0x02, 0x00]), Limits.Default with { HeaderBytes = 3 });
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(WithFooter([0x15, 0x02, 0x00]), Limits.Default with { HeaderBytes = 2 }));
    }

    private static byte[] WithFooter(byte[] footer) => [.. "PAR1"u8, .. footer, .. Little((uint)footer.Length), .. "PAR1"u8];
}
