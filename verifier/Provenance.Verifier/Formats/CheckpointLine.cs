using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>
/// A sentinel line of a text that is only appended to (C2PA 2.5 §A.3.17.2), with its line end:
/// <code>
/// -----BEGIN C2PA CHECKPOINT----- reference -----END C2PA CHECKPOINT-----
/// {"c2pa:checkpoint":"reference"}
/// </code>
/// Nothing else stands in it: what is written there after signing is in no hash until the next checkpoint is.
/// </summary>
/// <param name="Line">The line from its first byte, line end included.</param>
/// <param name="Reference">What it refers to.</param>
internal sealed record CheckpointLine(ByteRange Line, ManifestReference Reference)
{
    public static ReadOnlySpan<byte> Begin => "-----BEGIN C2PA CHECKPOINT-----"u8;

    public static ReadOnlySpan<byte> JsonKey => "\"c2pa:checkpoint\""u8;

    private static ReadOnlySpan<byte> End => "-----END C2PA CHECKPOINT-----"u8;

    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    /// <summary>Bytes before and behind the reference that are looked at: the delimiters and some white space.</summary>
    private const int Edge = 128;

    /// <summary>Where the store lies, if the line holds it.</summary>
    public StoreLocation? Store => Reference.Base64 is { } base64 ? new([Line], [base64]) { Encoding = StoreEncoding.Base64 } : null;

    /// <summary>The line that starts at <paramref name="start"/>; null where it is no checkpoint, or the file ends before the line does.</summary>
    public static async ValueTask<CheckpointLine?> ReadAsync(ReadWindow window, long start)
    {
        if (await LineEndAsync(window, start).ConfigureAwait(false) is not { } end)
            return null;
        var head = await window.AtAsync(start, (int)Math.Min(Edge, end - start)).ConfigureAwait(false);
        int before = LengthBefore(head.Span);
        if (before < 0)
            return null;
        bool isJson = !head.Span.StartsWith(Begin);
        long tailStart = Math.Max(start + before, end - Edge);
        var tail = await window.AtAsync(tailStart, (int)(end - tailStart)).ConfigureAwait(false);
        int behind = LengthBehind(tail.Span, isJson);
        if (behind < 0)
            return null;
        var reference = await ManifestReference.ReadAsync(window, ByteRange.FromTo(start + before, end - behind)).ConfigureAwait(false);
        return reference.IsNone ? null : new(ByteRange.FromTo(start, end), reference);
    }

    /// <summary>Offset behind the line feed that ends the line; null where the file ends before.</summary>
    private static async ValueTask<long?> LineEndAsync(ReadWindow window, long start)
    {
        while (start < window.Length)
        {
            var bytes = await window.FromAsync(start, 1).ConfigureAwait(false);
            int end = bytes.Span.IndexOf((byte)'\n');
            if (end >= 0)
                return start + end + 1;
            start += bytes.Length;
        }
        return null;
    }

    /// <summary>Bytes of the line before the reference; -1 where the line does not start like a checkpoint.</summary>
    private static int LengthBefore(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(Begin))
            return Begin.Length;
        int at = 0;
        return Take(line, "{"u8, ref at) && Take(line, JsonKey, ref at) && Take(line, ":"u8, ref at) && Take(line, "\""u8, ref at) ? at : -1;
    }

    /// <summary>Bytes of the line behind the reference; -1 where the line does not end like a checkpoint.</summary>
    private static int LengthBehind(ReadOnlySpan<byte> line, bool isJson)
    {
        var rest = line[..^1];
        if (rest.EndsWith("\r"u8))
            rest = rest[..^1];
        if (!isJson)
            return rest.EndsWith(End) ? line.Length - rest.Length + End.Length : -1;
        rest = rest.TrimEnd(" \t"u8);
        if (!rest.EndsWith("}"u8))
            return -1;
        rest = rest[..^1].TrimEnd(" \t"u8);
        return rest.EndsWith("\""u8) ? line.Length - rest.Length + 1 : -1;
    }

    private static bool Take(ReadOnlySpan<byte> line, ReadOnlySpan<byte> token, ref int at)
    {
        int start = at + Math.Max(0, line[at..].IndexOfAnyExcept(WhiteSpace));
        if (!line[start..].StartsWith(token))
            return false;
        at = start + token.Length;
        return true;
    }
}
