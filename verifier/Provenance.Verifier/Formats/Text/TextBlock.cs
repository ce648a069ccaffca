using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Text;

/// <summary>The lines of a manifest block of structured text, and what of them a data hash leaves out (C2PA 2.5 §A.9.5.1).</summary>
internal static class TextBlock
{
    /// <summary>The store in a block.</summary>
    /// <param name="window">The text.</param>
    /// <param name="block">From the first byte of the first delimiter to the last of the second.</param>
    /// <param name="base64">The Base64 between them.</param>
    /// <exception cref="MalformedDataException">There is more on the block's lines than a comment's signs.</exception>
    public static async ValueTask<StoreLocation> StoreAsync(ReadWindow window, ByteRange block, ByteRange base64)
    {
        const int Around = CommentSigns.Longest + 2;
        var bytesBefore = await window.AtAsync(Math.Max(0, block.Offset - Around), (int)Math.Min(Around, block.Offset)).ConfigureAwait(false);
        byte[] before = bytesBefore.ToArray();
        var bytesBehind = await window.AtAsync(block.End, Around).ConfigureAwait(false);
        byte[] behind = bytesBehind.ToArray();

        int newline = before.AsSpan().LastIndexOf((byte)'\n');
        int end = behind.AsSpan().IndexOf((byte)'\n');
        bool isWithin = (newline >= 0 || before.Length == block.Offset) && (end >= 0 || block.End + behind.Length == window.Length);
        var lineEnd = end < 0 ? default : end > 0 && behind[end - 1] == '\r' ? "\r\n"u8 : "\n"u8;
        int textEnd = end < 0 ? behind.Length : end + 1 - lineEnd.Length;
        if (!isWithin || !CommentSigns.AreSigns(before.AsSpan(newline + 1), behind.AsSpan(0, textEnd)))
            throw new MalformedDataException("C2PA manifest block", block.Offset, "its lines hold more than the block and the signs of a comment; they are in no hash (§A.9.5.1)");

        long start = block.Offset - before.Length + newline + 1;
        int startEnd = newline < 0 ? 0 : newline > 0 && before[newline - 1] == '\r' ? 2 : 1;
        return Extents(start, startEnd, block.End + textEnd, lineEnd.Length, window.Length) with { Payload = [base64], Encoding = StoreEncoding.Base64 };
    }

    /// <param name="start">First byte of the block's first line.</param>
    /// <param name="before">Bytes of the line end before it.</param>
    /// <param name="end">Byte behind the text of its last line.</param>
    /// <param name="behind">Bytes of the line end behind it.</param>
    /// <param name="length">Length of the file.</param>
    private static StoreLocation Extents(long start, int before, long end, int behind, long length)
    {
        bool isLast = end + behind == length && start > 0;
        // "The newline character" is the line feed of a CR LF; a reader may as well take both.
        var extent = ByteRange.FromTo(isLast ? start - 1 : start, end + behind);
        var others = new List<ByteRange>();
        for (int left = 0; left <= before; left++)
        {
            others.Add(ByteRange.FromTo(start - left, end));
            others.Add(ByteRange.FromTo(start - left, end + behind));
        }
        return new([extent], []) { OtherExtents = [.. others.Where(other => other != extent).Distinct()] };
    }
}
