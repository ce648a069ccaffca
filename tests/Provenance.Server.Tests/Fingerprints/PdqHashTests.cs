using Provenance.Server.Fingerprints;
using Xunit;

namespace Provenance.Server.Tests.Fingerprints;

public sealed class PdqHashTests
{
    private const string Bridge = "f8f8f0cce0f4e84d0e370a22028f67f0b36e2ed596623e1d33e6339c4e9c9b22";

    [Fact]
    public void Digits_are_written_as_they_were_read()
    {
        Assert.True(PdqHash.TryParse(Bridge, out var hash));
        Assert.Equal(Bridge, hash.ToString());
    }

    [Fact]
    public void The_first_digits_are_the_last_slot()
    {
        Assert.True(PdqHash.TryParse(Bridge, out var hash));
        Assert.Equal(0xf8f8, hash.Slot(15));
        Assert.Equal(0xf0cc, hash.Slot(14));
        Assert.Equal(0xe84d, hash.Slot(12));
        Assert.Equal(0x0e37, hash.Slot(11));
        Assert.Equal(0x9b22, hash.Slot(0));
    }

    [Fact]
    public void Bit_i_times_16_plus_j_is_bit_j_of_slot_i()
    {
        for (int bit = 0; bit < PdqHash.Bits; bit++)
        {
            var hash = default(PdqHash).Turned(new Random(0), 1, [bit]);
            Assert.Equal(1 << bit % 16, hash.Slot(bit / 16));
            Assert.Equal(1, hash.Distance(default));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(16)]
    public void There_is_no_slot_beyond_the_sixteen(int slot) => Assert.Throws<ArgumentOutOfRangeException>(() => default(PdqHash).Slot(slot));

    [Theory]
    [InlineData("")]
    [InlineData("f8f8f0cce0f4e84d0e370a22028f67f0b36e2ed596623e1d33e6339c4e9c9b2")]
    [InlineData("f8f8f0cce0f4e84d0e370a22028f67f0b36e2ed596623e1d33e6339c4e9c9b220")]
    [InlineData("F8f8f0cce0f4e84d0e370a22028f67f0b36e2ed596623e1d33e6339c4e9c9b22")]
    [InlineData("g8f8f0cce0f4e84d0e370a22028f67f0b36e2ed596623e1d33e6339c4e9c9b22")]
    [InlineData(" 8f8f0cce0f4e84d0e370a22028f67f0b36e2ed596623e1d33e6339c4e9c9b22")]
    [InlineData("f8f8f0cce0f4e84d 0e370a22028f67f0b36e2ed596623e1d33e6339c4e9c9b2")]
    [InlineData("0xf8f0cce0f4e84d0e370a22028f67f0b36e2ed596623e1d33e6339c4e9c9b22")]
    [InlineData("٠8f8f0cce0f4e84d0e370a22028f67f0b36e2ed596623e1d33e6339c4e9c9b22")]
    public void Anything_but_64_small_digits_is_refused(string text) => Assert.False(PdqHash.TryParse(text, out _));

    [Fact]
    public void A_value_is_32_bytes_in_the_order_of_the_digits()
    {
        Assert.True(PdqHash.TryParse(Bridge, out var hash));
        Assert.Equal(Bridge, Convert.ToHexStringLower(hash.ToBytes()));
        Assert.True(PdqHash.TryRead(hash.ToBytes(), out var again));
        Assert.Equal(hash, again);
        Assert.False(PdqHash.TryRead(new byte[31], out _));
        Assert.False(PdqHash.TryRead(new byte[33], out _));
    }

    [Fact]
    public void Base64_is_read_as_it_is_written()
    {
        Assert.True(PdqHash.TryParse(Bridge, out var hash));
        Assert.Equal(Convert.ToBase64String(Convert.FromHexString(Bridge)), hash.ToBase64());
        Assert.True(PdqHash.TryParseBase64(hash.ToBase64(), out var again));
        Assert.Equal(hash, again);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] // without padding
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=")] // the bits left over are not zero
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")] // 31 bytes
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] // 33 bytes
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA =")]
    [InlineData("-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")] // of another alphabet
    public void Another_text_is_no_base64_of_a_hash(string text) => Assert.False(PdqHash.TryParseBase64(text, out _));

    [Fact]
    public void Forty_four_characters_with_no_bits_left_over_are_base64_of_a_hash() => Assert.True(PdqHash.TryParseBase64("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", out _));

    [Fact]
    public void The_distance_counts_the_bits_that_differ()
    {
        // Of the same picture by the programs in C++ and Java (pdq.md F9); counted by hand from the digits.
        Assert.True(PdqHash.TryParse(Bridge, out var one));
        Assert.True(PdqHash.TryParse("f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22", out var other));
        Assert.Equal(8, one.Distance(other));
        Assert.Equal(0, one.Distance(one));
        Assert.Equal(256, default(PdqHash).Distance(new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(31, true)]
    [InlineData(32, false)]
    [InlineData(128, false)]
    [InlineData(224, false)]
    [InlineData(225, true)]
    [InlineData(256, true)]
    public void A_hash_that_matches_a_picture_of_one_colour_is_nearly_constant(int ones, bool expected)
        => Assert.Equal(expected, default(PdqHash).Turned(new Random(1), ones).IsNearlyConstant);
}
