using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Riff;

/// <summary>Walks the chunks of a RIFF chunk and of those behind it that go on with it; reads their headers only, and does not go into lists.</summary>
internal sealed class RiffChunks(ReadWindow window, Limits limits)
{
    /// <summary>Bytes of "RIFF", its size and the form type.</summary>
    public const int HeaderLength = 12;

    private long _position;
    private int _count;
    private RiffSizes? _sizes;

    /// <summary>Where the RIFF chunk says it ends; may lie behind the end of the asset, or inside a chunk. Known after <see cref="StartAsync"/>.</summary>
    public long DeclaredEnd { get; private set; }

    /// <summary>Where the RIFF chunk's size is written.</summary>
    public ByteRange LengthField { get; private set; } = new(4, 4);

    /// <summary>Offset of the next byte to be walked.</summary>
    public long Position => _position;

    /// <summary>Reads the header of the first RIFF chunk, and the sizes that a file beyond 4 GiB keeps elsewhere.</summary>
    /// <exception cref="MalformedDataException">The asset is shorter than that, or the sizes are missing.</exception>
    public async ValueTask StartAsync()
    {
        var (id, size) = ReadHeader((await window.AtAsync(0, HeaderLength).ConfigureAwait(false)).Span, 0);
        _position = HeaderLength;
        DeclaredEnd = 8 + size;
        if (id == "RIFF")
            return;
        _sizes = await RiffSizes.ReadAsync(window, limits).ConfigureAwait(false);
        if (size == RiffSizes.Placeholder)
            (DeclaredEnd, LengthField) = (8 + _sizes.Riff, RiffSizes.RiffField);
    }

    /// <summary>Goes into the RIFF chunk of this form type right behind the one walked; false where there is none.</summary>
    public async ValueTask<bool> GoOnAsync(string formType)
    {
        long start = _position;
        if (window.Length - start < HeaderLength)
            return false;
        var head = await window.AtAsync(start, HeaderLength).ConfigureAwait(false);
        var (id, size) = ReadHeader(head.Span, start);
        if (id != "RIFF" || Name(head.Span[8..]) != formType)
            return false;
        Count();
        _position = start + HeaderLength;
        DeclaredEnd = start + 8 + size;
        return true;
    }

    /// <summary>The next chunk; null at the end of the RIFF chunk or of the asset.</summary>
    /// <exception cref="MalformedDataException">A chunk reaches behind the end of the asset.</exception>
    public async ValueTask<RiffChunk?> NextAsync()
    {
        long start = _position;
        if (start >= Math.Min(DeclaredEnd, window.Length))
            return null;
        Count();
        var head = await window.AtAsync(start, 8).ConfigureAwait(false);
        var chunk = Read(head.Span, start, window.Length);
        _position = chunk.Range.End;
        return chunk;
    }

    /// <summary>The type of a list, told by the four bytes before its content; the chunk's own name for all other chunks.</summary>
    public async ValueTask<string> BoxNameAsync(RiffChunk chunk) =>
        chunk is { Id: "LIST", Size: >= 4 } ? Name((await window.AtAsync(chunk.Data.Offset, 4).ConfigureAwait(false)).Span) : chunk.Id;

    private void Count()
    {
        if (_count++ >= limits.ContainerParts)
            throw new LimitExceededException("RIFF", _position, nameof(Limits.ContainerParts), limits.ContainerParts);
    }

    private static (string Id, long Size) ReadHeader(ReadOnlySpan<byte> head, long start)
    {
        var cursor = new ByteCursor(head, "RIFF", start);
        string id = Name(cursor.Take(4));
        long size = cursor.ReadUInt32LittleEndian();
        cursor.Skip(4);
        return (id, size);
    }

    private RiffChunk Read(ReadOnlySpan<byte> head, long start, long end)
    {
        var cursor = new ByteCursor(head, "RIFF chunk", start);
        string id = Name(cursor.Take(4));
        long size = cursor.ReadUInt32LittleEndian();
        if (_sizes is not null && size == RiffSizes.Placeholder)
            size = _sizes.Of(id);
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
