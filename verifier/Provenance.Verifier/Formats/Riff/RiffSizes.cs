using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Riff;

/// <summary>
/// The sizes of a file beyond 4 GiB (EBU Tech 3306, ITU-R BS.2088): the form is called RF64 or BW64, its first chunk is
/// <code>"ds64" | size 4 | RIFF size 8 | data size 8 | samples 8 | entries 4 | (id 4 | size 8) …</code>
/// and a 32-bit size of FFFFFFFF stands for the one given there; any other 32-bit size counts as it is.
/// </summary>
internal sealed class RiffSizes
{
    /// <summary>The 32-bit size that stands for one in ds64.</summary>
    public const uint Placeholder = uint.MaxValue;

    private const string Structure = "RF64 ds64";

    private const int HeadLength = 8, FixedLength = 28, EntryLength = 12;

    private readonly Dictionary<string, Queue<long>> _others = [];
    private readonly long _data;

    private RiffSizes(long riff, long data) => (Riff, _data) = (riff, data);

    /// <summary>Size of the form, without the 8 bytes before it.</summary>
    public long Riff { get; }

    /// <summary>Where <see cref="Riff"/> is written.</summary>
    public static ByteRange RiffField { get; } = new(RiffChunks.HeaderLength + HeadLength, 8);

    /// <summary>Reads ds64, which is the first chunk.</summary>
    /// <exception cref="MalformedDataException">Another chunk is the first, or it is shorter than its fields.</exception>
    public static async ValueTask<RiffSizes> ReadAsync(ReadWindow window, Limits limits)
    {
        var head = await window.AtAsync(RiffChunks.HeaderLength, HeadLength + FixedLength).ConfigureAwait(false);
        var (sizes, count) = ReadFixed(head.Span, limits);
        long at = RiffChunks.HeaderLength + HeadLength + FixedLength;
        for (long entry = 0; entry < count; entry++, at += EntryLength)
            sizes.AddEntry((await window.AtAsync(at, EntryLength).ConfigureAwait(false)).Span, at);
        return sizes;
    }

    private static (RiffSizes Sizes, long Entries) ReadFixed(ReadOnlySpan<byte> head, Limits limits)
    {
        var cursor = new ByteCursor(head, Structure, RiffChunks.HeaderLength);
        if (!cursor.Take(4).SequenceEqual("ds64"u8))
            throw new MalformedDataException(Structure, RiffChunks.HeaderLength, "the first chunk of RF64 is ds64 (EBU Tech 3306 §3)");
        long size = cursor.ReadUInt32LittleEndian();
        long riff = ReadSize(ref cursor), data = ReadSize(ref cursor);
        cursor.Skip(8); // number of samples
        long entries = cursor.ReadUInt32LittleEndian();
        if (size < FixedLength + (entries * EntryLength))
            throw new MalformedDataException(Structure, RiffChunks.HeaderLength, $"{entries} entries do not fit into {size} bytes");
        if (entries > limits.ContainerParts)
            throw new LimitExceededException(Structure, RiffChunks.HeaderLength, nameof(Limits.ContainerParts), limits.ContainerParts);
        return (new RiffSizes(riff, data), entries);
    }

    private void AddEntry(ReadOnlySpan<byte> entry, long offset)
    {
        var cursor = new ByteCursor(entry, Structure, offset);
        string id = RiffChunks.Name(cursor.Take(4));
        long size = ReadSize(ref cursor);
        if (!_others.TryGetValue(id, out var sizes))
            _others.Add(id, sizes = new());
        sizes.Enqueue(size);
    }

    /// <summary>The size of the next chunk of that name whose own size is <see cref="Placeholder"/>.</summary>
    public long Of(string id) => id == "data" ? _data : _others.TryGetValue(id, out var sizes) && sizes.TryDequeue(out long size) ? size : Placeholder;

    private static long ReadSize(ref ByteCursor cursor)
    {
        long low = cursor.ReadUInt32LittleEndian(), high = cursor.ReadUInt32LittleEndian();
        // No file is longer; what follows may add a header to a size and an offset to both.
        if (high >= 1 << 30)
            throw cursor.Malformed("a size is above 2^62");
        return (high << 32) + low;
    }
}
