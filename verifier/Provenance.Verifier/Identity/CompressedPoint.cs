using System.Globalization;
using System.Numerics;

namespace Provenance.Verifier.Identity;

/// <summary>The coordinates of a point, each of the field's width.</summary>
internal sealed record PointCoordinates(byte[] X, byte[] Y);

/// <summary>
/// Points of a NIST curve from their compressed form (SEC 1 §2.3.4), which platforms read each in its own way or not at all. The key is
/// public: nothing here need be done in constant time.
/// </summary>
internal sealed class CompressedPoint
{
    private readonly BigInteger _p;
    private readonly BigInteger _b;
    private readonly int _width;

    private CompressedPoint(BigInteger p, string b, int width) => (_p, _b, _width) = (p, BigInteger.Parse("0" + b, NumberStyles.HexNumber, CultureInfo.InvariantCulture), width);

    /// <summary>FIPS 186-4 §D.1.2.3.</summary>
    public static CompressedPoint P256 { get; } = new(
        BigInteger.Pow(2, 256) - BigInteger.Pow(2, 224) + BigInteger.Pow(2, 192) + BigInteger.Pow(2, 96) - 1,
        "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B", 32);

    /// <summary>FIPS 186-4 §D.1.2.4.</summary>
    public static CompressedPoint P384 { get; } = new(
        BigInteger.Pow(2, 384) - BigInteger.Pow(2, 128) - BigInteger.Pow(2, 96) + BigInteger.Pow(2, 32) - 1,
        "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF", 48);

    /// <summary>FIPS 186-4 §D.1.2.5.</summary>
    public static CompressedPoint P521 { get; } = new(
        BigInteger.Pow(2, 521) - 1,
        "0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00", 66);

    /// <summary>The point of 02 or 03 and its x; null where there is none.</summary>
    public PointCoordinates? Decompress(ReadOnlySpan<byte> point)
    {
        if (point.Length != _width + 1 || point[0] is not (2 or 3))
            return null;
        var x = new BigInteger(point[1..], isUnsigned: true, isBigEndian: true);
        if (x >= _p)
            return null;
        // y² = x³ - 3x + b. All three primes are 3 mod 4, so that a root is the (p+1)/4-th power.
        var square = ((x * x * x) - (3 * x) + _b) % _p;
        if (square.Sign < 0)
            square += _p;
        var y = BigInteger.ModPow(square, (_p + 1) / 4, _p);
        if (y * y % _p != square)
            return null;
        if (y.IsEven != (point[0] == 2))
            y = _p - y;
        return new(point[1..].ToArray(), Bytes(y));
    }

    private byte[] Bytes(BigInteger number)
    {
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[_width - bytes.Length], .. bytes];
    }
}
