using System.Buffers.Binary;
using System.Globalization;

namespace Provenance.TestKit;

/// <summary>What an Ogg file of the kit carries.</summary>
public enum OggCodec
{
    Opus,
    Flac,
}

/// <summary>Silence in Opus or a tone in FLAC under Ogg pages (RFC 3533) made here, and its way to carry a store in a logical bitstream of its own (C2PA A.3.7).</summary>
public sealed record TestOgg : TestAsset
{
    /// <summary>Bytes before the store in its stream's packet.</summary>
    private const int Identifier = 5;

    public override string Format => "Ogg";

    public override string MediaType => "audio/ogg";

    public override string Extension => Codec == OggCodec.Opus ? "opus" : "ogg";

    public OggCodec Codec { get; init; }

    /// <summary>Greatest number of segments of 255 bytes in a page of the store.</summary>
    public int StorePageSegments { get; init; } = 255;

    /// <summary>Pages of sound stand between those of the store.</summary>
    public bool Interleaved { get; init; }

    /// <summary>The data hash instead of the general box hash.</summary>
    public bool HashesData { get; init; }

    public uint SoundSerial { get; init; } = 0x50524F56;

    public uint StoreSerial { get; init; } = 0x43325041;

    /// <summary>A sixth of a second of silence; the store in front of it.</summary>
    public static TestOgg Small() => new();

    public static TestOgg Flac() => new() { Codec = OggCodec.Flac };

    public override byte[] Bytes => [.. SoundPages().SelectMany(page => page)];

    public override Embedding Embed(byte[] store)
    {
        List<(byte[] Bytes, bool IsStore)> pages = [.. Order([.. Pages([[0, .. "c2pa"u8, .. store]], StoreSerial, StorePageSegments, _ => 0)], [.. SoundPages()])];
        var output = new MemoryStream();
        List<StorePiece> pieces = [];
        int done = 0;
        long start = -1, length = 0;
        foreach (var (page, isStore) in pages)
        {
            if (isStore)
            {
                int header = 27 + page[26], skip = done == 0 ? Identifier : 0, count = page.Length - header - skip;
                if (count > 0) pieces.Add(new(done, output.Length + header + skip, count));
                done += count;
                start = start < 0 ? output.Length : start;
                length += page.Length;
            }
            output.Write(page);
        }
        return new(this, output.ToArray(), new(start, length), pieces);
    }

    // All first pages come before all others (RFC 3533 §4).
    private List<(byte[], bool)> Order(byte[][] store, byte[][] sound)
    {
        List<(byte[], bool)> all = Interleaved ? [(sound[0], false), (store[0], true)] : [(store[0], true), (sound[0], false)];
        var storeRest = store.Skip(1).Select(page => (page, true));
        var soundRest = sound.Skip(1).Select(page => (page, false));
        if (!Interleaved) return [.. all, .. storeRest, .. soundRest];
        for (int i = 1; i < Math.Max(store.Length, sound.Length); i++)
        {
            if (i < sound.Length) all.Add((sound[i], false));
            if (i < store.Length) all.Add((store[i], true));
        }
        return all;
    }

    public override Assertion Binding() => HashesData ? HardBinding.Data("c2pa.hash.data", c => Runs(c.Asset.Bytes, StoreSerial)) : Streams();

    /// <summary>The general box hash over whole streams, whatever stands between their pages.</summary>
    public Assertion Streams(Action<IReadOnlyList<CborFields>>? change = null) => Assertion.Cbor("c2pa.hash.boxes", c =>
    {
        List<CborFields> boxes = [];
        foreach (uint serial in AllPages(c.Asset.Bytes).Select(page => page.Serial).Distinct())
        {
            bool isStore = serial == StoreSerial;
            byte[] bytes = [.. Runs(c.Asset.Bytes, serial).SelectMany(run => c.Asset.Bytes[(int)run.Start..(int)run.End])];
            boxes.Add(new()
            {
                { "names", (string[])[isStore ? "C2PA" : string.Create(CultureInfo.InvariantCulture, $"Stream-{serial}")] },
                { "hash", isStore ? [0] : TestHash.Of(c.Algorithm, bytes) },
                { "pad", Array.Empty<byte>() },
            });
        }
        change?.Invoke(boxes);
        return new CborFields { { "boxes", boxes.ToArray() }, { "alg", TestHash.C2paName(c.Algorithm) } };
    });

