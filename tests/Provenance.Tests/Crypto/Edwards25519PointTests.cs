using System.Globalization;
using System.Numerics;
using Provenance.Verifier.Crypto;
using Xunit;

namespace Provenance.Tests.Crypto;

public class Edwards25519PointTests
{
    private static readonly BigInteger Order = BigInteger.Parse("7237005577332262213973186563042994240857116359379907606001950938285454250989", CultureInfo.InvariantCulture);

    /// <summary>The eight points of order 1, 2, 4 and 8 in their canonical encodings.</summary>
    public static TheoryData<string> SmallOrder =>
    [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ECFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26E8958FC2B227B045C3F489F2EF98F0D5DFAC05D3C63339B13802886D53FC05",
        "26E8958FC2B227B045C3F489F2EF98F0D5DFAC05D3C63339B13802886D53FC85",
        "C7176A703D4DD84FBA3C0B760D10670F2A2053FA2C39CCC64EC7FD7792AC037A",
        "C7176A703D4DD84FBA3C0B760D10670F2A2053FA2C39CCC64EC7FD7792AC03FA",
    ];

    [Theory]
    [MemberData(nameof(SmallOrder))]
    public void A_point_of_small_order_is_known_as_one(string encoded)
    {
        Assert.True(Edwards25519Point.TryDecode(Convert.FromHexString(encoded), out var point));
        Assert.True(point.IsSmallOrder);
        Assert.Equal(encoded, Encode(point));
        Assert.False((point + Edwards25519Point.Base).IsSmallOrder);
    }

    [Fact]
    public void The_base_point_has_the_order_L()
    {
        Assert.False(Edwards25519Point.Base.IsSmallOrder);
        Assert.Equal(Encode(Edwards25519Point.Zero), Encode(Multiple(Order)));
        Assert.Equal(Encode(-Edwards25519Point.Base), Encode(Multiple(Order - 1)));
    }

    [Fact]
    public void Doubling_and_adding_agree()
    {
        var sum = Edwards25519Point.Zero;
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(Encode(sum), Encode(Multiple(i)));
            Assert.Equal(Encode(sum + sum), Encode(sum.Double()));
            Assert.Equal(Encode(Edwards25519Point.Zero), Encode(sum + -sum));
            sum += Edwards25519Point.Base;
        }
    }

    [Fact]
    public void Two_scalars_in_one_pass_give_the_sum_of_both_multiples()
    {
        var random = new Random(8032);
        byte[] bytes = new byte[32];
        var q = Multiple(987_654_321);
        for (int i = 0; i < 10; i++)
        {
            random.NextBytes(bytes);
            var m = new BigInteger(bytes, isUnsigned: true) % Order;
            random.NextBytes(bytes);
            var n = new BigInteger(bytes.AsSpan(i), isUnsigned: true) % Order;
            Assert.Equal(Encode(Multiple((m + n * 987_654_321) % Order)), Encode(Edwards25519Point.LinearCombination(m, Edwards25519Point.Base, n, q)));
        }
    }

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080", "zero with a sign")]
    [InlineData("ECFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "the point of order 2 with a sign")]
    [InlineData("EEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F", "y = p + 1")]
    [InlineData("EDFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F", "y = p")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", "no point has y = 2")]
    [InlineData("01000000000000000000000000000000000000000000000000000000000000", "31 bytes")]
    [InlineData("010000000000000000000000000000000000000000000000000000000000000000", "33 bytes")]
    [InlineData("", "nothing")]
    public void Anything_but_the_one_encoding_of_a_point_is_refused(string encoded, string why) =>
        Assert.False(Edwards25519Point.TryDecode(Convert.FromHexString(encoded), out _), why);

    private static Edwards25519Point Multiple(BigInteger scalar) =>
        Edwards25519Point.LinearCombination(scalar, Edwards25519Point.Base, 0, Edwards25519Point.Zero);

    private static string Encode(Edwards25519Point point)
    {
        byte[] encoded = new byte[32];
        point.Encode(encoded);
        return Convert.ToHexString(encoded);
    }
}
