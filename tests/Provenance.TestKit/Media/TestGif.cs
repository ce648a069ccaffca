using System.Text;

namespace Provenance.TestKit;

/// <summary>
/// A GIF of 256 fixed colours made here, and its way to carry a store in an application extension <c>C2PA_GIF</c> (C2PA A.3.10). The
/// pictures are coded without compression: the code table is cleared before it grows.
/// </summary>
public sealed record TestGif : TestAsset
{
    private readonly TestPicture _picture;

    private TestGif(TestPicture picture) => _picture = picture;

    public override string Format => "GIF";

    public override string MediaType => "image/gif";

    public override string Extension => "gif";

    /// <summary>The last three letters of the header: 89a or 87a.</summary>
    public string Version { get; init; } = "89a";

    /// <summary>Whole blocks before the first picture, before the store.</summary>
    public IReadOnlyList<byte[]> Blocks { get; init; } = [];

    /// <summary>How often the picture is there; two or more make a film.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>Colours stand with each picture instead of once for all.</summary>
    public bool LocalColours { get; init; }

    /// <summary>The store stands behind the pictures.</summary>
    public bool StoreLast { get; init; }

    /// <summary>What stands between the identifier and the sub-blocks.</summary>
    public byte[] StoreVersion { get; init; } = [1, 0, 0];

    /// <summary>Bytes of the store in one sub-block.</summary>
    public int SubBlock { get; init; } = 255;

    public byte[] Trailing { get; init; } = [];

    public static TestGif Of(TestPicture picture) => new(picture);

    /// <summary>64×64 pixels of gradient.</summary>
    public static TestGif Small() => Of(TestPicture.Gradient());

    public TestGif WithComment(string text) => WithBlock([0x21, 0xFE, .. SubBlocks(Encoding.ASCII.GetBytes(text))]);

    /// <summary>The packet as it is, and a trailer that leads every wrong length to the end; or cut into sub-blocks, as one writer does.</summary>
    public TestGif WithXmp(string? packet = null, bool inSubBlocks = false)
    {
        byte[] trailer = [1, .. Enumerable.Range(0, 256).Select(i => (byte)(255 - i))];
        byte[] data = [.. Encoding.UTF8.GetBytes(packet ?? TestMetadata.Xmp()), .. trailer];
        return WithBlock([0x21, 0xFF, 0x0B, .. "XMP DataXMP"u8, .. inSubBlocks ? SubBlocks(data) : [.. data, 0]]);
    }

    public TestGif WithBlock(byte[] block) => this with { Blocks = [.. Blocks, block] };

    public override byte[] Bytes => Write(null).Bytes;

    public override Embedding Embed(byte[] store)
    {
        (byte[] bytes, Extent extent) = Write(store);
        var pieces = new List<StorePiece>();
        for (int at = 0; at < store.Length; at += SubBlock)
            pieces.Add(new(at, extent.Start + 14 + at / SubBlock * (SubBlock + 1) + 1, Math.Min(SubBlock, store.Length - at)));
        return new(this, bytes, extent, pieces);
    }

    protected override IReadOnlyList<string> MediaBoxes => ["TBID"];

    public override byte[] Filler(int length, ReadOnlySpan<byte> payload)
    {
        // 21 FE, sub-blocks, 00; the last sub-block may be short, none may be empty.
        byte[] block = new byte[length];
        (block[0], block[1]) = (0x21, 0xFE);
        byte[] data = payload.ToArray();
        for (int at = 2, used = 0; at < length - 1;)
        {
            int left = length - 1 - at, size = Math.Min(255, left - 1);
            if (left - 1 - size == 1) size--;
            block[at] = (byte)size;
            int take = Math.Min(size, data.Length - used);
            data.AsSpan(used, take).CopyTo(block.AsSpan(at + 1));
            used += take;
            at += 1 + size;
        }
        return block;
    }

