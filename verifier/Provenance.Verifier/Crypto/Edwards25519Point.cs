using System.Numerics;

namespace Provenance.Verifier.Crypto;

/// <summary>
/// A point of the curve -x² + y² = 1 + d·x²·y² over <see cref="Field25519"/> in extended coordinates: x = X/Z, y = Y/Z, x·y = T/Z
/// (RFC 8032 §5.1.4). The addition formula has no exceptions on this curve, so no point needs care.
/// </summary>
internal readonly struct Edwards25519Point
{
    private static readonly Field25519 D = -Field25519.Of(121665) * Field25519.Of(121666).Inverse();
    private static readonly Field25519 TwoD = D + D;

    // 2^((p-1)/4) and the exponent (p-5)/8 = 2^252 - 3 (RFC 8032 §5.1.3, step 3).
    private static readonly Field25519 SquareRootOfMinusOne = Field25519.Of(2).Power([0x1F, .. Enumerable.Repeat((byte)0xFF, 30), 0xFB]);
    private static readonly byte[] RootExponent = [0x0F, .. Enumerable.Repeat((byte)0xFF, 30), 0xFD];

    private readonly Field25519 _x, _y, _z, _t;

    private Edwards25519Point(in Field25519 x, in Field25519 y, in Field25519 z, in Field25519 t) => (_x, _y, _z, _t) = (x, y, z, t);

    public static Edwards25519Point Zero { get; } = new(Field25519.Zero, Field25519.One, Field25519.One, Field25519.Zero);

    /// <summary>B: y = 4/5 and x even (RFC 8032 §5.1).</summary>
    public static Edwards25519Point Base { get; } =
        TryDecode([0x58, .. Enumerable.Repeat((byte)0x66, 31)], out var point) ? point : throw new InvalidOperationException("The base point is on the curve.");

    /// <summary>Whether eight times this point is zero: it then has order 1, 2, 4 or 8, and knows nothing of any private key.</summary>
    public bool IsSmallOrder
    {
        get
        {
            var eightfold = Double().Double().Double();
            return eightfold._x.IsZero && (eightfold._y - eightfold._z).IsZero;
        }
    }

    public static Edwards25519Point operator -(in Edwards25519Point a) => new(-a._x, a._y, a._z, -a._t);

    public static Edwards25519Point operator +(in Edwards25519Point p, in Edwards25519Point q)
    {
        var a = (p._y - p._x) * (q._y - q._x);
        var b = (p._y + p._x) * (q._y + q._x);
        var c = p._t * TwoD * q._t;
        var d = p._z * (q._z + q._z);
        Field25519 e = b - a, f = d - c, g = d + c, h = b + a;
        return new(e * f, g * h, f * g, e * h);
    }

    public Edwards25519Point Double()
    {
        var a = _x * _x;
        var b = _y * _y;
        var c = _z * _z;
        var h = a + b;
        var sum = _x + _y;
        var e = h - sum * sum;
        var g = a - b;
        var f = c + c + g;
        return new(e * f, g * h, f * g, e * h);
    }

    /// <summary>[m]P + [n]Q, both scalars in one pass from the highest bit down.</summary>
    public static Edwards25519Point LinearCombination(BigInteger m, in Edwards25519Point p, BigInteger n, in Edwards25519Point q)
    {
        var both = p + q;
        var result = Zero;
        byte[] mBytes = m.ToByteArray(isUnsigned: true), nBytes = n.ToByteArray(isUnsigned: true);
        for (int bit = 8 * Math.Max(mBytes.Length, nBytes.Length) - 1; bit >= 0; bit--)
        {
            result = result.Double();
            switch (IsSet(mBytes, bit), IsSet(nBytes, bit))
            {
                case (true, true):
                    result += both;
                    break;
                case (true, false):
                    result += p;
                    break;
                case (false, true):
                    result += q;
                    break;
            }
        }
        return result;
    }

    /// <summary>Reads a point (RFC 8032 §5.1.3); false if the 32 bytes are not the one canonical encoding of a point.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Edwards25519Point point)
    {
        point = default;
        if (bytes.Length != Field25519.EncodedBytes || !Field25519.TryDecode(bytes, out var y))
            return false;
        bool isOdd = (bytes[^1] & 0x80) != 0;
        // x² = u/v; the candidate root is u·v³·(u·v⁷)^((p-5)/8).
        var u = y * y - Field25519.One;
        var v = D * y * y + Field25519.One;
        var v3 = v * v * v;
        var x = u * v3 * (u * v3 * v3 * v).Power(RootExponent);
        var square = v * x * x;
        if ((square + u).IsZero)
            x *= SquareRootOfMinusOne;
        else if (!(square - u).IsZero)
            return false;
        // Step 4: zero has no sign; the other encoding of it is not canonical.
        if (x.IsZero && isOdd)
            return false;
        if (x.IsOdd != isOdd)
            x = -x;
        point = new(x, y, Field25519.One, x * y);
        return true;
    }

    /// <summary>Writes the one canonical encoding, 32 bytes (RFC 8032 §5.1.2).</summary>
    public void Encode(Span<byte> destination)
    {
        var inverse = _z.Inverse();
        (_y * inverse).Encode(destination);
        if ((_x * inverse).IsOdd)
            destination[Field25519.EncodedBytes - 1] |= 0x80;
    }

    private static bool IsSet(byte[] littleEndian, int bit) => bit / 8 < littleEndian.Length && (littleEndian[bit / 8] >> (bit % 8) & 1) != 0;
}
