using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Tiff;

/// <summary>Walks the main chain of directories, in either byte order, of TIFF 6.0 and BigTIFF; follows no other offset unless it is told to.</summary>
internal sealed class TiffDirectories(ReadWindow window, Limits limits)
{
    private readonly HashSet<long> _visited = [];
    private bool _isLittle, _isBig;
    private ulong _next;
    private long _parts;

    /// <summary>Bytes of the header: 8, or 16 in BigTIFF. Known after <see cref="StartAsync"/>.</summary>
    public int HeaderLength => _isBig ? 16 : 8;

    /// <summary>Whether the least byte of a number comes first. Known after <see cref="StartAsync"/>.</summary>
    public bool IsLittle => _isLittle;

    /// <summary>Whether the bytes are the start of a TIFF file.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> head) =>
        head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0\u0008\0\0\0"u8) || head.StartsWith("MM\0+\0\u0008\0\0"u8);

    /// <summary>Reads the header: byte order 2, version 2, in BigTIFF size of offsets 2 and 0 2, offset of the first directory.</summary>
    public async ValueTask StartAsync()
    {
        var head = await window.AtAsync(0, 16).ConfigureAwait(false);
        _isLittle = head.Span[0] == 'I';
        _isBig = head.Span[2] == '+' || head.Span[3] == '+';
        if (head.Length < HeaderLength)
            throw new MalformedDataException("TIFF header", 0, $"{HeaderLength} bytes expected, {head.Length} found");
        _next = ReadOffset(head.Span[(HeaderLength / 2)..]);
        if (_next == 0)
            throw new MalformedDataException("TIFF header", HeaderLength / 2, "there is no directory");
    }

    /// <summary>The next directory; null behind the last.</summary>
    /// <exception cref="MalformedDataException">It reaches behind the end of the asset, or is there already (attack I03).</exception>
    public async ValueTask<TiffDirectory?> NextAsync()
    {
        if (_next == 0)
            return null;
        int countLength = _isBig ? 8 : 2, entryLength = _isBig ? 20 : 12, nextLength = _isBig ? 8 : 4;
        if (_next > (ulong)window.Length || window.Length - (long)_next < countLength + nextLength)
            throw new MalformedDataException("TIFF directory", long.CreateSaturating(_next), $"the file ends at 0x{window.Length:X}");
        long start = (long)_next;
        if (!_visited.Add(start))
            throw new MalformedDataException("TIFF directory", start, "the chain of directories comes back to it");

        var counted = await window.AtAsync(start, countLength).ConfigureAwait(false);
        ulong count = _isBig ? ReadUInt64(counted.Span) : ReadUInt16(counted.Span);
        if (count > (ulong)((window.Length - start - countLength - nextLength) / entryLength))
            throw new MalformedDataException("TIFF directory", start, $"{count} entries expected, the file ends at 0x{window.Length:X}");
        _parts += 1 + (long)count;
        if (_parts > limits.ContainerParts)
            throw new LimitExceededException("TIFF directory", start, nameof(Limits.ContainerParts), limits.ContainerParts);

        var entries = new List<TiffEntry>((int)count);
        long at = start + countLength;
        for (ulong i = 0; i < count; i++, at += entryLength)
        {
            var entry = await window.AtAsync(at, entryLength).ConfigureAwait(false);
            entries.Add(ReadEntry(entry.Span, at));
        }
        var next = await window.AtAsync(at, nextLength).ConfigureAwait(false);
        _next = ReadOffset(next.Span);
        return new TiffDirectory(ByteRange.FromTo(start, at + nextLength), entries);
    }

    /// <summary>Goes on at a directory that a tag points to, outside of the main chain.</summary>
    /// <param name="pointer">The tag's value.</param>
    public async ValueTask<TiffDirectory?> AtAsync(ByteRange pointer)
    {
        int length = _isBig && pointer.Length == 8 ? 8 : 4;
        var bytes = await window.AtAsync(pointer.Offset, length).ConfigureAwait(false);
        if (pointer.Length != length || bytes.Length != length)
            throw new MalformedDataException("TIFF directory", pointer.Offset, "one offset expected");
        _next = length == 8 ? ReadUInt64(bytes.Span) : ReadUInt32(bytes.Span);
        return await NextAsync().ConfigureAwait(false);
    }

    private TiffEntry ReadEntry(ReadOnlySpan<byte> entry, long at)
    {
        ushort tag = ReadUInt16(entry), type = ReadUInt16(entry[2..]);
        int offsetLength = _isBig ? 8 : 4;
        ulong count = ReadOffset(entry[4..]);
        var countField = new ByteRange(at + 4, offsetLength);
        // Compare first, multiply after: a count may be anything up to 2^64 - 1.
        int size = TiffEntry.SizeOf(type);
        if (count > (ulong)(window.Length / size))
            return new TiffEntry(tag, type, countField, null);
        long length = (long)count * size;
        if (length <= offsetLength)
            return new TiffEntry(tag, type, countField, new ByteRange(at + 4 + offsetLength, length));
        ulong offset = ReadOffset(entry[(4 + offsetLength)..]);
        return new TiffEntry(tag, type, countField, offset > (ulong)(window.Length - length) ? null : new ByteRange((long)offset, length));
    }

    private ulong ReadOffset(ReadOnlySpan<byte> bytes) => _isBig ? ReadUInt64(bytes) : ReadUInt32(bytes);

    private ushort ReadUInt16(ReadOnlySpan<byte> bytes) => _isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private uint ReadUInt32(ReadOnlySpan<byte> bytes) => _isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private ulong ReadUInt64(ReadOnlySpan<byte> bytes) => _isLittle ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);
}
