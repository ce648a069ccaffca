using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Provenance.TestKit;

/// <summary>
/// A black JPEG XL picture of 64×64 pixels made here, in its container, and its way to carry a store as a <c>jumb</c> box of the top level
/// (C2PA A.3.11). Every symbol of the codestream is zero, so that no code is needed.
/// </summary>
public sealed record TestJxl : TestAsset
{
    public override string Format => "JPEG XL";

    public override string MediaType => "image/jxl";

    public override string Extension => "jxl";

    /// <summary>Whole boxes between <c>ftyp</c> and the codestream, behind the store.</summary>
    public IReadOnlyList<byte[]> BoxesBetween { get; init; } = [];

    /// <summary>In how many boxes the codestream lies: one <c>jxlc</c>, or several <c>jxlp</c>.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>The store stands last.</summary>
    public bool StoreLast { get; init; }

    /// <summary>The size of the codestream's last box is 0: to the end of the file.</summary>
    public bool IsOpenEnded { get; init; }

    public bool BindsBoxes { get; init; }

    public byte[] Trailing { get; init; } = [];

    public static TestJxl Small() => new();

    public TestJxl WithXmp(string? packet = null, bool isPacked = false)
    {
        byte[] data = Encoding.UTF8.GetBytes(packet ?? TestMetadata.Xmp());
        return WithBox(isPacked ? Packed("xml ", data) : Box("xml ", data));
    }

    /// <summary>EXIF, behind an offset of four bytes.</summary>
    public TestJxl WithExif() => WithBox(Box("Exif", [0, 0, 0, 0, .. TestMetadata.Exif()]));

    public TestJxl WithBox(byte[] box) => this with { BoxesBetween = [.. BoxesBetween, box] };

    public override byte[] Bytes => Write(null).Bytes;

    public override Embedding Embed(byte[] store)
    {
        (byte[] bytes, Extent extent) = Write(store);
        return new(this, bytes, extent, [new(0, extent.Start, store.Length)]);
    }

    public override Assertion Binding() => BindsBoxes ? HardBinding.Boxes() : base.Binding();

    protected override IReadOnlyList<string> MediaBoxes => ["jxlc", "jxlp"];

    public override byte[] Filler(int length, ReadOnlySpan<byte> payload)
    {
        byte[] data = new byte[length - 8];
        payload.CopyTo(data);
        return Box("free", data);
    }

    public override int MediaByte(byte[] file)
    {
        Extent media = Boxes(file).First(b => MediaBoxes.Contains(b.Name)).Extent;
        return (int)media.End - 2;
    }

    public override IReadOnlyList<NamedBox> Boxes(byte[] file)
    {
        List<NamedBox> boxes = [];
        for (int at = 0; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (length == 0) length = file.Length - at;
            string type = Encoding.ASCII.GetString(file, at + 4, 4).TrimEnd();
            if (type == "jumb" && file.AsSpan(at + 16).StartsWith("c2pa"u8)) type = "C2PA";
            boxes.Add(new(type, new(at, length)));
            at += length;
        }
        return boxes;
    }

    /// <summary>One box: size, type, content.</summary>
    public static byte[] Box(string type, byte[] content)
    {
        byte[] box = new byte[8 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.ASCII.GetBytes(type, box.AsSpan(4));
        content.CopyTo(box, 8);
        return box;
    }

    /// <summary>A box whose content is packed: <c>brob</c>, with the type it has unpacked.</summary>
    public static byte[] Packed(string type, byte[] content)
    {
        var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, CompressionLevel.Optimal, leaveOpen: true)) brotli.Write(content);
        return Box("brob", [.. Encoding.ASCII.GetBytes(type), .. output.ToArray()]);
    }

    private (byte[] Bytes, Extent Extent) Write(byte[]? store)
    {
        var output = new MemoryStream();
        Extent extent = default;
        void Store(bool here)
        {
            if (store is null || !here) return;
            extent = new(output.Length, store.Length);
            output.Write(store);
        }
        output.Write(Box("JXL ", [0x0D, 0x0A, 0x87, 0x0A]));
        output.Write(Box("ftyp", [.. "jxl \0\0\0\0jxl "u8]));
        Store(!StoreLast);
        foreach (byte[] box in BoxesBetween) output.Write(box);
        byte[] codestream = Codestream();
        if (Parts == 1)
        {
            byte[] box = Box("jxlc", codestream);
            if (IsOpenEnded) box.AsSpan(0, 4).Clear();
            output.Write(box);
        }
        for (int part = 0, size = (codestream.Length + Parts - 1) / Parts; Parts > 1 && part < Parts; part++)
        {
            byte[] number = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(number, (uint)part | (part == Parts - 1 ? 0x80000000 : 0));
            output.Write(Box("jxlp", [.. number, .. codestream[(part * size)..Math.Min(codestream.Length, (part + 1) * size)]]));
        }
        Store(StoreLast);
        output.Write(Trailing);
        return (output.ToArray(), extent);
    }

    // ISO/IEC 18181-1, bits from the lowest: values and their widths.
    private static byte[] Codestream()
    {
        var bits = new List<bool>();
        void Write(params (int Value, int Width)[] fields)
        {
            foreach ((int value, int width) in fields)
                for (int bit = 0; bit < width; bit++) bits.Add((value >> bit & 1) != 0);
        }
        void Align()
        {
            while (bits.Count % 8 != 0) bits.Add(false);
        }

        Write((0xFF, 8), (0x0A, 8));
        Write((1, 1), (64 / 8 - 1, 5), (1, 3)); // size: in eights, square
        Write((0, 1), (0, 1)); // metadata: not the default, no extra fields
        Write((0, 1), (0, 2), (1, 1)); // whole numbers, 8 bits, 16-bit buffers do
        Write((0, 2), (0, 1), (1, 1), (0, 2), (1, 1)); // no extra channels, not XYB, sRGB, no extensions, default transform
        Align();
        Write((0, 1), (0, 2), (1, 1), (0, 2), (0, 1)); // frame: not the default, regular, modular, no flags, not YCbCr
        Write((0, 2), (1, 2), (0, 2)); // not upsampled, groups of 256, one pass
        Write((0, 1), (0, 2), (1, 1), (0, 2)); // no crop, replaces, last, no name
        Write((0, 1), (0, 1), (0, 2), (0, 2), (0, 2)); // filter: not the default, no Gabor, no edge filter, no extensions; no extensions

        var section = new List<bool>();
        (bits, section) = (section, bits);
        Write((1, 1)); // default quantizing of the lowest frequencies
        Write((1, 1)); // a tree of one leaf follows
        Write((0, 1), (1, 1), (0, 2)); // no LZ77; six contexts share one code
        Write((1, 1), (0, 4), (0, 1)); // prefix code of one symbol, which takes no bits: every field of the leaf is 0
        Write((0, 1), (1, 1), (0, 4), (0, 1)); // the same for the pixels, of one context
        Write((1, 1), (1, 1), (0, 2)); // this tree, default predictor weights, no transforms
        Align();
        (bits, section) = (section, bits);
        Write((0, 1)); // table of contents: in order
        Align();
        Write((0, 2), (section.Count / 8, 10));
        Align();
        bits.AddRange(section);
        return [.. bits.Chunk(8).Select(octet => (byte)octet.Select((bit, i) => bit ? 1 << i : 0).Sum())];
    }
}
