namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>Tells the media type of a file by its first bytes: pictures above all, for that is what thumbnails and icons are.</summary>
internal static class MediaSignature
{
    // An SVG may begin with a declaration, comments and a document type; its root is looked for this far.
    private const int TextHead = 1024;

    /// <summary>The media type; null where the first bytes show none of those known here.</summary>
    public static string? Find(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        if (data.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return "image/png";
        if (data.StartsWith("GIF87a"u8) || data.StartsWith("GIF89a"u8))
            return "image/gif";
        if (data.StartsWith("RIFF"u8) && data.Length >= 12)
            return data[8..12] switch
            {
                [(byte)'W', (byte)'E', (byte)'B', (byte)'P'] => "image/webp",
                [(byte)'W', (byte)'A', (byte)'V', (byte)'E'] => "audio/wav",
                [(byte)'A', (byte)'V', (byte)'I', (byte)' '] => "video/avi",
                _ => null,
            };
        if (data.StartsWith("II*\0"u8) || data.StartsWith("MM\0*"u8))
            return "image/tiff";
        if (data.StartsWith("BM"u8))
            return "image/bmp";
        if (data.StartsWith("%PDF-"u8))
            return "application/pdf";
        if (data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || data.StartsWith("\0\0\0\u000CJXL "u8))
            return "image/jxl";
        if (data.Length >= 12 && data[4..8].SequenceEqual("ftyp"u8))
            return FindBrand(data[8..12]);
        return IsSvg(data) ? "image/svg+xml" : null;
    }

    /// <summary>Whether two media types are one; parameters and letter case tell none apart, and some writers say "image/jpg".</summary>
    public static bool AreSame(string stated, string detected) => string.Equals(Plain(stated), Plain(detected), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string mediaType)
    {
        int end = mediaType.IndexOf(';', StringComparison.Ordinal);
        string plain = (end < 0 ? mediaType : mediaType[..end]).Trim();
        return plain.ToUpperInvariant() switch
        {
            "IMAGE/JPG" => "image/jpeg",
            "AUDIO/X-WAV" or "AUDIO/WAVE" or "AUDIO/VND.WAVE" => "audio/wav",
            "VIDEO/MSVIDEO" or "VIDEO/X-MSVIDEO" => "video/avi",
            "IMAGE/X-MS-BMP" => "image/bmp",
            "IMAGE/HEIC" => "image/heif", // HEIF with one codec
            _ => plain,
        };
    }

    /// <summary>The major brand of an ISO base media file.</summary>
    private static string? FindBrand(ReadOnlySpan<byte> brand) => System.Text.Encoding.ASCII.GetString(brand) switch
    {
        "avif" or "avis" => "image/avif",
        "heic" or "heix" or "hevc" or "mif1" or "msf1" => "image/heif",
        "qt  " => "video/quicktime",
        "M4A " => "audio/mp4",
        "isom" or "iso2" or "iso4" or "iso5" or "iso6" or "mp41" or "mp42" => "video/mp4",
        _ => null,
    };

    private static bool IsSvg(ReadOnlySpan<byte> data)
    {
        var head = data[..Math.Min(data.Length, TextHead)];
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        return head.StartsWith("<"u8) && head.IndexOf("<svg"u8) >= 0;
    }
}
