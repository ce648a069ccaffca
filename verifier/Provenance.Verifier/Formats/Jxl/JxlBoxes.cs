using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Jxl;

/// <summary>A box of the top level: size 4, type 4, size 8 where the first is 1, content.</summary>
/// <param name="Type">The four characters; other bytes come as hexadecimal digits.</param>
/// <param name="Range">From the size to the last byte.</param>
/// <param name="HeaderLength">8 or 16.</param>
internal sealed record JxlBox(string Type, ByteRange Range, int HeaderLength)
{
    /// <summary>What the box holds.</summary>
    public ByteRange Content => ByteRange.FromTo(Range.Offset + HeaderLength, Range.End);
}

/// <summary>Walks the boxes of the top level (ISO/IEC 18181-2 §4); reads their headers only.</summary>
internal sealed class JxlBoxes(ReadWindow window, Limits limits)
{
    private long _position;
    private int _count;

    /// <summary>The next box; null at the end of the asset.</summary>
    /// <exception cref="MalformedDataException">A size is less than its header or reaches behind the end of the asset.</exception>
    public async ValueTask<JxlBox?> NextAsync()
    {
        long start = _position;
        if (start == window.Length)
            return null;
        if (_count++ >= limits.ContainerParts)
            throw new LimitExceededException("JPEG XL", start, nameof(Limits.ContainerParts), limits.ContainerParts);
        var head = await window.AtAsync(start, 16).ConfigureAwait(false);
        var box = Read(head.Span, start, window.Length);
        _position = box.Range.End;
        return box;
    }

    private static JxlBox Read(ReadOnlySpan<byte> head, long start, long end)
    {
        var cursor = new ByteCursor(head, "JPEG XL box", start);
        ulong size = cursor.ReadUInt32BigEndian();
        string type = Name(cursor.Take(4));
        if (size == 1)
            size = cursor.ReadUInt64BigEndian();
        else if (size == 0) // to the end of the file
            size = (ulong)(end - start);
        if (size < (ulong)cursor.Position)
            throw new MalformedDataException($"JPEG XL {type}", start, $"a size of {size} is less than the box's own header");
        if (size > (ulong)(end - start))
            throw new MalformedDataException($"JPEG XL {type}", start, $"{size} bytes expected, the file ends after {end - start}");
        return new JxlBox(type, new ByteRange(start, (long)size), cursor.Position);
    }

    /// <summary>A type as text that may be shown.</summary>
    public static string Name(ReadOnlySpan<byte> type) =>
        type.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? "0x" + Convert.ToHexString(type) : Encoding.ASCII.GetString(type);
}
