using System.Numerics;
using Provenance.Verifier.Crypto;
using Xunit;

namespace Provenance.Tests.Crypto;

/// <summary>The field against BigInteger, above all where limbs are full or a carry runs all the way round.</summary>
public class Field25519Tests
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;

    [Fact]
    public void Arithmetic_agrees_with_BigInteger()
    {
        var numbers = Numbers();
        foreach (var a in numbers)
        {
            foreach (var b in numbers)
            {
                Assert.Equal((a + b) % P, Value(Field(a) + Field(b)));
                Assert.Equal((a - b + P) % P, Value(Field(a) - Field(b)));
                Assert.Equal(a * b % P, Value(Field(a) * Field(b)));
                // Results that were not brought below p are used again at once.
                Assert.Equal((a + b) * (a - b + P) % P, Value((Field(a) + Field(b)) * (Field(a) - Field(b))));
            }
            Assert.Equal((P - a) % P, Value(-Field(a)));
            Assert.Equal(BigInteger.ModPow(a, P - 2, P), Value(Field(a).Inverse()));
            Assert.Equal(BigInteger.ModPow(a, 0x0102FF, P), Value(Field(a).Power([1, 2, 0xFF])));
            Assert.Equal(a.IsZero, Field(a).IsZero);
            Assert.Equal(!a.IsEven, Field(a).IsOdd);
        }
    }

    [Fact]
    public void Zero_is_zero_however_it_came_about()
    {
        foreach (var a in Numbers())
        {
            Assert.True((Field(a) - Field(a)).IsZero);
            Assert.True((Field(a) + -Field(a)).IsZero);
        }
    }

    [Fact]
    public void Only_numbers_below_p_are_canonical()
    {
        Assert.True(Field25519.TryDecode(Encoding(P - 1), out _));
        for (int above = 0; above < 19; above++)
            Assert.False(Field25519.TryDecode(Encoding(P + above), out _));
    }

    private static List<BigInteger> Numbers()
    {
        List<BigInteger> numbers = [0, 1, 2, 18, 19, 20, P - 1, P - 2, P - 19, P - 20, (P - 1) / 2, (P + 1) / 2];
        foreach (int bit in new[] { 50, 51, 52, 102, 153, 204, 254 })
            numbers.AddRange([BigInteger.Pow(2, bit), BigInteger.Pow(2, bit) - 1, P - BigInteger.Pow(2, bit)]);
        var random = new Random(25519);
        byte[] bytes = new byte[32];
        for (int i = 0; i < 30; i++)
        {
            random.NextBytes(bytes);
            numbers.Add(new BigInteger(bytes, isUnsigned: true) % P);
        }
        return numbers;
    }

    private static Field25519 Field(BigInteger value)
    {
        Assert.True(Field25519.TryDecode(Encoding(value), out var field));
        return field;
    }

    private static BigInteger Value(Field25519 field)
    {
        byte[] bytes = new byte[32];
        field.Encode(bytes);
        var value = new BigInteger(bytes, isUnsigned: true);
        Assert.True(value < P);
        return value;
    }

    private static byte[] Encoding(BigInteger value)
    {
        byte[] bytes = value.ToByteArray(isUnsigned: true);
        return [.. bytes, .. new byte[32 - bytes.Length]];
    }
}
