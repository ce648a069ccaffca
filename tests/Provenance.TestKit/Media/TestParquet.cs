using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>A table of one column with three numbers, with a store in its metadata (C2PA A.3.14).</summary>
public sealed record TestParquet : TestAsset
{
    public override string Format => "Parquet";

    public override string MediaType => "application/vnd.apache.parquet";

    public override string Extension => "parquet";

    public static TestParquet Small() => new();

    public override byte[] Bytes => Write(("writer", "tests"u8.ToArray()));

    public override Embedding Embed(byte[] store)
    {
        byte[] value = Encoding.ASCII.GetBytes(Convert.ToBase64String(store));
        byte[] file = Write(("writer", "tests"u8.ToArray()), ("c2pa:manifest", value));
        return new(this, file, new(file.AsSpan().IndexOf("c2pa:manifest"u8) + 13 + 1 + Varint(value.Length).Length, value.Length), []);
    }

    // The second number's lowest byte; the page's header is in front of the three.
    public override int MediaByte(byte[] file) => 4 + Page().Length - 8;

    /// <summary>The file with these pairs in its footer.</summary>
    public static byte[] Write(params (string Key, byte[] Value)[] pairs)
    {
        byte[] page = Page();
        byte[] footer = Footer(page.Length, pairs);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        return [.. "PAR1"u8, .. page, .. footer, .. length, .. "PAR1"u8];
    }

    // Thrift compact: a field's header is the distance to the field before and its type; 5 is i32, 6 i64, 8 a string, 9 a list, 12 a struct.
    private static byte[] Field(int distance, int type, params byte[] value) => [(byte)(distance << 4 | type), .. value];

    private static byte[] Int(int value) => Varint(2 * value);

    private static byte[] Text(byte[] value) => [.. Varint(value.Length), .. value];

    private static byte[] Text(string value) => Text(Encoding.UTF8.GetBytes(value));

    private static byte[] List(int type, params byte[][] items) => [.. items.Length < 15 ? [(byte)(items.Length << 4 | type)] : (byte[])[(byte)(0xF0 | type), .. Varint(items.Length)], .. items.SelectMany(item => item)];

    private static byte[] Struct(params byte[][] fields) => [.. fields.SelectMany(field => field), 0];

    private static byte[] Varint(int value)
    {
        List<byte> bytes = [];
        for (; value > 127; value >>= 7) bytes.Add((byte)(value & 127 | 128));
        return [.. bytes, (byte)value];
    }

    // A data page: type 0, sizes, then DataPageHeader { values, plain, run lengths, run lengths }.
    private static byte[] Page()
    {
        byte[] data = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0];
        byte[] header = Struct(Field(1, 5, Int(0)), Field(1, 5, Int(data.Length)), Field(1, 5, Int(data.Length)),
            Field(2, 12, Struct(Field(1, 5, Int(3)), Field(1, 5, Int(0)), Field(1, 5, Int(3)), Field(1, 5, Int(3)))));
        return [.. header, .. data];
    }

    private static byte[] Footer(int pageLength, (string Key, byte[] Value)[] pairs)
    {
        byte[] root = Struct(Field(4, 8, Text("schema")), Field(1, 5, Int(1)));
        byte[] column = Struct(Field(1, 5, Int(1)), Field(2, 5, Int(0)), Field(1, 8, Text("n")));
        byte[] metadata = Struct(Field(1, 5, Int(1)), Field(1, 9, List(5, Int(0))), Field(1, 9, List(8, Text("n"))), Field(1, 5, Int(0)), Field(1, 6, Int(3)),
            Field(1, 6, Int(pageLength)), Field(1, 6, Int(pageLength)), Field(2, 6, Int(4)));
        byte[] chunk = Struct(Field(2, 6, Int(4)), Field(1, 12, metadata));
        byte[] group = Struct(Field(1, 9, List(12, chunk)), Field(1, 6, Int(pageLength)), Field(1, 6, Int(3)));
        byte[] keyValues = List(12, [.. pairs.Select(pair => Struct(Field(1, 8, Text(pair.Key)), Field(1, 8, Text(pair.Value))))]);
        return Struct(Field(1, 5, Int(1)), Field(1, 9, List(12, root, column)), Field(1, 6, Int(3)), Field(1, 9, List(12, group)),
            Field(1, 9, keyValues), Field(1, 8, Text("Provenance tests")));
    }
}