    /// <summary>A stream's pages, those that touch joined.</summary>
    public static IReadOnlyList<Extent> Runs(byte[] file, uint serial)
    {
        List<Extent> runs = [];
        foreach (var (_, extent) in AllPages(file).Where(page => page.Serial == serial))
        {
            if (runs.Count > 0 && runs[^1].End == extent.Start) runs[^1] = new(runs[^1].Start, runs[^1].Length + extent.Length);
            else runs.Add(extent);
        }
        return runs;
    }

    public static IEnumerable<(uint Serial, Extent Extent)> AllPages(byte[] file)
    {
        for (int at = 0; at < file.Length;)
        {
            int length = 27 + file[at + 26] + file.AsSpan(at + 27, file[at + 26]).ToArray().Sum(segment => segment);
            yield return (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 14)), new(at, length));
            at += length;
        }
    }

    public override int MediaByte(byte[] file) => file.Length - 2;

    /// <summary>The last page's checksum is put right.</summary>
    public override byte[] MediaChanged(byte[] file)
    {
        var last = AllPages(file).Last().Extent;
        byte[] changed = base.MediaChanged(file);
        return [.. changed[..(int)last.Start], .. Checked(changed[(int)last.Start..])];
    }

    public override IReadOnlyList<long> Edges(byte[] file) => [.. AllPages(file).Select(page => page.Extent.End)];

    private IEnumerable<byte[]> SoundPages() => Codec == OggCodec.Opus
        ? Pages(OpusPackets(), SoundSerial, 255, packet => packet < 2 ? 0 : (packet - 1) * 960 + 312, packetsAPage: 3)
        : Pages(TestFlac.OggPackets(), SoundSerial, 255, packet => packet < 2 ? 0 : TestFlac.OggSamples);

    // RFC 7845: identification, comments, then packets of 20 ms that code nothing.
    private static byte[][] OpusPackets()
    {
        byte[] head = [.. "OpusHead"u8, 1, 1, 312 & 0xFF, 312 >> 8, 0x80, 0xBB, 0, 0, 0, 0, 0];
        byte[] tags = [.. "OpusTags"u8, 3, 0, 0, 0, .. "kit"u8, 0, 0, 0, 0];
        return [head, tags, .. Enumerable.Repeat((byte[])[0xF8, 0xFF, 0xFE], 8)];
    }

    /// <summary>Packets as pages: the first two alone, the others up to so many to a page; longer ones over several.</summary>
    public static IEnumerable<byte[]> Pages(byte[][] packets, uint serial, int segments, Func<int, long> granule, int packetsAPage = 1)
    {
        int sequence = 0;
        for (int first = 0; first < packets.Length;)
        {
            int count = first < 2 ? 1 : Math.Min(packetsAPage, packets.Length - first);
            byte[][] together = packets[first..(first + count)];
            byte[] lacing = [.. together.SelectMany(packet => Enumerable.Repeat((byte)255, packet.Length / 255).Append((byte)(packet.Length % 255)))];
            byte[] data = [.. together.SelectMany(packet => packet)];
            first += count;
            for (int segment = 0, at = 0; segment < lacing.Length; segment += segments)
            {
                byte[] here = lacing[segment..Math.Min(segment + segments, lacing.Length)];
                int length = here.Sum(s => s);
                bool endsPacket = segment + segments >= lacing.Length, isLast = endsPacket && first == packets.Length;
                byte flags = (byte)((segment > 0 ? 1 : 0) | (sequence == 0 ? 2 : 0) | (isLast ? 4 : 0));
                yield return Page(flags, endsPacket ? granule(first - 1) : -1, serial, sequence++, here, data[at..(at + length)]);
                at += length;
            }
        }
    }

    /// <summary>One page with its checksum.</summary>
    public static byte[] Page(byte flags, long granule, uint serial, int sequence, byte[] lacing, byte[] data)
    {
        byte[] page = [.. "OggS"u8, 0, flags, .. new byte[20], (byte)lacing.Length, .. lacing, .. data];
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), granule);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(14), serial);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(18), sequence);
        return Checked(page);
    }

    /// <summary>RFC 3533 §6: CRC of polynomial 04C11DB7 over the page with 0 in its place, bit by bit.</summary>
    public static byte[] Checked(byte[] page)
    {
        byte[] output = [.. page];
        output.AsSpan(22, 4).Clear();
        uint crc = 0;
        foreach (byte b in output)
        {
            crc ^= (uint)b << 24;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 0x80000000) != 0 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
        }
        BinaryPrimitives.WriteUInt32LittleEndian(output.AsSpan(22), crc);
        return output;
    }
}
