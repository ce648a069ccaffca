using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>Which directory holds the entry of the store.</summary>
public enum TiffPlace
{
    /// <summary>The last page's.</summary>
    LastPage,

    /// <summary>The first page's.</summary>
    FirstPage,

    /// <summary>A directory with nothing else in it, behind those of the pages.</summary>
    OwnDirectory,
}

/// <summary>
/// An uncompressed TIFF of one or more pages made here, and its way to carry a store as the value of tag 52545 (C2PA A.3.8). Pixels come
/// first, then long values, then the directories, then the store.
/// </summary>
public sealed record TestTiff : TestAsset
{
    private const ushort Byte = 1, Ascii = 2, Short = 3, Long = 4, Rational = 5, Undefined = 7, SignedRational = 10, Long8 = 16;

    private readonly TestPicture _picture;

    private TestTiff(TestPicture picture) => _picture = picture;

    public override string Format => "TIFF";

    public override string MediaType => IsDng ? "image/x-adobe-dng" : "image/tiff";

    public override string Extension => IsDng ? "dng" : "tif";

    public bool BigEndian { get; init; }

    /// <summary>Offsets and counts of 64 bits.</summary>
    public bool IsBig { get; init; }

    /// <summary>Linear raw data with what a raw converter asks for.</summary>
    public bool IsDng { get; init; }

    public int Pages { get; init; } = 1;

    public TiffPlace Place { get; init; }

    /// <summary>The type of the store's entry.</summary>
    public ushort StoreType { get; init; } = Undefined;

    /// <summary>The count in the store's entry leaves the hash too, as newer writers do.</summary>
    public bool ExcludesCount { get; init; }

    /// <summary>Further entries of the first page.</summary>
    public IReadOnlyList<(ushort Tag, ushort Type, byte[] Value)> Entries { get; init; } = [];

    public byte[] Trailing { get; init; } = [];

    public static TestTiff Of(TestPicture picture) => new(picture);

    /// <summary>64×64 pixels of gradient.</summary>
    public static TestTiff Small() => Of(TestPicture.Gradient());

    public TestTiff WithXmp(string? packet = null) => WithEntry(700, Byte, Encoding.UTF8.GetBytes(packet ?? TestMetadata.Xmp()));

    public TestTiff WithIptc() => WithEntry(33723, Undefined, [0x1C, 2, 0, 0, 2, 0, 4, 0x1C, 2, 120, 0, 3, .. "cap"u8]);

    public TestTiff WithEntry(ushort tag, ushort type, byte[] value) => this with { Entries = [.. Entries, (tag, type, value)] };

    public override byte[] Bytes => Write(null).Bytes;

    public override Embedding Embed(byte[] store)
    {
        (byte[] bytes, Extent extent, _) = Write(store);
        return new(this, bytes, extent, [new(0, extent.Start, store.Length)]);
    }

    /// <summary>Where the count of the store's entry stands, with a store of this length.</summary>
    public Extent CountField(int storeLength) => Write(new byte[storeLength]).Count;

    public override Assertion Binding() =>
        ExcludesCount ? HardBinding.Data("c2pa.hash.data", c => [.. new[] { CountField((int)c.Asset.Extent.Length), c.Asset.Extent }.OrderBy(range => range.Start)]) : base.Binding();

    /// <summary>Pixels start right behind the header.</summary>
    public override int MediaByte(byte[] file) => 16 + _picture.Rgb.Length / 2;

    public override IReadOnlyList<long> Edges(byte[] file) => [8, 16, 16 + _picture.Rgb.Length, file.Length - Trailing.Length];

    private sealed record Entry(ushort Tag, ushort Type, ulong Count, byte[] Value);