    // GIF89a: header 6; screen descriptor 7; blocks, each by its first byte; packed fields tell of a colour table.
    public override IReadOnlyList<NamedBox> Boxes(byte[] file)
    {
        List<NamedBox> boxes = [];
        int at = 0;
        void Box(string name, int end)
        {
            boxes.Add(new(name, new(at, end - at)));
            at = end;
        }
        int Table(byte packed) => packed < 0x80 ? 0 : 3 * (2 << packed % 8);
        int EndOfSubBlocks(int from)
        {
            while (file[from] != 0) from += 1 + file[from];
            return from + 1;
        }
        Box("GIF89a", 6);
        Box("LSD", 13 + Table(file[10]));
        while (file[at] != 0x3B)
        {
            if (file[at] == 0x21)
            {
                string name = file[at + 1] == 0xFF && file.AsSpan(at + 3).StartsWith("C2PA_GIF"u8) ? "C2PA" : $"21{file[at + 1]:X2}";
                Box(name, EndOfSubBlocks(at + 2));
                continue;
            }
            Box("2C", at + 10 + Table(file[at + 9]));
            Box("TBID", EndOfSubBlocks(at + 1));
        }
        Box("3B", at + 1);
        return boxes;
    }

    /// <summary>Data in sub-blocks: length, data, and a last length of 0.</summary>
    public static byte[] SubBlocks(byte[] data, int size = 255) => [.. data.Chunk(size).SelectMany(part => (byte[])[(byte)part.Length, .. part]), 0];

    private (byte[] Bytes, Extent Extent) Write(byte[]? store)
    {
        var output = new MemoryStream();
        Extent extent = default;
        void Store()
        {
            if (store is null) return;
            byte[] block = [0x21, 0xFF, 0x0B, .. "C2PA_GIF"u8, .. StoreVersion, .. SubBlocks(store, SubBlock)];
            extent = new(output.Length, block.Length);
            output.Write(block);
        }
        byte[] colours = [.. Enumerable.Range(0, 256).SelectMany(i => (byte[])[(byte)((i >> 5) * 255 / 7), (byte)((i >> 2 & 7) * 255 / 7), (byte)((i & 3) * 85)])];
        byte table = 0x80 | 7; // 2^(7+1) colours
        output.Write(Encoding.ASCII.GetBytes("GIF" + Version));
        output.Write([.. Little(_picture.Width), .. Little(_picture.Height), LocalColours ? (byte)0x70 : (byte)(0x70 | table), 0, 0]);
        if (!LocalColours) output.Write(colours);
        foreach (byte[] block in Blocks) output.Write(block);
        if (Frames > 1) output.Write([0x21, 0xFF, 0x0B, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);
        if (!StoreLast) Store();
        for (int frame = 0; frame < Frames; frame++)
        {
            if (Frames > 1) output.Write([0x21, 0xF9, 4, 0, 20, 0, 0, 0]);
            output.Write([0x2C, 0, 0, 0, 0, .. Little(_picture.Width), .. Little(_picture.Height), LocalColours ? table : (byte)0]);
            if (LocalColours) output.Write(colours);
            output.WriteByte(8);
            output.Write(SubBlocks(Encode()));
        }
        if (StoreLast) Store();
        output.WriteByte(0x3B);
        output.Write(Trailing);
        return (output.ToArray(), extent);
    }

    // Codes of nine bits, low bits first: 256 clears the table, 257 ends. Cleared often enough, no code gets a tenth bit.
    private byte[] Encode()
    {
        var output = new MemoryStream();
        int bits = 0, count = 0;
        void Code(int code)
        {
            bits |= code << count;
            for (count += 9; count >= 8; count -= 8)
            {
                output.WriteByte((byte)(bits & 0xFF));
                bits >>= 8;
            }
        }
        for (int i = 0; i < _picture.Rgb.Length / 3; i++)
        {
            if (i % 200 == 0) Code(256);
            Code(_picture.Rgb[3 * i] >> 5 << 5 | _picture.Rgb[3 * i + 1] >> 5 << 2 | _picture.Rgb[3 * i + 2] >> 6);
        }
        Code(257);
        if (count > 0) output.WriteByte((byte)(bits & 0xFF));
        return output.ToArray();
    }

    private static byte[] Little(int value) => [(byte)(value & 0xFF), (byte)(value >> 8)];
}
