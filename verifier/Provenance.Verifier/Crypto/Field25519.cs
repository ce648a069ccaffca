namespace Provenance.Verifier.Crypto;

/// <summary>
/// An integer modulo p = 2^255 - 19 in five limbs of 51 bits. Between operations every limb is below 2^52, which leaves room enough that
/// nothing overflows: a product sums five terms of at most 2^52 · 19 · 2^52, far below 2^128. Arithmetic stays checked all the same.
/// Inputs are public; nothing here takes constant time.
/// </summary>
internal readonly struct Field25519
{
    public const int EncodedBytes = 32;

    private const int LimbBits = 51;
    private const ulong LimbMask = (1UL << LimbBits) - 1;

    private readonly ulong _0, _1, _2, _3, _4;

    private Field25519(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => (_0, _1, _2, _3, _4) = (l0, l1, l2, l3, l4);

    public static Field25519 Zero => default;

    public static Field25519 One => new(1, 0, 0, 0, 0);

    public static Field25519 Of(uint value) => new(value, 0, 0, 0, 0);

    public bool IsZero
    {
        get
        {
            Span<byte> encoded = stackalloc byte[EncodedBytes];
            Encode(encoded);
            return !encoded.ContainsAnyExcept((byte)0);
        }
    }

    /// <summary>The lowest bit of the number in 0…p-1: RFC 8032's "sign".</summary>
    public bool IsOdd
    {
        get
        {
            Span<byte> encoded = stackalloc byte[EncodedBytes];
            Encode(encoded);
            return (encoded[0] & 1) != 0;
        }
    }

    public static Field25519 operator +(in Field25519 a, in Field25519 b) =>
        Carried(a._0 + b._0, a._1 + b._1, a._2 + b._2, a._3 + b._3, a._4 + b._4);

    public static Field25519 operator -(in Field25519 a, in Field25519 b)
    {
        // 4p, limb by limb, so that no difference is negative.
        const ulong lowest = 4 * ((1UL << LimbBits) - 19), other = 4 * LimbMask;
        return Carried(a._0 + lowest - b._0, a._1 + other - b._1, a._2 + other - b._2, a._3 + other - b._3, a._4 + other - b._4);
    }

    public static Field25519 operator -(in Field25519 a) => Zero - a;

    public static Field25519 operator *(in Field25519 a, in Field25519 b)
    {
        // 2^255 = 19 (mod p): what would be limb 5 + i is 19 times limb i.
        ulong b1 = 19 * b._1, b2 = 19 * b._2, b3 = 19 * b._3, b4 = 19 * b._4;
        var r0 = Product(a._0, b._0) + Product(a._1, b4) + Product(a._2, b3) + Product(a._3, b2) + Product(a._4, b1);
        var r1 = Product(a._0, b._1) + Product(a._1, b._0) + Product(a._2, b4) + Product(a._3, b3) + Product(a._4, b2);
        var r2 = Product(a._0, b._2) + Product(a._1, b._1) + Product(a._2, b._0) + Product(a._3, b4) + Product(a._4, b3);
        var r3 = Product(a._0, b._3) + Product(a._1, b._2) + Product(a._2, b._1) + Product(a._3, b._0) + Product(a._4, b4);
        var r4 = Product(a._0, b._4) + Product(a._1, b._3) + Product(a._2, b._2) + Product(a._3, b._1) + Product(a._4, b._0);
        r1 += r0 >> LimbBits;
        r2 += r1 >> LimbBits;
        r3 += r2 >> LimbBits;
        r4 += r3 >> LimbBits;
        return Carried(Low(r0) + 19 * (ulong)(r4 >> LimbBits), Low(r1), Low(r2), Low(r3), Low(r4));
    }

    /// <summary>This to the power of a number in big-endian bytes.</summary>
    public Field25519 Power(ReadOnlySpan<byte> exponent)
    {
        var result = One;
        for (int bit = 8 * exponent.Length - 1; bit >= 0; bit--)
        {
            result *= result;
            if ((exponent[exponent.Length - 1 - bit / 8] >> (bit % 8) & 1) != 0)
                result *= this;
        }
        return result;
    }

    /// <summary>1 / this, which is this^(p-2); 0 of 0.</summary>
    public Field25519 Inverse()
    {
        Span<byte> exponent = stackalloc byte[EncodedBytes];
        exponent.Fill(0xFF);
        exponent[0] = 0x7F;
        exponent[^1] = 0xEB;
        return Power(exponent);
    }

    /// <summary>Reads 32 little-endian bytes without their highest bit; false unless the number is below p (RFC 8032 §5.1.3, step 1).</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Field25519 value)
    {
        Span<byte> canonical = stackalloc byte[EncodedBytes], given = stackalloc byte[EncodedBytes];
        bytes.CopyTo(given);
        given[^1] &= 0x7F;
        value = new(Limb(given, 0), Limb(given, 51), Limb(given, 102), Limb(given, 153), Limb(given, 204));
        value.Encode(canonical);
        return canonical.SequenceEqual(given);
    }

    /// <summary>Writes the number in 0…p-1 as 32 little-endian bytes.</summary>
    public void Encode(Span<byte> destination)
    {
        // The value is below 2p. It is p or more exactly if adding 19 carries out of bit 255, and then it is that sum without the carry.
        ulong quotient = (_0 + 19) >> LimbBits;
        quotient = (_1 + quotient) >> LimbBits;
        quotient = (_2 + quotient) >> LimbBits;
        quotient = (_3 + quotient) >> LimbBits;
        quotient = (_4 + quotient) >> LimbBits;
        UInt128 sum = 0;
        int bits = 0, position = 0;
        ulong carry = 19 * quotient;
        foreach (ulong limb in (ReadOnlySpan<ulong>)[_0, _1, _2, _3, _4])
        {
            ulong total = limb + carry;
            carry = total >> LimbBits;
            sum |= (UInt128)(total & LimbMask) << bits;
            for (bits += LimbBits; bits >= 8; bits -= 8, sum >>= 8)
                destination[position++] = (byte)(sum & 0xFF);
        }
        destination[position] = (byte)sum;
    }

    private static UInt128 Product(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return new UInt128(high, low);
    }

    private static ulong Low(UInt128 value) => (ulong)(value & LimbMask);

    /// <summary>The 51 bits from <paramref name="bit"/> on.</summary>
    private static ulong Limb(ReadOnlySpan<byte> bytes, int bit)
    {
        ulong limb = 0;
        for (int i = 0; i < LimbBits; i++)
            limb |= (ulong)(bytes[(bit + i) / 8] >> ((bit + i) % 8) & 1) << i;
        return limb;
    }

    /// <summary>Passes on what exceeds 51 bits, once around, so that every limb is below 2^52 again.</summary>
    private static Field25519 Carried(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
    {
        l1 += l0 >> LimbBits;
        l2 += l1 >> LimbBits;
        l3 += l2 >> LimbBits;
        l4 += l3 >> LimbBits;
        l0 = (l0 & LimbMask) + 19 * (l4 >> LimbBits);
        return new(l0 & LimbMask, (l1 & LimbMask) + (l0 >> LimbBits), l2 & LimbMask, l3 & LimbMask, l4 & LimbMask);
    }
}