    private (byte[] Bytes, Extent Extent, Extent Count) Write(byte[]? store)
    {
        var output = new MemoryStream();
        int offsetSize = IsBig ? 8 : 4, entrySize = IsBig ? 20 : 12, headSize = IsBig ? 8 : 2;
        output.Write(BigEndian ? "MM"u8 : "II"u8);
        output.Write(IsBig ? [.. U16(43), .. U16(8), .. U16(0), .. new byte[8]] : [.. U16(42), .. new byte[4]]);

        List<List<Entry>> directories = [];
        for (int page = 0; page < Pages; page++)
        {
            long pixels = output.Length;
            output.Write(_picture.Rgb);
            directories.Add(Page(page, pixels));
        }
        Entry stored = new(0xCD41, StoreType, (ulong)(store?.Length ?? 0), []);
        if (store is not null && Place == TiffPlace.OwnDirectory) directories.Add([stored]);
        else if (store is not null) directories[Place == TiffPlace.FirstPage ? 0 : ^1].Add(stored);

        // Long values; of the store only the place is kept free.
        var offsets = new Dictionary<Entry, long>(ReferenceEqualityComparer.Instance);
        foreach (Entry entry in directories.SelectMany(d => d))
        {
            if (entry.Value.Length <= offsetSize) continue;
            if (output.Length % 2 == 1) output.WriteByte(0);
            offsets[entry] = output.Length;
            output.Write(entry.Value);
        }
        if (output.Length % 2 == 1) output.WriteByte(0);
        long at = output.Length, end = at + directories.Sum(d => (long)headSize + d.Count * entrySize + offsetSize);
        Extent count = default;
        offsets[stored] = end;
        output.Position = IsBig ? 8 : 4;
        output.Write(Offset(at));
        output.Position = at;
        for (int i = 0; i < directories.Count; i++)
        {
            List<Entry> entries = [.. directories[i].OrderBy(e => e.Tag)];
            output.Write(IsBig ? U64((ulong)entries.Count) : U16(entries.Count));
            foreach (Entry entry in entries)
            {
                if (ReferenceEquals(entry, stored)) count = new(output.Position + 4, offsetSize);
                output.Write([.. U16(entry.Tag), .. U16(entry.Type), .. Offset((long)entry.Count)]);
                byte[] value = offsets.TryGetValue(entry, out long offset) ? Offset(offset) : entry.Value;
                output.Write([.. value, .. new byte[offsetSize - value.Length]]);
            }
            output.Write(Offset(i + 1 < directories.Count ? output.Position + offsetSize : 0));
        }
        if (output.Position != end) throw new InvalidOperationException("the directories are not where they were promised to be");
        output.Write(store ?? []);
        output.Write(Trailing);
        return (output.ToArray(), new(end, store?.Length ?? 0), count);
    }

    // TIFF 6.0 §6: the fields of an RGB picture in one strip.
    private List<Entry> Page(int page, long pixels)
    {
        List<Entry> entries =
        [
            new(254, Long, 1, U32(Pages > 1 ? 2u : 0)),
            new(256, Long, 1, U32((uint)_picture.Width)),
            new(257, Long, 1, U32((uint)_picture.Height)),
            new(258, Short, 3, [.. U16(8), .. U16(8), .. U16(8)]),
            new(259, Short, 1, U16(1)),
            new(262, Short, 1, U16(IsDng ? 34892 : 2)),
            new(273, IsBig ? Long8 : Long, 1, Offset(pixels)),
            new(277, Short, 1, U16(3)),
            new(278, Long, 1, U32((uint)_picture.Height)),
            new(279, Long, 1, U32((uint)_picture.Rgb.Length)),
            new(282, Rational, 1, [.. U32(72), .. U32(1)]),
            new(283, Rational, 1, [.. U32(72), .. U32(1)]),
            new(284, Short, 1, U16(1)),
            new(296, Short, 1, U16(2)),
        ];
        if (page > 0) return entries;
        foreach ((ushort tag, ushort type, byte[] value) in Entries)
            entries.Add(new(tag, type, (ulong)(value.Length / (type switch { Short => 2, Long => 4, Rational or Long8 => 8, _ => 1 })), value));
        if (!IsDng) return entries;
        // DNG 1.4: version, a camera, and how its colours turn into XYZ.
        entries.Add(new(50706, Byte, 4, [1, 4, 0, 0]));
        entries.Add(new(50707, Byte, 4, [1, 1, 0, 0]));
        entries.Add(new(50708, Ascii, 20, "Example EX-1 Camera\0"u8.ToArray()));
        entries.Add(new(50721, SignedRational, 9, [.. Enumerable.Range(0, 9).SelectMany(i => (byte[])[.. U32(i % 4 == 0 ? 1u : 0), .. U32(1)])]));
        entries.Add(new(50728, Rational, 3, [.. Enumerable.Range(0, 3).SelectMany(_ => (byte[])[.. U32(1), .. U32(1)])]));
        entries.Add(new(50778, Short, 1, U16(21)));
        return entries;
    }

    private byte[] Offset(long value) => IsBig ? U64((ulong)value) : U32((uint)value);

    private byte[] U16(int value) => Ordered(b => BinaryPrimitives.WriteUInt16BigEndian(b, (ushort)value), 2);

    private byte[] U32(uint value) => Ordered(b => BinaryPrimitives.WriteUInt32BigEndian(b, value), 4);

    private byte[] U64(ulong value) => Ordered(b => BinaryPrimitives.WriteUInt64BigEndian(b, value), 8);

    private byte[] Ordered(Action<byte[]> writeBigEndian, int length)
    {
        byte[] bytes = new byte[length];
        writeBigEndian(bytes);
        if (!BigEndian) Array.Reverse(bytes);
        return bytes;
    }
}
