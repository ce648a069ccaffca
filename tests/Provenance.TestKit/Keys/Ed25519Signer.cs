using System.Numerics;
using System.Security.Cryptography;

namespace Provenance.TestKit;

/// <summary>
/// Ed25519 by the book (RFC 8032 §5.1) over BigInteger. Slow and not constant-time: it signs test files,
/// because .NET 10 has no Ed25519.
/// </summary>
public static class Ed25519Signer
{
    private static readonly BigInteger s_p = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger s_order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);
    private static readonly BigInteger s_d = Mod(-121665 * Inverse(121666));
    private static readonly Point s_base = BasePoint();

    /// <summary>The group order L, for making signatures whose S is out of range.</summary>
    public static BigInteger Order => s_order;

    public static byte[] PublicKey(byte[] seed)
    {
        byte[] h = SHA512.HashData(seed);
        return Encode(Multiply(s_base, Scalar(h)));
    }

    public static byte[] Sign(byte[] seed, byte[] message)
    {
        byte[] h = SHA512.HashData(seed);
        BigInteger a = Scalar(h);
        byte[] publicKey = Encode(Multiply(s_base, a));
        BigInteger r = LittleEndian(SHA512.HashData([.. h[32..], .. message])) % s_order;
        byte[] encodedR = Encode(Multiply(s_base, r));
        BigInteger k = LittleEndian(SHA512.HashData([.. encodedR, .. publicKey, .. message])) % s_order;
        return [.. encodedR, .. ToBytes((r + k * a) % s_order)];
    }

    private static BigInteger Scalar(byte[] h)
    {
        byte[] a = h[..32];
        a[0] &= 0xF8;
        a[31] = (byte)(a[31] & 0x7F | 0x40);
        return LittleEndian(a);
    }

    private static Point BasePoint()
    {
        BigInteger y = Mod(4 * Inverse(5));
        BigInteger x2 = Mod((y * y - 1) * Inverse(s_d * y * y + 1));
        BigInteger x = BigInteger.ModPow(x2, (s_p + 3) / 8, s_p);
        if (Mod(x * x - x2) != 0) x = Mod(x * BigInteger.ModPow(2, (s_p - 1) / 4, s_p));
        if (!x.IsEven) x = s_p - x;
        return new(x, y, 1, Mod(x * y));
    }

    private static Point Multiply(Point point, BigInteger scalar)
    {
        var result = new Point(0, 1, 1, 0);
        for (int bit = (int)scalar.GetBitLength() - 1; bit >= 0; bit--)
        {
            result = Add(result, result);
            if (!(scalar >> bit).IsEven) result = Add(result, point);
        }
        return result;
    }

    private static Point Add(Point p, Point q)
    {
        BigInteger a = Mod((p.Y - p.X) * (q.Y - q.X)), b = Mod((p.Y + p.X) * (q.Y + q.X));
        BigInteger c = Mod(2 * p.T * q.T * s_d), d = Mod(2 * p.Z * q.Z);
        BigInteger e = b - a, f = d - c, g = d + c, h = b + a;
        return new(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static byte[] Encode(Point p)
    {
        BigInteger inverse = Inverse(p.Z), x = Mod(p.X * inverse);
        byte[] bytes = ToBytes(Mod(p.Y * inverse));
        if (!x.IsEven) bytes[31] |= 0x80;
        return bytes;
    }

    private static byte[] ToBytes(BigInteger value)
    {
        byte[] bytes = new byte[32];
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    private static BigInteger LittleEndian(byte[] bytes) => new(bytes, isUnsigned: true);

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), s_p - 2, s_p);

    private static BigInteger Mod(BigInteger value)
    {
        BigInteger rest = value % s_p;
        return rest.Sign < 0 ? rest + s_p : rest;
    }

    /// <summary>Extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.</summary>
    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T);
}
