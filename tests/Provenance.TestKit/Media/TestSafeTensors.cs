using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>A model of one tensor, with a store in its metadata (C2PA A.3.16).</summary>
public sealed record TestSafeTensors : TestAsset
{
    public override string Format => "SafeTensors";

    public override string MediaType => "application/vnd.safetensors";

    public override string Extension => "safetensors";

    public static TestSafeTensors Small() => new();

    public override byte[] Bytes => Write("{\"__metadata__\":{\"format\":\"pt\"},\"weight\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}");

    public override Embedding Embed(byte[] store)
    {
        string value = Convert.ToBase64String(store);
        string before = "{\"__metadata__\":{\"format\":\"pt\",\"c2pa:manifest\":\"";
        return new(this, Write(before + value + "\"},\"weight\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}"), new(8 + before.Length, value.Length), []);
    }

    public override int MediaByte(byte[] file) => file.Length - 3;

    /// <summary>Length, header padded to 8 bytes with spaces, four numbers.</summary>
    public static byte[] Write(string header)
    {
        byte[] json = Encoding.UTF8.GetBytes(header.PadRight((header.Length + 7) / 8 * 8));
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40];
    }
}
