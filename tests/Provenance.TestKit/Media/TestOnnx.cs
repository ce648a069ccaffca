using System.Text;

namespace Provenance.TestKit;

/// <summary>A model that gives back what it gets, with a store in its metadata (C2PA A.3.15).</summary>
public sealed record TestOnnx : TestAsset
{
    /// <summary>Fields in front of the entry with the store.</summary>
    public byte[] Extra { get; init; } = [];

    public override string Format => "ONNX";

    public override string MediaType => "application/onnx";

    public override string Extension => "onnx";

    public static TestOnnx Small() => new();

    public override byte[] Bytes => [.. Model(), .. Extra];

    public override Embedding Embed(byte[] store)
    {
        byte[] value = Encoding.ASCII.GetBytes(Convert.ToBase64String(store));
        byte[] before = Bytes, entry = Entry("c2pa:manifest", value);
        // metadata_props need not be the last field.
        return new(this, [.. before, .. entry, .. Entry("author", "nobody"u8.ToArray())], new(before.Length + entry.Length - value.Length, value.Length), []);
    }

    public override int MediaByte(byte[] file) => file.AsSpan().IndexOf("Identity"u8) + 1;

    /// <summary>One of metadata_props.</summary>
    public static byte[] Entry(string key, byte[] value) => Message(14, [.. Message(1, Encoding.UTF8.GetBytes(key)), .. Message(2, value)]);

    /// <summary>A field of bytes.</summary>
    public static byte[] Message(int number, byte[] content) => [.. Varint(number << 3 | 2), .. Varint(content.Length), .. content];

    private static byte[] Text(int number, string text) => Message(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Number(int number, int value) => [.. Varint(number << 3), .. Varint(value)];

    private static byte[] Varint(int value)
    {
        List<byte> bytes = [];
        for (; value > 127; value >>= 7) bytes.Add((byte)(value & 127 | 128));
        return [.. bytes, (byte)value];
    }

    // ir_version 8, a graph of one node from x to y, both of four floats, operators of version 13.
    private static byte[] Model()
    {
        byte[] shape = Message(1, Number(1, 4));
        byte[] type = Message(2, Message(1, [.. Number(1, 1), .. Message(2, shape)]));
        byte[] node = [.. Text(1, "x"), .. Text(2, "y"), .. Text(4, "Identity")];
        byte[] graph = [.. Message(1, node), .. Text(2, "graph"), .. Message(11, [.. Text(1, "x"), .. type]), .. Message(12, [.. Text(1, "y"), .. type])];
        return [.. Number(1, 8), .. Text(2, "Provenance tests"), .. Message(7, graph), .. Message(8, Number(2, 13))];
    }
}
