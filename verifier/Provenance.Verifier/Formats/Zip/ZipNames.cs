using System.Text;

namespace Provenance.Verifier.Formats.Zip;

/// <summary>Reads a path: UTF-8 if flag 11 says so, else code page 437 by the book and UTF-8 by habit (APPNOTE Appendix D).</summary>
internal static class ZipNames
{
    private const int Utf8Flag = 0x0800;

    /// <summary>The upper half of code page 437.</summary>
    private const string Upper =
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IReadOnlyList<string> Read(ReadOnlySpan<byte> bytes, int flags)
    {
        var names = new List<string>(1);
        try
        {
            names.Add(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            // Not UTF-8, whatever the flag says.
        }
        if (names.Count == 0 || ((flags & Utf8Flag) == 0 && !Ascii.IsValid(bytes)))
            names.Add(string.Concat(bytes.ToArray().Select(value => value < 0x80 ? (char)value : Upper[value - 0x80])));
        return names;
    }
}
