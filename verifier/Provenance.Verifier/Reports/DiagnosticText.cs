using System.Globalization;
using System.Text;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Reports;

/// <summary>Values as text for people, in the manner of CBOR's diagnostic notation (RFC 8949 §8), harmless to a terminal and of bounded length.</summary>
internal static class DiagnosticText
{
    /// <summary>Characters of one value.</summary>
    public const int Length = 512;

    private const int BytesShown = 64;

    /// <summary>Bytes in hexadecimal, the first of them where there are many.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= BytesShown ? $"h'{Convert.ToHexStringLower(bytes)}'" : $"h'{Convert.ToHexStringLower(bytes[..BytesShown])}…' ({bytes.Length} bytes)";

    /// <summary>The file's own words in quotation marks.</summary>
    public static string Quote(string text) => $"\"{Clean(text, escapeQuotes: true)}\"";

    /// <summary>Text that may hold the file's words, harmless and cut to its bound.</summary>
    public static string Clean(string text) => Clean(text, escapeQuotes: false);

    private static string Clean(string text, bool escapeQuotes)
    {
        var clean = new StringBuilder(Math.Min(text.Length, Length));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= Length)
                return clean.Append('…').ToString();
            if (escapeQuotes && (rune.Value is '"' or '\\'))
                clean.Append('\\').Append((char)rune.Value);
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                clean.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            else
                clean.Append(rune.ToString());
        }
        return clean.ToString();
    }

    /// <summary>A time to the second in UTC (RFC 3339).</summary>
    public static string Time(DateTimeOffset time) => CertificateText.Time(time);

    /// <summary>One value that is no array, map or tag.</summary>
    public static string Scalar(CborValue value) => value.Kind switch
    {
        CborKind.UnsignedInteger or CborKind.NegativeInteger => CborJson.Integer(value),
        CborKind.ByteString => Hex(value.Bytes!.Value.Span),
        CborKind.TextString => Quote(value.Text!),
        CborKind.Boolean => value.Boolean == true ? "true" : "false",
        CborKind.Null => "null",
        CborKind.Undefined => "undefined",
        CborKind.Float => value.Float!.Value.ToString("R", CultureInfo.InvariantCulture),
        CborKind.Simple => $"simple({value.Number})",
        _ => value.Kind.ToString(),
    };
}
