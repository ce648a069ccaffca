using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Onnx;

/// <summary>How a field of a protocol buffer is written.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    LengthDelimited = 2,
    Fixed32 = 5,
}

/// <summary>One field of a protocol buffers message.</summary>
/// <param name="Number">The field's number.</param>
/// <param name="Type">How it is written.</param>
/// <param name="Content">Where its value lies, without key and length.</param>
internal readonly record struct ProtobufField(long Number, WireType Type, ByteRange Content)
{
    /// <summary>Bytes of a key and a length: a varint of 32 bits and one of 64.</summary>
    private const int LongestHeader = 15;

    /// <summary>The field at <paramref name="offset"/> of a message that ends at <paramref name="end"/>.</summary>
    /// <exception cref="MalformedDataException">It is none, or reaches beyond the message.</exception>
    public static async ValueTask<ProtobufField> ReadAsync(ReadWindow window, long offset, long end)
    {
        var header = await window.AtAsync(offset, (int)Math.Min(LongestHeader, end - offset)).ConfigureAwait(false);
        var field = Read(header.Span, offset);
        return field.Content.Length <= end - field.Content.Offset
            ? field
            : throw new MalformedDataException("ONNX field", offset, $"{field.Content.Length} bytes declared, {end - field.Content.Offset} left");
    }

    /// <summary>The field whose first bytes are given; its content may reach beyond them.</summary>
    /// <exception cref="MalformedDataException">It is none.</exception>
    public static ProtobufField Read(ReadOnlySpan<byte> bytes, long offset)
    {
        var cursor = new ByteCursor(bytes, "ONNX field", offset);
        ulong key = ReadVarint(ref cursor);
        long number = (long)(key >> 3);
        if (number is 0 or > int.MaxValue / 4)
            throw cursor.Malformed("a field's number has 29 bits and is not 0");
        long start = cursor.Offset;
        switch ((WireType)(key & 7))
        {
            case WireType.Varint:
                ReadVarint(ref cursor);
                return new(number, WireType.Varint, ByteRange.FromTo(start, cursor.Offset));
            case WireType.Fixed64:
                return new(number, WireType.Fixed64, new(start, 8));
            case WireType.Fixed32:
                return new(number, WireType.Fixed32, new(start, 4));
            case WireType.LengthDelimited:
                ulong length = ReadVarint(ref cursor);
                return length <= int.MaxValue ? new(number, WireType.LengthDelimited, new(cursor.Offset, (long)length)) : throw cursor.Malformed("a field has 2 GiB at most");
            default:
                throw cursor.Malformed("groups are not used");
        }
    }

    private static ulong ReadVarint(ref ByteCursor cursor)
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = cursor.ReadByte();
            if (shift == 63 && next > 1)
                break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw cursor.Malformed("a number has 64 bits");
    }
}
