using System.Buffers;
using System.Text;

namespace Provenance.Verifier.Formats.Html;

/// <summary>A start or end tag as a browser's tokenizer splits it (HTML §13.2.5), names in lower case.</summary>
internal sealed class HtmlTag
{
    private static readonly SearchValues<byte> s_tagNameEnds = SearchValues.Create(" \t\r\n\f/>"u8);
    private static readonly SearchValues<byte> s_gaps = SearchValues.Create(" \t\r\n\f/"u8);
    private static readonly SearchValues<byte> s_nameEnds = SearchValues.Create(" \t\r\n\f/>="u8);
    private static readonly SearchValues<byte> s_valueEnds = SearchValues.Create(" \t\r\n\f>"u8);

    private readonly List<(string Name, string Value)> _attributes = [];

    private HtmlTag(string name) => Name = name;

    public string Name { get; }

    /// <summary>Bytes from "&lt;" to "&gt;".</summary>
    public int Length { get; private set; }

    /// <summary>A script whose text is a manifest store (C2PA 2.5 §A.7.1.1).</summary>
    public bool IsStore => Name == "script" && string.Equals(this["type"]?.Trim(), "application/c2pa", StringComparison.OrdinalIgnoreCase);

    /// <summary>Names of the attributes.</summary>
    public IEnumerable<string> Attributes => _attributes.Select(attribute => attribute.Name);

    /// <summary>The value of an attribute, the first of that name as in a browser; null where there is none. Character references stand as written.</summary>
    public string? this[string name] => _attributes.Find(attribute => attribute.Name == name).Value;

    /// <summary>Reads a tag behind its "&lt;" or "&lt;/"; null where the bytes end before it does.</summary>
    /// <param name="bytes">From "&lt;" on.</param>
    /// <param name="at">Where the name starts.</param>
    public static HtmlTag? Read(ReadOnlySpan<byte> bytes, int at)
    {
        int end = at + EndOf(bytes[at..], s_tagNameEnds);
        var tag = new HtmlTag(LowerCase(bytes[at..end]));
        while (true)
        {
            // Before a name, "/" is as good as a space; "=" starts a name.
            int start = bytes[end..].IndexOfAnyExcept(s_gaps);
            if (start < 0)
                return null;
            start += end;
            if (bytes[start] == '>')
            {
                tag.Length = start + 1;
                return tag;
            }
            int nameEnd = start + 1 + EndOf(bytes[(start + 1)..], s_nameEnds);
            end = ReadValue(bytes, nameEnd, out var value);
            if (end < 0)
                return null;
            tag._attributes.Add((LowerCase(bytes[start..nameEnd]), Encoding.Latin1.GetString(value)));
        }
    }

    /// <summary>Reads "= value" behind a name, if it is there; returns where it ends, -1 where the bytes do before.</summary>
    private static int ReadValue(ReadOnlySpan<byte> bytes, int at, out ReadOnlySpan<byte> value)
    {
        value = default;
        int next = SkipSpace(bytes, at);
        if (next == bytes.Length)
            return -1;
        if (bytes[next] != '=')
            return at;
        int start = SkipSpace(bytes, next + 1);
        if (start == bytes.Length)
            return -1;
        if (bytes[start] is (byte)'"' or (byte)'\'')
        {
            int length = bytes[(start + 1)..].IndexOf(bytes[start]);
            value = length < 0 ? default : bytes.Slice(start + 1, length);
            return length < 0 ? -1 : start + length + 2;
        }
        value = bytes.Slice(start, EndOf(bytes[start..], s_valueEnds));
        return start + value.Length;
    }

    private static int SkipSpace(ReadOnlySpan<byte> bytes, int at)
    {
        int length = bytes[at..].IndexOfAnyExcept(" \t\r\n\f"u8);
        return length < 0 ? bytes.Length : at + length;
    }

    private static int EndOf(ReadOnlySpan<byte> bytes, SearchValues<byte> ends) => bytes.IndexOfAny(ends) is >= 0 and var end ? end : bytes.Length;

    private static string LowerCase(ReadOnlySpan<byte> name) => Encoding.Latin1.GetString(name).ToLowerInvariant();
}
