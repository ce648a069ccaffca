using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Png;

/// <summary>A chunk: length (4), type (4), data (length), CRC (4) (PNG 3rd ed. §5.3).</summary>
/// <param name="Type">The four letters.</param>
/// <param name="Range">From the length to the CRC.</param>
internal sealed record PngChunk(string Type, ByteRange Range)
{
    /// <summary>The data alone.</summary>
    public ByteRange Data => new(Range.Offset + 8, Range.Length - 12);
}

/// <summary>Walks the chunks behind the signature; reads their headers only.</summary>
internal sealed class PngChunks(ReadWindow window, Limits limits)
{
    private long _position = 8;
    private int _count;

    /// <summary>The next chunk; null at the end of the asset.</summary>
    /// <exception cref="MalformedDataException">The type is not four letters, or the length is above 2^31-1 or reaches behind the end of the asset.</exception>
    public async ValueTask<PngChunk?> NextAsync()
    {
        long start = _position;
        if (start == window.Length)
            return null;
        if (_count++ >= limits.ContainerParts)
            throw new LimitExceededException("PNG", start, nameof(Limits.ContainerParts), limits.ContainerParts);
        var head = await window.AtAsync(start, 8).ConfigureAwait(false);
        var chunk = Read(head.Span, start, window.Length);
        _position = chunk.Range.End;
        return chunk;
    }

    private static PngChunk Read(ReadOnlySpan<byte> head, long start, long end)
    {
        var cursor = new ByteCursor(head, "PNG chunk", start);
        long length = cursor.ReadUInt32BigEndian();
        var letters = cursor.Take(4);
        foreach (byte letter in letters)
        {
            if (!char.IsAsciiLetter((char)letter))
                throw new MalformedDataException("PNG chunk", start, "the type is not four letters (§5.3)");
        }
        string type = Encoding.ASCII.GetString(letters);
        if (length > int.MaxValue)
            throw new MalformedDataException($"PNG {type}", start, "the length is limited to 2^31-1 (§5.3)");
        if (length + 12 > end - start)
            throw new MalformedDataException($"PNG {type}", start, $"{length + 12} bytes expected, the file ends after {end - start}");
        return new PngChunk(type, new ByteRange(start, length + 12));
    }
}
