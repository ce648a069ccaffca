using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>How an ID3v2 tag is written.</summary>
public sealed record Id3Layout
{
    /// <summary>2, 3 or 4 for ID3v2.2, 2.3, 2.4.</summary>
    public int Version { get; init; } = 4;

    /// <summary>Every FF before 00, before E0 and above, and at the end gets a 00 behind it: in the whole tag before 2.4, in each frame of 2.4.</summary>
    public bool Unsynchronised { get; init; }

    public bool ExtendedHeader { get; init; }

    /// <summary>The store's frame tells its length before unsynchronisation; 2.4 only.</summary>
    public bool LengthIndicator { get; init; }

    /// <summary>Zeros behind the frames.</summary>
    public int Padding { get; init; }

    /// <summary>2.4 only, and then no padding.</summary>
    public bool Footer { get; init; }

    /// <summary>How the names of the store's frame are written: 0 Latin-1, 1 UTF-16 with a mark, 2 UTF-16 big-endian, 3 UTF-8.</summary>
    public int Encoding { get; init; } = 3;

    public string ObjectType { get; init; } = "application/c2pa";

    public string FileName { get; init; } = "c2pa";

    public string Description { get; init; } = "c2pa manifest store";
}

/// <summary>Coded sound behind an ID3v2 tag, and its way to carry a store as the object of a GEOB frame (C2PA A.3.5).</summary>
public abstract record TestId3 : TestAsset
{
    public Id3Layout Layout { get; init; } = new();

    /// <summary>Frames before the store's: id of four letters, content.</summary>
    public IReadOnlyList<(string Id, byte[] Content)> Frames { get; init; } = [("TIT2", [0, .. "Silence"u8])];

    /// <summary>Frames behind it.</summary>
    public IReadOnlyList<(string Id, byte[] Content)> FramesBehind { get; init; } = [];

    /// <summary>The file has no tag unless it has a store.</summary>
    public bool NoTag { get; init; }

    /// <summary>What follows the tag.</summary>
    protected abstract byte[] Sound { get; }

    public override byte[] Bytes => NoTag ? Sound : Write(null).Bytes;

    public override Embedding Embed(byte[] store)
    {
        var (bytes, extent, pieces) = Write(store);
        return new(this, bytes, extent, pieces);
    }

    /// <summary>Where the sound begins.</summary>
    protected static int SoundStart(byte[] file) =>
        file.AsSpan().StartsWith("ID3"u8) ? 10 + (file[6] << 21 | file[7] << 14 | file[8] << 7 | file[9]) + ((file[5] & 0x10) != 0 && file[3] == 4 ? 10 : 0) : 0;

    public override int MediaByte(byte[] file) => (SoundStart(file) + file.Length) / 2;

    public override IReadOnlyList<long> Edges(byte[] file) => [10, SoundStart(file), SoundStart(file) + 4];

    private (byte[] Bytes, Extent Extent, IReadOnlyList<StorePiece> Pieces) Write(byte[]? store)
    {
        var body = new MemoryStream();
        if (Layout is { ExtendedHeader: true, Version: 3 }) body.Write([0, 0, 0, 6, 0, 0, 0, 0, 0, (byte)Layout.Padding]);
        if (Layout is { ExtendedHeader: true, Version: 4 }) body.Write([0, 0, 0, 6, 1, 0]);
        foreach (var (id, content) in Frames) WriteFrame(body, id, content, out _);
        // Where each byte of the store goes, and what follows its last, counted from the first byte behind the tag's header.
        List<int> at = [];
        if (store is not null)
        {
            byte[] head = [(byte)Layout.Encoding, .. Encoding.Latin1.GetBytes(Layout.ObjectType), 0, .. Name(Layout.FileName), .. Name(Layout.Description)];
            WriteFrame(body, "GEOB", [.. head, .. store], out int[] positions, Layout.LengthIndicator);
            at.AddRange(positions[head.Length..]);
        }
        foreach (var (id, content) in FramesBehind) WriteFrame(body, id, content, out _);
        body.Write(new byte[Layout.Padding]);

        byte[] tag = body.ToArray();
        if (Layout is { Unsynchronised: true, Version: < 4 })
        {
            tag = Unsynchronise(tag, out int[] moved);
            at = [.. at.Select(position => moved[position])];
        }
        byte flags = (byte)((Layout.Unsynchronised ? 0x80 : 0) | (Layout.ExtendedHeader ? 0x40 : 0) | (Layout.Footer ? 0x10 : 0));
        byte[] tail = [(byte)Layout.Version, 0, flags, .. Syncsafe(tag.Length)];
        byte[] file = [.. "ID3"u8, .. tail, .. tag, .. Layout.Footer ? (byte[])[.. "3DI"u8, .. tail] : [], .. Sound];
        return (file, at.Count == 0 ? default : new(10 + at[0], at[^1] - at[0]), Pieces(at));
    }

