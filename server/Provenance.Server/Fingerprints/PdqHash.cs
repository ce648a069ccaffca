using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Provenance.Server.Fingerprints;

/// <summary>
/// A PDQ hash: 256 bits in sixteen slots of sixteen. Slot i holds the signs of row i of the transform, the sign of column j in its bit j.
/// Written, the last slot comes first: digits 0 to 3 are slot 15. Its bytes, as in a soft binding's value, are those digits as bytes.
/// </summary>
/// <param name="W0">Slots 0 to 3, slot 0 in the lowest bits.</param>
/// <param name="W1">Slots 4 to 7.</param>
/// <param name="W2">Slots 8 to 11.</param>
/// <param name="W3">Slots 12 to 15.</param>
internal readonly record struct PdqHash(ulong W0, ulong W1, ulong W2, ulong W3)
{
    public const int Slots = 16;
    public const int SlotBits = 16;
    public const int Bits = Slots * SlotBits;
    public const int Bytes = Bits / 8;
    public const int Digits = Bits / 4;

    /// <summary>What the authors of PDQ call a confident match. Unrelated pictures are some 128 bits apart.</summary>
    public const int MatchDistance = 31;

    /// <summary>
    /// Whether nearly all bits are equal, so that the hash matches a picture of one colour. A picture with content has as many ones as zeros,
    /// because the threshold is a median. Such a hash is neither kept nor looked up.
    /// </summary>
    public bool IsNearlyConstant => Ones is <= MatchDistance or >= Bits - MatchDistance;

    private int Ones => BitOperations.PopCount(W0) + BitOperations.PopCount(W1) + BitOperations.PopCount(W2) + BitOperations.PopCount(W3);

    /// <summary>The sixteen bits of a slot from 0 to 15.</summary>
    public ushort Slot(int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, Slots);
        ulong word = (slot >> 2) switch { 0 => W0, 1 => W1, 2 => W2, _ => W3 };
        return (ushort)((word >> SlotBits * (slot & 3)) & ushort.MaxValue);
    }

    /// <summary>How many bits differ.</summary>
    public int Distance(PdqHash other) => new PdqHash(W0 ^ other.W0, W1 ^ other.W1, W2 ^ other.W2, W3 ^ other.W3).Ones;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Reads 64 digits, 0 to 9 and a to f; nothing else.</summary>
    public static bool TryParse(ReadOnlySpan<char> digits, out PdqHash hash)
    {
        hash = default;
        if (digits.Length != Digits || digits.ContainsAnyExcept(HexDigits))
            return false;
        hash = new(Word(digits[48..]), Word(digits[32..48]), Word(digits[16..32]), Word(digits[..16]));
        return true;

        static ulong Word(ReadOnlySpan<char> sixteen) => ulong.Parse(sixteen, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads 32 bytes in the order of the digits; nothing else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PdqHash hash)
    {
        hash = default;
        if (bytes.Length != Bytes)
            return false;
        hash = new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes));
        return true;
    }

    /// <summary>Reads the Base64 of 32 bytes: 44 characters with the padding; nothing else, no white space either.</summary>
    public static bool TryParseBase64(ReadOnlySpan<char> text, out PdqHash hash)
    {
        hash = default;
        Span<byte> bytes = stackalloc byte[Bytes];
        // Base64 of 32 bytes leaves two bits over. Another text for the same bytes is refused by writing it again.
        return text.Length == 44 && Convert.TryFromBase64Chars(text, bytes, out int read) && TryRead(bytes[..read], out hash) && text.SequenceEqual(hash.ToBase64());
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, W3);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), W2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(16), W1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(24), W0);
        return bytes;
    }

    public string ToBase64() => Convert.ToBase64String(ToBytes());

    /// <summary>The 64 digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());
}
