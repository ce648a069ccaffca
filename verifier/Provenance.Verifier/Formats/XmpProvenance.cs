using System.Globalization;
using System.Text;

namespace Provenance.Verifier.Formats;

/// <summary>
/// Where an XMP packet says the manifest store lies (dcterms:provenance, C2PA 2.5 §A.2 and §14.5.3): text an attacker may have written,
/// nothing more. At most one of the two is set; both are null where the packet does not speak of it.
/// </summary>
/// <param name="Reference">The URI reference as written, entities decoded.</param>
/// <param name="Reason">Why the packet's answer cannot be used.</param>
internal readonly record struct XmpProvenance(string? Reference, string? Reason)
{
    /// <summary>Bytes of a reference; RFC 9110 §4.1 asks for 8,000 octets at most, real ones have about 100.</summary>
    private const int ReferenceLength = 4096;

    private static ReadOnlySpan<byte> DcTerms => "http://purl.org/dc/terms/"u8;

    private static ReadOnlySpan<byte> Rdf => "http://www.w3.org/1999/02/22-rdf-syntax-ns#"u8;

    /// <summary>
    /// Looks for the property in one pass, without an XML reader: no DTD, no entities but the five of XML and numbers, nothing nested
    /// deeper than <see cref="XmlTags.Depth"/>. References to a store inside the asset itself ("self#jumbf=…") do not count.
    /// </summary>
    public static XmpProvenance Find(ReadOnlySpan<byte> packet)
    {
        if (packet.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            packet = packet[3..];
        if (packet.Length >= 2 && (packet[0] is 0xFE or 0xFF || packet[0] == 0 || packet[1] == 0))
            return new XmpProvenance(null, "the XMP packet is not UTF-8");

        string? reference = null;
        string? reason = null;
        var tags = new XmlTags(packet);
        while (reason is null && tags.Next())
        {
            int from = 0;
            ReadOnlySpan<byte> value;
            while (reason is null && tags.FindAttribute(DcTerms, "provenance"u8, ref from, out value))
                reason = Take(value, ref reference);
            if (reason is null && tags.IsElement(DcTerms, "provenance"u8))
            {
                from = 0;
                reason = Take(tags.FindAttribute(Rdf, "resource"u8, ref from, out value) ? value : tags.TextBehind(), ref reference);
            }
        }
        reason ??= tags.Fault;
        return reason is null ? new XmpProvenance(reference, null) : new XmpProvenance(null, reason);
    }

    /// <summary>Takes a value of the property; returns what is wrong with it or with there being another.</summary>
    private static string? Take(ReadOnlySpan<byte> value, ref string? reference)
    {
        if (value.Length > ReferenceLength)
            return $"dcterms:provenance has {value.Length} bytes, more than {ReferenceLength}";
        if (Decode(value) is not { } text)
            return "dcterms:provenance is not well-formed text";
        if (text.Length == 0 || text.StartsWith("self#jumbf=", StringComparison.Ordinal))
            return null;
        // Two answers are none: whoever reads only one could be sent elsewhere (I06).
        if (reference is not null)
            return "dcterms:provenance is there twice";
        reference = text;
        return null;
    }

    /// <summary>Trims and decodes; null for bad UTF-8, unknown entities, and control characters, which no URI has.</summary>
    private static string? Decode(ReadOnlySpan<byte> value)
    {
        value = value.Trim(" \t\r\n"u8);
        string text;
        try
        {
            text = Strict.GetString(value);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
        var decoded = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int end = text[at] == '&' ? text.IndexOf(';', at) : at;
            if (end < 0)
                return null;
            string? part = text[at] == '&' ? Entity(text.AsSpan(at + 1, end - at - 1)) : text[at].ToString();
            if (part is null || char.IsControl(part[0]))
                return null;
            decoded.Append(part);
            at = end + 1;
        }
        return decoded.ToString();
    }

    private static string? Entity(ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case "amp":
                return "&";
            case "lt":
                return "<";
            case "gt":
                return ">";
            case "quot":
                return "\"";
            case "apos":
                return "'";
        }
        bool isHex = name.StartsWith("#x");
        bool isNumber = isHex
            ? int.TryParse(name[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            : int.TryParse(name.StartsWith("#") ? name[1..] : default, NumberStyles.None, CultureInfo.InvariantCulture, out code);
        return isNumber && Rune.TryCreate(code, out var rune) ? rune.ToString() : null;
    }

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
