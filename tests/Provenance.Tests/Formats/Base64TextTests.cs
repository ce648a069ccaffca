using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;

namespace Provenance.Tests.Formats;

public sealed class Base64TextTests
{
    private static byte[] Decode(string text, Limits? limits = null) => Base64Text.Decode(Encoding.Latin1.GetBytes(text), 100, limits ?? Limits.Default);

    [Theory]
    [InlineData("", "")]
    [InlineData(" \r\n\t", "")]
    [InlineData("AA==", "00")]
    [InlineData("//8=", "FFFF")]
    [InlineData("+/+/", "FBFFBF")]
    [InlineData("\r\n \tAAEC\n", "000102")]
    [InlineData("AAECAw==\t", "00010203")]
    public void Text_is_decoded_and_white_space_around_it_trimmed(string text, string bytes) => Assert.Equal(bytes, Convert.ToHexString(Decode(text)));

    [Theory]
    [InlineData("AAE", 100)]
    [InlineData(" AAEC=", 101)]
    [InlineData("AAECA===", 105)]
    [InlineData("====", 100)]
    [InlineData("AA=C", 102)]
    [InlineData("AA==AAEC", 102)]
    [InlineData("AAEC\nAAECAAE", 104)]
    [InlineData("AAE\u00A0", 103)]
    [InlineData("A-_A", 101)]
    [InlineData("AAEC AAE", 104)]
    public void Anything_else_is_malformed(string text, long offset) => Assert.Equal(offset, Assert.Throws<MalformedDataException>(() => Decode(text)).Offset);

    [Theory]
    [InlineData("AQ==", "AR==")]
    [InlineData("AAE=", "AAF=")]
    [InlineData("AAECAA==", "AAECAP==")]
    public void Bits_behind_the_last_byte_are_zero(string sound, string hidden)
    {
        Decode(sound);
        Assert.Throws<MalformedDataException>(() => Decode(hidden));
    }

    [Fact]
    public async Task A_store_is_as_long_as_the_limit_and_no_longer()
    {
        var limits = Limits.Default with { StoreBytes = 4 };
        Assert.Equal(4, Decode("AAECAw==", limits).Length);
        Assert.Throws<LimitExceededException>(() => Decode("AAECAwQ=", limits));
        // The text is asked first: white space has no end.
        Assert.Equal(3, (await ReadAsync("AAEC    ", limits)).Length);
        await Assert.ThrowsAsync<LimitExceededException>(() => ReadAsync("AAEC     ", limits));
    }

    [Fact]
    public async Task A_text_in_pieces_is_joined_before_it_is_decoded()
    {
        var source = AssetSource.FromMemory(Encoding.ASCII.GetBytes("AA..EC"));
        var store = new StoreLocation([new(0, 6)], [new(0, 2), new(4, 2)]) { Encoding = StoreEncoding.Base64 };
        Assert.Equal([0, 1, 2], (await StoreBytes.ReadAsync(source, store, Limits.Default, default)).ToArray());
    }

    private static async Task<byte[]> ReadAsync(string text, Limits limits)
    {
        var source = AssetSource.FromMemory(Encoding.ASCII.GetBytes(text));
        var range = new ByteRange(0, text.Length);
        return (await StoreBytes.ReadAsync(source, new StoreLocation([range], [range]) { Encoding = StoreEncoding.Base64 }, limits, default)).ToArray();
    }
}
