using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Trust;

/// <summary>A certificate block of a PEM text, or a line between blocks.</summary>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Offset">Its first character, from 0.</param>
/// <param name="Text">The line between blocks, trimmed; empty for a block.</param>
/// <param name="Der">The decoded block; null for a line between blocks.</param>
internal sealed record PemItem(int Line, long Offset, string Text, byte[]? Der);

/// <summary>
/// Reads PEM (RFC 7468) as published trust lists use it: certificates with any text between them. What is inside a block is strict, and
/// a block that is damaged or is no certificate stops the reading: a list that shrinks unnoticed is worse than one that is refused.
/// </summary>
internal static class PemBlocks
{
    private const string Begin = "-----BEGIN ", End = "-----END ", Dashes = "-----", Certificate = "CERTIFICATE";

    /// <summary>Every block and every line between blocks, in order.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="structure">What the text is, for errors.</param>
    /// <exception cref="MalformedDataException">A block is damaged; the rule says which by number and line.</exception>
    public static List<PemItem> Read(string text, string structure) => Read(text, structure, Certificate);

    private static List<PemItem> Read(string text, string structure, string wanted)
    {
        var items = new List<PemItem>();
        int line = 0, block = 0, blockLine = 0, blockStart = 0;
        var base64 = new System.Text.StringBuilder();
        for (int start = 0, next; start < text.Length; start = next)
        {
            next = EndOfLine(text, start);
            line++;
            string trimmed = text[start..next].Trim();
            bool inside = blockLine > 0;
            if (Label(trimmed, Begin) is { } label)
            {
                block++;
                if (inside)
                    throw Broken(blockStart, blockLine, block - 1, "has no END line");
                if (label != wanted)
                    throw Broken(start, line, block, $"is a {label}, only {wanted} belongs here");
                (blockLine, blockStart) = (line, start);
                base64.Clear();
            }
            else if (Label(trimmed, End) is { } ended)
            {
                if (!inside)
                    throw Broken(start, line, block + 1, "has an END line and no BEGIN line");
                if (ended != wanted)
                    throw Broken(blockStart, blockLine, block, $"begins as {wanted} and ends as {ended}");
                items.Add(new PemItem(blockLine, blockStart, "", Decode(base64.ToString()) ?? throw Broken(blockStart, blockLine, block, "is not Base64")));
                blockLine = 0;
            }
            else if (inside)
            {
                base64.Append(trimmed);
            }
            else
            {
                items.Add(new PemItem(line, start, trimmed, null));
            }
        }
        return blockLine == 0 ? items : throw Broken(blockStart, blockLine, block, "has no END line");

        MalformedDataException Broken(long offset, int atLine, int number, string what) =>
            new(structure, offset, $"PEM block {number} (line {atLine}) {what}");
    }

    /// <summary>The one block of a PEM text that holds nothing else but blank lines.</summary>
    /// <exception cref="MalformedDataException">There is another block, other text, or damage.</exception>
    public static byte[] ReadOnly(string text, string label, string structure)
    {
        var items = Read(text, structure, label);
        return items.Find(item => item.Der is not null)?.Der is { } der && items.Count(item => item.Der is not null || item.Text.Length > 0) == 1
            ? der
            : throw new MalformedDataException(structure, 0, $"one PEM block of {label} expected and nothing else");
    }

    /// <summary>Behind the line feed, the carriage return or both that end the line; behind the last character where none does.</summary>
    private static int EndOfLine(string text, int start)
    {
        int end = start;
        while (end < text.Length && text[end] is not ('\n' or '\r'))
            end++;
        return end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? end + 2 : Math.Min(end + 1, text.Length);
    }

    /// <summary>The bytes of a Base64 text (RFC 4648 §4); null where it is none, or is empty.</summary>
    public static byte[]? Decode(string base64)
    {
        byte[] bytes = new byte[base64.Length / 4 * 3];
        return base64.Length > 0 && Convert.TryFromBase64String(base64, bytes, out int length) ? bytes[..length] : null;
    }

    private static string? Label(string line, string prefix) =>
        line.StartsWith(prefix, StringComparison.Ordinal) && line.EndsWith(Dashes, StringComparison.Ordinal) && line.Length >= prefix.Length + Dashes.Length
            ? line[prefix.Length..^Dashes.Length]
            : null;
}
