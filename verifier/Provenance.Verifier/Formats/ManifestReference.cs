using System.Buffers;
using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>
/// What stands between the delimiters of a block or a checkpoint of text (C2PA 2.5 §14.5.2.4, §14.5.2.5): a data: URI with the store, or a URI
/// of where the store is. At most one of the two is set.
/// </summary>
/// <param name="Base64">Where the Base64 of the store lies, white space around it.</param>
/// <param name="Url">The URI.</param>
internal readonly record struct ManifestReference(ByteRange? Base64, string? Url)
{
    /// <summary>Bytes of a URI; RFC 9110 §4.1 asks for 8,000 octets at most, real ones have about 100.</summary>
    private const int LongestUrl = 4096;

    /// <summary>Base64 of a superbox with the description box of a store and nothing else: shorter ones stand in books about C2PA.</summary>
    private const int ShortestStore = 52;

    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    private static readonly SearchValues<byte> s_inNoUri = SearchValues.Create("<>\"\\^`{|}"u8);

    private static ReadOnlySpan<byte> DataUri => "data:application/c2pa;base64,"u8;

    public bool IsNone => Base64 is null && Url is null;

    /// <summary>Reads the reference in a range of the asset.</summary>
    public static async ValueTask<ManifestReference> ReadAsync(ReadWindow window, ByteRange range)
    {
        var bytes = await window.AtAsync(range.Offset, (int)Math.Min(range.Length, 2 * LongestUrl)).ConfigureAwait(false);
        return Read(bytes.Span, range);
    }

    /// <summary>Reads the reference that fills a range of the asset and starts with <paramref name="head"/>.</summary>
    private static ManifestReference Read(ReadOnlySpan<byte> head, ByteRange range)
    {
        int start = head.IndexOfAnyExcept(WhiteSpace);
        if (start < 0)
            return default;
        var text = head[start..];
        // RFC 3986 §3.1 and RFC 2045 §5.1: scheme and media type know no case.
        if (text.Length >= DataUri.Length && Ascii.EqualsIgnoreCase(text[..DataUri.Length], DataUri))
        {
            var base64 = ByteRange.FromTo(range.Offset + start + DataUri.Length, range.End);
            return base64.Length < ShortestStore ? default : new(base64, null);
        }
        bool isWhole = head.Length == range.Length;
        return isWhole && IsUrl(text = text.TrimEnd(WhiteSpace)) ? new(null, Encoding.ASCII.GetString(text)) : default;
    }

    /// <summary>An absolute URI (RFC 3986 §4.3) as far as its characters tell, of any scheme but "data".</summary>
    private static bool IsUrl(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        if (colon <= 0 || text.Length > LongestUrl || !char.IsAsciiLetter((char)text[0]) || Ascii.EqualsIgnoreCase(text[..colon], "data"u8))
            return false;
        foreach (byte b in text[..colon])
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'+' or (byte)'-' or (byte)'.'))
                return false;
        }
        return text.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7E) < 0 && text.IndexOfAny(s_inNoUri) < 0;
    }
}
