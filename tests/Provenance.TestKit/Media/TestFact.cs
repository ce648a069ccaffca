using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>A BlockFact file around a JPEG, with a store in an extension block (C2PA A.3.13).</summary>
public sealed record TestFact : TestAsset
{
    private readonly char _kind;

    private TestFact(char kind) => _kind = kind;

    /// <summary>What stands in the metadata before the media's length.</summary>
    public string Metadata { get; init; } = "\"format_version\":2,\"timestamp\":\"2026-05-09T15:00:00Z\"";

    /// <summary>The media; a JPEG unless set.</summary>
    public byte[] Media { get; init; } = TestJpeg.Small().Bytes;

    public static TestFact Image() => new('I');

    public static TestFact Audio() => new('A');

    public static TestFact Video() => new('V');

    public override string Format => "BlockFact " + _kind switch { 'I' => "image", 'A' => "audio", _ => "video" };

    public override string MediaType => _kind switch { 'I' => "image/vnd.blockfact.facti", 'A' => "audio/vnd.blockfact.facta", _ => "video/vnd.blockfact.factv" };

    public override string Extension => "fact" + char.ToLowerInvariant(_kind);

    public override byte[] Bytes => Write(("ZKPF", new byte[5]));

    public override Embedding Embed(byte[] store)
    {
        byte[] file = Write(("ZKPF", new byte[5]), ("C2PA", store), ("WMRK", new byte[3]));
        return new(this, file, new(file.Length - 11 - store.Length, store.Length), [new(0, file.Length - 11 - store.Length, store.Length)]);
    }

    public override int MediaByte(byte[] file) => file.AsSpan().IndexOf(Media) + TestJpeg.Small().MediaByte(TestJpeg.Small().Bytes);

    /// <summary>The file with these blocks.</summary>
    public byte[] Write(params (string Type, byte[] Data)[] blocks)
    {
        byte[] metadata = Encoding.UTF8.GetBytes($"{{{Metadata},\"{(_kind == 'I' ? "image" : "media")}_length\":{Media.Length}}}");
        return [0xFA, (byte)_kind, 0x41, 0, .. Big(metadata.Length), .. metadata, .. Media, 0, (byte)blocks.Length,
            .. blocks.SelectMany(block => (byte[])[.. Encoding.ASCII.GetBytes(block.Type), .. Big(block.Data.Length), .. block.Data])];
    }

    private static byte[] Big(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
