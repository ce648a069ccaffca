using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Riff;

/// <summary>Walks the chunks of the first RIFF chunk; reads their headers only, and does not go into lists.</summary>
internal sealed class RiffChunks(ReadWindow window, Limits limits)
{
    /// <summary>Bytes of "RIFF", its size and the form type.</summary>
    public const int HeaderLength = 12;

    private long _position = HeaderLength;
    private int _count;

    /// <summary>Where the RIFF chunk says it ends; may lie behind the end of the asset, or inside a chunk. Known after <see cref="StartAsync"/>.</summary>
    public long DeclaredEnd { get; private set; }

    /// <summary>Offset of the next byte to be walked.</summary>
    public long Position => _position;

    /// <summary>Reads the RIFF chunk's own header.</summary>
    /// <exception cref="MalformedDataException">The asset is shorter than that.</exception>
    public async ValueTask StartAsync()
    {
        var head = await window.AtAsync(0, HeaderLength).ConfigureAwait(false);
        DeclaredEnd = ReadSize(head.Span) + 8;

        static long ReadSize(ReadOnlySpan<byte> head)
        {
            var cursor = new ByteCursor(head, "RIFF");
            cursor.Skip(4);
            long size = cursor.ReadUInt32LittleEndian();
            cursor.Skip(4);
            return size;
        }
    }

    /// <summary>The next chunk; null at the end of the RIFF chunk or of the asset.</summary>
    /// <exception cref="MalformedDataException">A chunk reaches behind the end of the asset.</exception>
    public async ValueTask<RiffChunk?> NextAsync()
    {
        long start = _position;
        if (start >= Math.Min(DeclaredEnd, window.Length))
            return null;
        if (_count++ >= limits.ContainerParts)
            throw new LimitExceededException("RIFF", start, nameof(Limits.ContainerParts), limits.ContainerParts);
        var head = await window.AtAsync(start, 8).ConfigureAwait(false);
        var chunk = Read(head.Span, start, window.Length);
        _position = chunk.Range.End;
        return chunk;
    }

    private static RiffChunk Read(ReadOnlySpan<byte> head, long start, long end)
    {
        var cursor = new ByteCursor(head, "RIFF chunk", start);
        string id = Name(cursor.Take(4));
        long size = cursor.ReadUInt32LittleEndian();
        if (size + 8 > end - start)
            throw new MalformedDataException($"RIFF {id}", start, $"{size + 8} bytes expected, the file ends after {end - start}");
        // The last chunk's pad byte is often forgotten; its absence moves nothing.
        long padded = Math.Min(8 + size + (size & 1), end - start);
        return new RiffChunk(id, size, new ByteRange(start, padded));
    }

    /// <summary>A four-character code as text that may be shown.</summary>
    public static string Name(ReadOnlySpan<byte> id) =>
        id.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? "0x" + Convert.ToHexString(id) : Encoding.ASCII.GetString(id);
}