    private void WriteFrame(MemoryStream body, string id, byte[] content, out int[] positions, bool tellsLength = false)
    {
        byte[] data = content;
        positions = [.. Enumerable.Range(0, content.Length + 1)];
        if (Layout is { Unsynchronised: true, Version: 4 }) data = Unsynchronise(content, out positions);
        if (tellsLength) data = [.. Syncsafe(content.Length), .. data];
        byte[] plain = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(plain, data.Length);
        byte flags = (byte)((Layout is { Unsynchronised: true, Version: 4 } ? 2 : 0) | (tellsLength ? 1 : 0));
        body.Write(Layout.Version switch
        {
            2 => [.. Encoding.ASCII.GetBytes(OldId(id)), .. plain[1..]],
            3 => [.. Encoding.ASCII.GetBytes(id), .. plain, 0, 0],
            _ => [.. Encoding.ASCII.GetBytes(id), .. Syncsafe(data.Length), 0, flags],
        });
        int start = (int)body.Length + (tellsLength ? 4 : 0);
        positions = [.. positions.Select(position => start + position)];
        body.Write(data);
    }

    // ID3v2.2 has ids of three letters.
    private static string OldId(string id) => id switch { "GEOB" => "GEO", "TIT2" => "TT2", _ => id[..3] };

    private byte[] Name(string name) => Layout.Encoding switch
    {
        0 => [.. Encoding.Latin1.GetBytes(name), 0],
        1 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(name), 0, 0],
        2 => [.. Encoding.BigEndianUnicode.GetBytes(name), 0, 0],
        _ => [.. Encoding.UTF8.GetBytes(name), 0],
    };

    /// <summary>A number in four bytes of seven bits.</summary>
    public static byte[] Syncsafe(int value) => [(byte)(value >> 21 & 0x7F), (byte)(value >> 14 & 0x7F), (byte)(value >> 7 & 0x7F), (byte)(value & 0x7F)];

    /// <summary>Puts in the zeros; tells where each byte went, and the end.</summary>
    public static byte[] Unsynchronise(byte[] plain, out int[] positions)
    {
        List<byte> output = [];
        positions = new int[plain.Length + 1];
        for (int i = 0; i < plain.Length; i++)
        {
            positions[i] = output.Count;
            output.Add(plain[i]);
            if (plain[i] == 0xFF && (i + 1 == plain.Length || plain[i + 1] == 0 || plain[i + 1] >= 0xE0)) output.Add(0);
        }
        positions[^1] = output.Count;
        return [.. output];
    }

    private static List<StorePiece> Pieces(List<int> at)
    {
        List<StorePiece> pieces = [];
        for (int i = 0, start = 0; i < at.Count - 1; i++)
        {
            if (i + 2 < at.Count && at[i + 1] == at[i] + 1) continue;
            pieces.Add(new(start, 10 + at[start], i + 1 - start));
            start = i + 1;
        }
        return pieces;
    }
}
