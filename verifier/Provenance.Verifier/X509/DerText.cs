using System.Formats.Asn1;
using System.Text;

namespace Provenance.Verifier.X509;

/// <summary>Text of the ASN.1 string types that names use (RFC 5280 §4.1.2.4).</summary>
internal static class DerText
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding s_utf16 = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UTF32Encoding s_utf32 = new(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true);

    /// <summary>
    /// Reads the next value: a string as text, anything else as "#" and its DER in hex (RFC 4514 §2.4). PrintableString and the other
    /// eight-bit types are read as Latin-1 whatever they hold: CAs write '@', '*' and '_' where they must not, and no rule rests on it.
    /// </summary>
    public static string Read(DerReader reader, out bool isText)
    {
        isText = true;
        var tag = reader.PeekTag();
        if (tag.TagClass != TagClass.Universal || tag.IsConstructed)
            return Hex(reader, out isText);
        switch ((UniversalTagNumber)tag.TagValue)
        {
            case UniversalTagNumber.UTF8String:
                return Decode(s_utf8, reader, tag);
            case UniversalTagNumber.BMPString:
                return Decode(s_utf16, reader, tag);
            case UniversalTagNumber.UniversalString:
                return Decode(s_utf32, reader, tag);
            case UniversalTagNumber.PrintableString:
            case UniversalTagNumber.IA5String:
            case UniversalTagNumber.T61String:
            case UniversalTagNumber.NumericString:
            case UniversalTagNumber.VisibleString:
                return Encoding.Latin1.GetString(reader.ReadContent(tag).Span);
            default:
                return Hex(reader, out isText);
        }
    }

    private static string Decode(Encoding encoding, DerReader reader, Asn1Tag tag)
    {
        long start = reader.Offset;
        var content = reader.ReadContent(tag);
        try
        {
            return encoding.GetString(content.Span);
        }
        catch (DecoderFallbackException)
        {
            throw reader.MalformedAt(start, $"text is not valid {encoding.WebName}");
        }
    }

    private static string Hex(DerReader reader, out bool isText)
    {
        isText = false;
        return "#" + Convert.ToHexStringLower(reader.ReadEncoded().Span);
    }
}
