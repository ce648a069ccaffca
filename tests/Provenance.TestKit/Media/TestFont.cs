using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>A TrueType font of two glyphs made here (ISO/IEC 14496-22), and its way to carry a store, or the URL of one, in a table C2PA (C2PA A.3.12).</summary>
public sealed record TestFont : TestAsset
{
    private const uint ChecksumTotal = 0xB1B0AFBA;

    public override string Format => "font";

    public override string MediaType => "font/ttf";

    public override string Extension => "ttf";

    /// <summary>A URL for the table C2PA, with a store or without.</summary>
    public string? Url { get; init; }

    /// <summary>The table's minor version.</summary>
    public ushort MinorVersion { get; init; } = 1;

    /// <summary>The tables of the file in another order than those of the directory, which are sorted.</summary>
    public bool IsOrderedForSpeed { get; init; }

    /// <summary>Changes the finished table C2PA.</summary>
    public Func<byte[], byte[]>? TableChange { get; init; }

    public static TestFont Small() => new();

    public override byte[] Bytes => Write(null).Bytes;

    public override Assertion Binding() => HardBinding.Boxes(oneByOne: true);

    public override Embedding Embed(byte[] store)
    {
        (byte[] bytes, Extent table, int offset) = Write(store);
        return new(this, bytes, table, [new(0, table.Start + offset, store.Length)]);
    }

    /// <summary>A coordinate of the second glyph.</summary>
    public override int MediaByte(byte[] file) => (int)Boxes(file).Single(box => box.Name == "glyf").Extent.Start + 20;

    /// <summary>The tables in the order of the directory.</summary>
    public override IReadOnlyList<NamedBox> Boxes(byte[] file)
    {
        List<NamedBox> boxes = [];
        for (int i = 0; i < BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(4)); i++)
        {
            ReadOnlySpan<byte> record = file.AsSpan(12 + 16 * i, 16);
            boxes.Add(new(Encoding.ASCII.GetString(record[..4]), new(BinaryPrimitives.ReadUInt32BigEndian(record[8..]), BinaryPrimitives.ReadUInt32BigEndian(record[12..]))));
        }
        return boxes;
    }

    /// <summary>What a box hash hashes: checkSumAdjustment counts as zero.</summary>
    public override byte[] Hashed(byte[] file, NamedBox first, NamedBox last)
    {
        byte[] copy = [.. file];
        long head = Boxes(file).Single(box => box.Name == "head").Extent.Start;
        copy.AsSpan((int)head + 8, 4).Clear();
        return base.Hashed(copy, first, last);
    }

    private (byte[] Bytes, Extent Table, int StoreOffset) Write(byte[]? store)
    {
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["OS/2"] = new Big().S(4, 500, 400, 5, 0, 600, 600, 0, 0, 600, 600, 0, 0, 50, 300, 0).Raw(new byte[10]).I(0, 0, 0, 0).Raw("TEST"u8).S(0x40, 32, 65, 800, -200, 0, 800, 200).I(0, 0).S(500, 700, 0, 32, 1).Bytes,
            ["cmap"] = new Big().S(0, 1, 3, 1).I(12).S(4, 32, 0, 4, 4, 1, 0, 65, -1, 0, 65, -1, -64, 1, 0, 0).Bytes,
            ["glyf"] = Glyph(),
            ["head"] = new Big().I(0x00010000, 0x00010000, 0, 0x5F0F3CF5).S(3, 1000).I(0, 0, 0, 0).S(0, 0, 500, 700, 0, 8, 2, 1, 0).Bytes,
            ["hhea"] = new Big().I(0x00010000).S(800, -200, 0, 500, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, 2).Bytes,
            ["hmtx"] = new Big().S(500, 0, 500, 0).Bytes,
            ["loca"] = new Big().I(0, 0, (uint)Glyph().Length).Bytes,
            ["maxp"] = new Big().I(0x00010000).S(2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0).Bytes,
            ["name"] = new Big().S(0, 2, 30, 3, 1, 0x409, 1, 16, 0, 3, 1, 0x409, 2, 14, 16).Raw(Encoding.BigEndianUnicode.GetBytes("Test fntRegular")).Bytes,
            ["post"] = new Big().I(0x00030000, 0).S(-100, 50).I(0, 0, 0, 0, 0).Bytes,
        };
        int storeOffset = 20 + (Url?.Length ?? 0);
        if (store is not null || Url is not null)
        {
            byte[] table = new Big().S(0, (short)MinorVersion).I(Url is null ? 0 : 20u).S((short)(Url?.Length ?? 0), 0).I(store is null ? 0 : (uint)storeOffset, (uint)(store?.Length ?? 0))
                .Raw(Encoding.ASCII.GetBytes(Url ?? "")).Raw(store ?? []).Bytes;
            // Padded inside, so that the file ends with the table wherever that stands.
            table = [.. table, .. new byte[(4 - table.Length % 4) % 4]];
            tables["C2PA"] = TableChange?.Invoke(table) ?? table;
        }
        return (Assemble(tables, out Extent extent), extent, storeOffset);
    }

    private byte[] Assemble(SortedDictionary<string, byte[]> tables, out Extent manifest)
    {
        var directory = new Big().I(0x00010000).S((short)tables.Count, 128, 3, (short)(tables.Count * 16 - 128));
        var body = new MemoryStream();
        int start = 12 + 16 * tables.Count;
        var offsets = new Dictionary<string, long>();
        foreach (string tag in IsOrderedForSpeed ? tables.Keys.Reverse() : tables.Keys)
        {
            offsets[tag] = start + body.Length;
            body.Write(tables[tag]);
            body.Write(new byte[(4 - tables[tag].Length % 4) % 4]);
        }
        foreach ((string tag, byte[] table) in tables)
            directory.Raw(Encoding.ASCII.GetBytes(tag)).I(Sum(table), (uint)offsets[tag], (uint)table.Length);
        byte[] file = [.. directory.Bytes, .. body.ToArray()];
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan((int)offsets["head"] + 8), unchecked(ChecksumTotal - Sum(file)));
        manifest = tables.TryGetValue("C2PA", out byte[]? found) ? new(offsets["C2PA"], found.Length) : default;
        return file;
    }

    // A box: one contour of four points, all on the curve, coordinates of two bytes.
    private static byte[] Glyph() => new Big().S(1, 0, 0, 500, 700, 3, 0).Raw([1, 1, 1, 1]).S(0, 500, 0, -500, 0, 0, 700, 0).Raw([0, 0]).Bytes;

    private static uint Sum(byte[] bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i++) sum = unchecked(sum + ((uint)bytes[i] << 8 * (3 - i % 4)));
        return sum;
    }

    /// <summary>Big-endian numbers in a row.</summary>
    private sealed class Big
    {
        private readonly List<byte> _bytes = [];

        public byte[] Bytes => [.. _bytes];

        public Big S(params short[] values)
        {
            foreach (short value in values) _bytes.AddRange([(byte)(value >> 8 & 0xFF), (byte)(value & 0xFF)]);
            return this;
        }

        public Big I(params uint[] values)
        {
            foreach (uint value in values) _bytes.AddRange([(byte)(value >> 24), (byte)(value >> 16 & 0xFF), (byte)(value >> 8 & 0xFF), (byte)(value & 0xFF)]);
            return this;
        }

        public Big Raw(ReadOnlySpan<byte> bytes)
        {
            _bytes.AddRange(bytes);
            return this;
        }
    }
}
