using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>Unsigned metadata to put beside a store.</summary>
public static class TestMetadata
{
    /// <summary>A TIFF block with one IFD: maker, model and date.</summary>
    public static byte[] Exif(string make = "Example Camera Works", string model = "EX-1", string dateTime = "2026:03:14 09:26:53")
    {
        (ushort Tag, byte[] Text)[] fields = [(0x010F, Ascii(make)), (0x0110, Ascii(model)), (0x0132, Ascii(dateTime))];
        int dataAt = 8 + 2 + fields.Length * 12 + 4;
        byte[] tiff = new byte[dataAt + fields.Sum(f => f.Text.Length)];
        "MM\0*\0\0\0\b"u8.CopyTo(tiff);
        BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(8), (ushort)fields.Length);
        for (int i = 0, at = 10; i < fields.Length; i++, at += 12)
        {
            BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(at), fields[i].Tag);
            BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(at + 2), 2);
            BinaryPrimitives.WriteUInt32BigEndian(tiff.AsSpan(at + 4), (uint)fields[i].Text.Length);
            BinaryPrimitives.WriteUInt32BigEndian(tiff.AsSpan(at + 8), (uint)dataAt);
            fields[i].Text.CopyTo(tiff, dataAt);
            dataAt += fields[i].Text.Length;
        }
        return tiff;
    }

    /// <summary>An XMP packet, with <c>dcterms:provenance</c> when an address is given.</summary>
    public static string Xmp(string? provenance = null, string instanceId = "xmp:iid:00000000-0000-4000-8000-000000000001") =>
        "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
        + "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\""
        + " xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\""
        + $" xmpMM:InstanceID=\"{instanceId}\"" + (provenance is null ? "" : $" dcterms:provenance=\"{provenance}\"")
        + "/></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>";

    /// <summary>An XMP packet around attributes and content of rdf:Description, with the customary prefixes declared.</summary>
    public static string XmpOf(string attributes, string content = "") =>
        "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
        + "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\""
        + " xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\" xmlns:exif=\"http://ns.adobe.com/exif/1.0/\" xmlns:aux=\"http://ns.adobe.com/exif/1.0/aux/\""
        + " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:stEvt=\"http://ns.adobe.com/xap/1.0/sType/ResourceEvent#\""
        + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\""
        + " xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\" xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\""
        + $" {attributes}>{content}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>";

    /// <summary>Datasets of IPTC-IIM: record, dataset and text; UTF-8 is declared before them.</summary>
    public static byte[] Iptc(params (int Record, int Dataset, string Text)[] datasets) =>
        [0x1C, 1, 90, 0, 3, 0x1B, (byte)'%', (byte)'G', .. datasets.SelectMany(set => Dataset(set.Record, set.Dataset, Encoding.UTF8.GetBytes(set.Text)))];

    /// <summary>One dataset.</summary>
    public static byte[] Dataset(int record, int dataset, byte[] value) => [0x1C, (byte)record, (byte)dataset, .. BmffWriter.U16(value.Length), .. value];

    /// <summary>Photoshop's resources, each "8BIM", number, no name, length, data.</summary>
    public static byte[] PhotoshopResources(params (int Number, byte[] Data)[] resources) => [.. resources.SelectMany(resource => (byte[])
        [.. "8BIM"u8, .. BmffWriter.U16(resource.Number), 0, 0, .. Big(resource.Data.Length), .. resource.Data, .. new byte[resource.Data.Length % 2]])];

    /// <summary>A colour profile with a name and nothing that describes colours.</summary>
    public static byte[] Profile(string name, int length = 0)
    {
        byte[] text = [.. "desc\0\0\0\0"u8, .. Big(name.Length + 1), .. Encoding.ASCII.GetBytes(name), 0];
        byte[] profile = new byte[Math.Max(length, 144 + text.Length)];
        Big(profile.Length).CopyTo(profile, 0);
        "acsp"u8.CopyTo(profile.AsSpan(36));
        Big(1).CopyTo(profile, 128);
        "desc"u8.CopyTo(profile.AsSpan(132));
        Big(144).CopyTo(profile, 136);
        Big(text.Length).CopyTo(profile, 140);
        text.CopyTo(profile, 144);
        return profile;
    }

    private static byte[] Big(int value) => BmffWriter.U32(value);

    // Padded to an even length of at least five bytes: longer than an offset, so that it is stored outside the IFD.
    private static byte[] Ascii(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text.PadRight(5) + "\0");
        return bytes.Length % 2 == 0 ? bytes : [.. bytes, 0];
    }
}
