using System.Buffers.Binary;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Formats.Tiff;

namespace Provenance.Metadata;

/// <summary>
/// The tags of EXIF that are read, cut out of a block or a whole TIFF file and laid into a small structure of their own:
/// <code>
/// header | main directory | camera directory | position directory | values
/// </code>
/// So a general parser meets no loop, no value twice, no maker note and no more than <see cref="MetadataLimits.BlockBytes"/>, however the
/// file was made.
/// </summary>
internal sealed class ExifCut
{
    private readonly ReadWindow _window;
    private readonly TiffDirectories _directories;
    private readonly List<ByteRange> _ranges = [];
    private long _length;

    private ExifCut(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        _window = new ReadWindow(source, cancellation);
        _directories = new TiffDirectories(_window, limits);
    }

    /// <summary>A value that is taken along.</summary>
    private sealed record Value(ushort Tag, ushort Type, uint Count, byte[] Bytes);

    /// <summary>Whether nothing that is read stands in it.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Why a directory that the first one points to was left out; null where none was.</summary>
    public MalformedDataException? Fault { get; private set; }

    /// <summary>Where the structures and values that were taken stand in the source.</summary>
    public IReadOnlyList<ByteRange> Ranges => _ranges;

    /// <summary>The structure made of them.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>Cuts the tags out of a TIFF structure.</summary>
    /// <exception cref="LimitExceededException">The values are longer than a block may be.</exception>
    /// <exception cref="MalformedDataException">It is none, or its first directory cannot be read.</exception>
    public static async ValueTask<ExifCut> FromAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var cut = new ExifCut(source, limits, cancellation);
        var head = await cut._window.AtAsync(0, 8).ConfigureAwait(false);
        if (!TiffDirectories.IsHeader(head.Span))
            throw new MalformedDataException("EXIF", 0, "no TIFF header (CIPA DC-008 §4.5.2)");
        await cut._directories.StartAsync().ConfigureAwait(false);
        cut._ranges.Add(new ByteRange(0, cut._directories.HeaderLength));
        await cut.ReadAsync().ConfigureAwait(false);
        return cut;
    }

    private async ValueTask ReadAsync()
    {
        var main = (await _directories.NextAsync().ConfigureAwait(false))!;
        var values = await TakeAsync(ExifDirectory.Main, main).ConfigureAwait(false);
        var camera = await BehindAsync(main, ExifTag.CameraPointer, ExifDirectory.Camera).ConfigureAwait(false);
        var position = await BehindAsync(main, ExifTag.PositionPointer, ExifDirectory.Position).ConfigureAwait(false);
        IsEmpty = values.Count + camera.Count + position.Count == 0;
        Bytes = Lay(values, camera, position);
    }

    private async ValueTask<List<Value>> BehindAsync(TiffDirectory main, ushort pointer, ExifDirectory kind)
    {
        try
        {
            return main.Entries.FirstOrDefault(entry => entry.Tag == pointer) is { Value: { } at } && await _directories.AtAsync(at).ConfigureAwait(false) is { } directory
                ? await TakeAsync(kind, directory).ConfigureAwait(false)
                : [];
        }
        // A directory that is broken hides nothing of the others.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            Fault ??= e;
            return [];
        }
    }

    private async ValueTask<List<Value>> TakeAsync(ExifDirectory kind, TiffDirectory directory)
    {
        _ranges.Add(directory.Range);
        var values = new List<Value>();
        foreach (var entry in directory.Entries)
        {
            // Of a tag that stands there twice the first counts, as with most readers.
            if (ExifTag.Find(kind, entry.Tag) is null || entry.Type is < 1 or > 12 || entry.Value is not { Length: > 0 } range || values.Exists(value => value.Tag == entry.Tag))
                continue;
            _length += range.Length;
            if (_length > MetadataLimits.BlockBytes)
                throw new LimitExceededException("EXIF", range.Offset, nameof(MetadataLimits.BlockBytes), MetadataLimits.BlockBytes);
            byte[] bytes = new byte[range.Length];
            for (int at = 0; at < bytes.Length;)
            {
                var part = await _window.AtAsync(range.Offset + at, Math.Min(ReadWindow.Size, bytes.Length - at)).ConfigureAwait(false);
                part.CopyTo(bytes.AsMemory(at));
                at += part.Length;
            }
            _ranges.Add(range);
            values.Add(new(entry.Tag, entry.Type, (uint)(range.Length / TiffEntry.SizeOf(entry.Type)), bytes));
        }
        return values;
    }

    private byte[] Lay(List<Value> main, List<Value> camera, List<Value> position)
    {
        const int header = 8;
        int pointers = (camera.Count > 0 ? 1 : 0) + (position.Count > 0 ? 1 : 0);
        int cameraAt = header + LengthOf(main.Count + pointers), positionAt = cameraAt + LengthOf(camera.Count), values = positionAt + LengthOf(position.Count);
        if (camera.Count > 0)
            main.Add(Pointer(ExifTag.CameraPointer, cameraAt));
        if (position.Count > 0)
            main.Add(Pointer(ExifTag.PositionPointer, positionAt));
        using var structure = new MemoryStream();
        structure.Write(_directories.IsLittle ? "II*\0"u8 : "MM\0*"u8);
        structure.Write(UInt32(header));
        using var behind = new MemoryStream();
        foreach (var directory in new[] { main, camera, position })
        {
            directory.Sort((one, other) => one.Tag.CompareTo(other.Tag));
            structure.Write(UInt16((ushort)directory.Count));
            foreach (var value in directory)
            {
                structure.Write(UInt16(value.Tag));
                structure.Write(UInt16(value.Type));
                structure.Write(UInt32(value.Count));
                if (value.Bytes.Length <= 4)
                {
                    structure.Write(value.Bytes);
                    structure.Write(new byte[4 - value.Bytes.Length]);
                }
                else
                {
                    structure.Write(UInt32((uint)(values + behind.Length)));
                    behind.Write(value.Bytes);
                }
            }
            structure.Write(UInt32(0)); // no next directory
        }
        behind.WriteTo(structure);
        return structure.ToArray();
    }

    private static int LengthOf(int entries) => 2 + 12 * entries + 4;

    private Value Pointer(ushort tag, int at) => new(tag, 4, 1, UInt32((uint)at));

    private byte[] UInt16(ushort value)
    {
        byte[] bytes = new byte[2];
        if (_directories.IsLittle)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }

    private byte[] UInt32(uint value)
    {
        byte[] bytes = new byte[4];
        if (_directories.IsLittle)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
