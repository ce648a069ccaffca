using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;

namespace Provenance.Metadata;

/// <summary>Reads a text chunk of PNG (PNG 3rd ed. §11.3.3).</summary>
internal static class PngTextEntry
{
    /// <summary>Bytes of a keyword (§11.3.3.1).</summary>
    private const int KeywordLength = 79;

    /// <summary>The keyword and its text.</summary>
    /// <exception cref="MalformedDataException">The chunk breaks its rules.</exception>
    public static MetadataEntry Read(MetadataBlock block, BlockReader reader)
    {
        var bytes = block.Bytes;
        long offset = block.Ranges[0].Offset;
        MalformedDataException Wrong(string rule) => new("PNG text", offset, rule);
        int keyword = bytes.Span.IndexOf((byte)0);
        if (keyword is < 1 or > KeywordLength)
            throw Wrong($"a keyword of 1 to {KeywordLength} bytes expected (§11.3.3.1)");
        var text = bytes[(keyword + 1)..];
        if (block.Form == MetadataForm.PngPackedText)
        {
            if (text.Length < 1 || text.Span[0] != 0)
                throw Wrong("compression method 0 expected (§11.3.3.3)");
            text = reader.Inflate(text[1..], offset);
        }
        else if (block.Form == MetadataForm.PngInternationalText)
        {
            if (text.Length < 2 || text.Span[0] > 1)
                throw Wrong("a compression flag expected (§11.3.3.4)");
            bool isPacked = text.Span[0] == 1;
            text = text[2..];
            for (int skipped = 0; skipped < 2; skipped++) // language, translated keyword
            {
                int length = text.Span.IndexOf((byte)0);
                if (length < 0)
                    throw Wrong("language, keyword and text expected (§11.3.3.4)");
                text = text[(length + 1)..];
            }
            if (isPacked)
                text = reader.Inflate(text, offset);
        }
        // tEXt is Latin-1 by the standard; programs that generate pictures write UTF-8 into it.
        return new("PNG " + ExifText.Plain(bytes.Span[..keyword]), ExifText.Plain(text.Span));
    }

    /// <summary>The text of a chunk whose keyword is known, such as an XMP packet that is packed.</summary>
    public static ReadOnlyMemory<byte> TextOf(MetadataBlock block, BlockReader reader) => System.Text.Encoding.UTF8.GetBytes(Read(block, reader).Value);
}
