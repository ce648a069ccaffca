using System.Text;

namespace Provenance.Metadata;

/// <summary>Text of EXIF that is no plain string.</summary>
internal static class ExifText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Character code (8), text (CIPA DC-008 §4.6.6.3, UserComment). "UNICODE" says nothing of the order of bytes, so the text has to.</summary>
    public static string Comment(ReadOnlySpan<byte> value)
    {
        if (value.Length < 8)
            return Plain(value);
        var text = value[8..];
        if (value.StartsWith("UNICODE\0"u8))
            return Wide(text);
        return Plain(value.StartsWith("ASCII\0\0\0"u8) || value.StartsWith("\0\0\0\0\0\0\0\0"u8) ? text : value);
    }

    /// <summary>UTF-16 in the order in which more of the high bytes are zero; without its last zeros.</summary>
    public static string Wide(ReadOnlySpan<byte> value)
    {
        value = value[..(value.Length & ~1)];
        int even = 0, odd = 0;
        for (int i = 0; i + 1 < value.Length; i += 2)
        {
            even += value[i] == 0 ? 1 : 0;
            odd += value[i + 1] == 0 ? 1 : 0;
        }
        bool isBig = value is [0xFE, 0xFF, ..] || (value is not [0xFF, 0xFE, ..] && even > odd);
        return (isBig ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(value).Trim('\0', '\uFEFF', ' ');
    }

    /// <summary>UTF-8 where it is that, else Latin-1.</summary>
    public static string Plain(ReadOnlySpan<byte> value)
    {
        value = value.Trim((byte)0);
        try
        {
            return Strict.GetString(value).Trim();
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(value).Trim();
        }
    }
}
