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

    // Padded to an even length of at least five bytes: longer than an offset, so that it is stored outside the IFD.
    private static byte[] Ascii(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text.PadRight(5) + "\0");
        return bytes.Length % 2 == 0 ? bytes : [.. bytes, 0];
    }
}
