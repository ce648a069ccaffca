using System.Formats.Asn1;
using System.Globalization;
using System.Text;

namespace Provenance.Tests.Timestamps;

/// <summary>ASN.1 written one value at a time, so that what a writer of the platform would refuse can be written.</summary>
internal static class Tlv
{
    public static byte[] Of(byte tag, params byte[][] contents)
    {
        byte[] content = Join(contents);
        return [tag, .. Length(content.Length), .. content];
    }

    /// <summary>The same with BER's indefinite length.</summary>
    public static byte[] Indefinite(byte tag, params byte[][] contents) => [tag, 0x80, .. Join(contents), 0, 0];

    public static byte[] Sequence(params byte[][] contents) => Of(0x30, contents);

    public static byte[] Set(params byte[][] contents) => Of(0x31, contents);

    public static byte[] Octets(byte[] content) => Of(0x04, content);

    public static byte[] Bits(byte[] content) => Of(0x03, [0], content);

    public static byte[] Integer(long value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteInteger(value);
        return writer.Encode();
    }

    public static byte[] Oid(string dotted)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(dotted);
        return writer.Encode();
    }

    /// <summary>AlgorithmIdentifier, with NULL unless told otherwise.</summary>
    public static byte[] Algorithm(string oid, bool withNull = true) => withNull ? Sequence(Oid(oid), [5, 0]) : Sequence(Oid(oid));

    public static byte[] GeneralizedTime(string text) => Of(0x18, Encoding.ASCII.GetBytes(text));

    public static byte[] GeneralizedTime(DateTimeOffset time) =>
        GeneralizedTime(time.UtcDateTime.ToString("yyyyMMddHHmmss.FFFFFFF", CultureInfo.InvariantCulture).TrimEnd('.') + "Z");

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    private static byte[] Length(int length) => unchecked(length switch
    {
        < 0x80 => [(byte)length],
        < 0x100 => [0x81, (byte)length],
        < 0x10000 => [0x82, (byte)(length >> 8), (byte)length],
        _ => [0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    });
}
