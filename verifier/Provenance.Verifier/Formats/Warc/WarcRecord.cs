using System.Globalization;
using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Warc;

/// <summary>
/// One record of a WARC file (ISO 28500:2017 §4):
/// <code>
/// "WARC/1.1" CR LF | name ":" value CR LF | … | CR LF | block of Content-Length bytes | CR LF CR LF
/// </code>
/// </summary>
/// <param name="Range">All of it, the two line ends at its end included.</param>
/// <param name="Block">Its content.</param>
internal sealed record WarcRecord(ByteRange Range, ByteRange Block)
{
    private const string Structure = "WARC record";

    /// <summary>Bytes of the header; those of real records have some hundreds.</summary>
    private const int LongestHeader = ReadWindow.Size;

    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The record of the manifest store (C2PA 2.5 §A.10.2).</summary>
    public bool IsStore =>
        string.Equals(this["WARC-Type"], "c2pa-provenance", StringComparison.OrdinalIgnoreCase) && string.Equals(this["Content-Type"], "application/c2pa", StringComparison.OrdinalIgnoreCase);

    /// <summary>WARC-Record-ID without its angle brackets; null where it is missing.</summary>
    public string? Id => this["WARC-Record-ID"] is ['<', .. { Length: > 0 } id, '>'] ? id : null;

    /// <summary>The value of a field of the header.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>The record at <paramref name="offset"/>.</summary>
    /// <exception cref="MalformedDataException">There is none, or it reaches beyond the file.</exception>
    public static async ValueTask<WarcRecord> ReadAsync(ReadWindow window, long offset)
    {
        var bytes = await window.AtAsync(offset, LongestHeader).ConfigureAwait(false);
        var record = ReadHeader(bytes.Span, offset);
        if (record.Block.Length > window.Length - record.Block.Offset - 4)
            throw new MalformedDataException(Structure, offset, $"a block of {record.Block.Length} bytes, {Math.Max(0, window.Length - record.Block.Offset - 4)} left");
        var end = await window.AtAsync(record.Block.End, 4).ConfigureAwait(false);
        return end.Span.SequenceEqual("\r\n\r\n"u8) ? record : throw new MalformedDataException(Structure, record.Block.End, "two line ends expected behind the block (ISO 28500 §4)");
    }

    private static WarcRecord ReadHeader(ReadOnlySpan<byte> bytes, long offset)
    {
        if (!bytes.StartsWith("WARC/1."u8))
            throw new MalformedDataException(Structure, offset, "WARC/1.0 or WARC/1.1 expected");
        int end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            throw new MalformedDataException(Structure, offset, $"the header has no end within {LongestHeader} bytes");
        var lines = Encoding.UTF8.GetString(bytes[..end]).Split("\r\n");
        // Many readers end a line at a line feed alone, and would find fields in it that are none here.
        if (lines.Any(line => line.AsSpan().ContainsAny('\r', '\n')))
            throw new MalformedDataException(Structure, offset, "a line of the header ends with CR LF (ISO 28500 §4)");
        var fields = new Dictionary<string, StringBuilder>(StringComparer.OrdinalIgnoreCase);
        StringBuilder? last = null;
        foreach (string line in lines.Skip(1))
        {
            // WARC 1.0 §4 lets a value go on in a line that starts with white space.
            if (last is not null && line is [' ' or '\t', ..])
            {
                last.Append(' ').Append(line.AsSpan().Trim(" \t"));
                continue;
            }
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            // Some readers let white space stand before the colon.
            string name = colon > 0 ? line[..colon].Trim(' ', '\t') : throw new MalformedDataException(Structure, offset, "a header is fields of a name and a value");
            last = new StringBuilder(line[(colon + 1)..].Trim(' ', '\t'));
            // Other fields may be repeated; of these readers might take either.
            if (!fields.TryAdd(name, last) && IsRead(name))
                throw new MalformedDataException(Structure, offset, $"{name} is there twice");
        }
        if (!long.TryParse(fields.GetValueOrDefault("Content-Length")?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long length) || length > long.MaxValue / 2)
            throw new MalformedDataException(Structure, offset, "Content-Length is a number of bytes");
        var block = new ByteRange(offset + end + 4, length);
        var record = new WarcRecord(ByteRange.FromTo(offset, block.End + 4), block);
        foreach (var (name, value) in fields)
            record._fields.Add(name, value.ToString());
        return record;
    }

    private static bool IsRead(string name) =>
        name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
        || name.Equals("WARC-Type", StringComparison.OrdinalIgnoreCase) || name.Equals("WARC-Record-ID", StringComparison.OrdinalIgnoreCase);
}
