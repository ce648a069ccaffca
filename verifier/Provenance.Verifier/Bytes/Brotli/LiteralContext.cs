namespace Provenance.Verifier.Bytes.Brotli;

/// <summary>The context of a literal: a number 0…63 from the two bytes before it (RFC 7932 §7.1).</summary>
internal static class LiteralContext
{
    /// <summary>Lut0, Lut1 and Lut2 of §7.1, one behind the other; a test checks them by the CRC-32 the RFC states.</summary>
    internal static readonly byte[] Lookup = [.. Bytes(Lut0), .. Bytes(Lut1), .. Bytes(Lut2)];

    /// <summary>Lut0 of the printable ASCII characters, in fours: punctuation, digits and vowels each have their classes.</summary>
    private static ReadOnlySpan<byte> PrintableClass =>
    [
        2, 3, 4, 3, 3, 5, 3, 4, 6, 7, 3, 3, 8, 3, 9, 3,
        11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 8, 8, 6, 10, 7, 3,
        3, 12, 13, 13, 13, 12, 13, 13, 13, 12, 13, 13, 13, 13, 13, 12,
        13, 13, 13, 13, 13, 12, 13, 13, 13, 13, 13, 6, 3, 7, 3, 3,
        3, 14, 15, 15, 15, 14, 15, 15, 15, 14, 15, 15, 15, 15, 15, 14,
        15, 15, 15, 15, 15, 14, 15, 15, 15, 15, 15, 6, 3, 7, 3, 0,
    ];

    /// <param name="mode">LSB6, MSB6, UTF8 and Signed are 0…3.</param>
    /// <param name="last">The byte before the literal.</param>
    /// <param name="secondToLast">The byte before that.</param>
    public static int Of(int mode, byte last, byte secondToLast) => mode switch
    {
        0 => last & 0x3F,
        1 => last >> 2,
        2 => Lookup[last] | Lookup[256 + secondToLast],
        _ => Lookup[512 + last] << 3 | Lookup[512 + secondToLast],
    };

    private static IEnumerable<byte> Bytes(Func<int, int> table) => Enumerable.Range(0, 256).Select(p => (byte)table(p));

    private static int Lut0(int p) => p switch
    {
        '\t' or '\n' or '\r' => 4,
        < 32 => 0,
        < 128 => PrintableClass[p - 32] * 4,
        < 192 => p & 1,
        _ => 2 | p & 1,
    };

    private static int Lut1(int p) => p switch
    {
        <= ' ' or 127 => 0,
        >= '0' and <= '9' or >= 'A' and <= 'Z' => 2,
        >= 'a' and <= 'z' => 3,
        < 127 => 1,
        < 224 => 0,
        _ => 2,
    };

    private static int Lut2(int p) => p switch
    {
        0 => 0,
        < 16 => 1,
        < 64 => 2,
        < 128 => 3,
        < 192 => 4,
        < 240 => 5,
        < 255 => 6,
        _ => 7,
    };
}
