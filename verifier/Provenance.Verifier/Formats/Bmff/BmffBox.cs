using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Bmff;

/// <summary>A box: size (4), type (4), where size is 1 a large size (8), then its content (ISO 14496-12 §4.2).</summary>
/// <param name="Type">The four characters, one for each byte.</param>
/// <param name="Start">Offset of the size.</param>
/// <param name="Length">Bytes of the whole box.</param>
/// <param name="HeaderLength">Bytes of size, type and large size.</param>
internal readonly record struct BmffBox(string Type, long Start, long Length, int HeaderLength)
{
    /// <summary>Offset of the first byte behind the box.</summary>
    public long End => Start + Length;

    /// <summary>The whole box.</summary>
    public ByteRange Range => new(Start, Length);

    /// <summary>What is behind the header; the type and flags of special boxes included.</summary>
    public ByteRange Content => ByteRange.FromTo(Start + HeaderLength, End);

    /// <summary>The type as text that may be shown.</summary>
    public string Name => Show(Type);

    /// <summary>A type as text that may be shown; other characters come as hexadecimal digits.</summary>
    public static string Show(string type)
    {
        foreach (char c in type)
        {
            if (c is < ' ' or > '~')
                return $"0x{(uint)type[0] << 24 | (uint)type[1] << 16 | (uint)type[2] << 8 | type[3]:X8}";
        }
        return type;
    }

    /// <summary>The four characters at the start of <paramref name="bytes"/>.</summary>
    public static string TypeOf(ReadOnlySpan<byte> bytes)
    {
        uint code = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return string.Create(4, code, (text, value) => (text[0], text[1], text[2], text[3]) =
            ((char)(value >> 24), (char)(value >> 16 & 0xFF), (char)(value >> 8 & 0xFF), (char)(value & 0xFF)));
    }
}
