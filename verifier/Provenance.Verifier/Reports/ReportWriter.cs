using System.Globalization;
using System.Text;

namespace Provenance.Verifier.Reports;

/// <summary>
/// Writes JSON that stays within bounds whatever it is given (R24): strings are cut by the length of their escaped form, lists by
/// the characters written so far, and both say so. Only ASCII is written, so that no character of a file can act on a terminal.
/// </summary>
internal sealed class ReportWriter
{
    /// <summary>Characters of one string as written, its quotes left out.</summary>
    public const int StringLength = 4096;

    /// <summary>Characters written after which lists end. What stands between two looks at this figure is less than the rest up to 1 MiB.</summary>
    public const int ListsEnd = 768 << 10;

    // One array: hundreds of short pieces are appended a report, and where the text is interpreted, each call costs more than its copy.
    private char[] _text = new char[16 << 10];
    private int _length;
    private bool _isFirst = true;

    /// <summary>Whether a string or list was cut.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Characters written so far.</summary>
    public int Length => _length;

    public void CopyTo(TextWriter writer) => writer.Write(_text, 0, _length);

    /// <summary>Starts the outermost object, or one in a list.</summary>
    public void Open()
    {
        Separate();
        Begin('{');
    }

    public void Open(string name)
    {
        Name(name);
        Begin('{');
    }

    public void Close() => End('}');

    /// <summary>Starts a list whose entries whoever calls counts.</summary>
    public void OpenList(string name)
    {
        Name(name);
        Begin('[');
    }

    public void CloseList() => End(']');

    public void Null(string name)
    {
        Name(name);
        Append("null");
    }

    public void Text(string name, string? value, int length = StringLength)
    {
        Name(name);
        Value(value, length);
    }

    /// <summary>A member where there is a text, and none where there is not.</summary>
    public void OptionalText(string name, string? value, int length = StringLength)
    {
        if (value is not null)
            Text(name, value, length);
    }

    /// <summary>Bytes in base64, whole.</summary>
    public void Base64(string name, ReadOnlySpan<byte> value)
    {
        Name(name);
        Append('"');
        Append(Convert.ToBase64String(value));
        Append('"');
    }

    public void Number(string name, long value)
    {
        Name(name);
        Append(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A share of 1, to seven decimals.</summary>
    public void Share(string name, double value)
    {
        Name(name);
        Append(value.ToString("0.0######", CultureInfo.InvariantCulture));
    }

    public void Flag(string name, bool? value)
    {
        Name(name);
        Append(value switch { null => "null", true => "true", false => "false" });
    }

    /// <summary>A time as RFC 3339 in UTC; a fraction only where there is one.</summary>
    public void Time(string name, DateTimeOffset? value) =>
        Text(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));

    public void Texts(string name, IEnumerable<string> values, int length = ListsEnd) => List(name, values, Entry, length);

    /// <summary>An entry of a list of texts.</summary>
    public void Entry(string value) => Entry(value, StringLength);

    /// <summary>An entry of a list of texts.</summary>
    public void Entry(string value, int length)
    {
        Separate();
        Value(value, length);
    }

    /// <summary>
    /// A list that ends early where the bounds are reached; "…Omitted" beside it then tells how many entries are missing.
    /// </summary>
    /// <param name="name">The member.</param>
    /// <param name="items">The entries.</param>
    /// <param name="write">Writes one entry.</param>
    /// <param name="length">Characters after which this list ends.</param>
    public void List<T>(string name, IEnumerable<T> items, Action<T> write, int length = ListsEnd)
    {
        OpenList(name);
        int end = (int)Math.Min((long)_length + length, ListsEnd), omitted = 0;
        foreach (var item in items)
        {
            if (_length < end)
                write(item);
            else
                omitted++;
        }
        CloseList();
        if (omitted == 0)
            return;
        IsTruncated = true;
        Number(name + "Omitted", omitted);
    }

    private void Name(string name)
    {
        var to = Reserve(name.Length + 4);
        int length = 0;
        if (!_isFirst)
            to[length++] = ',';
        to[length++] = '"';
        name.CopyTo(to[length..]);
        length += name.Length;
        to[length++] = '"';
        to[length++] = ':';
        _length += length;
        _isFirst = false;
    }

    private void Separate()
    {
        if (!_isFirst)
            Append(',');
        _isFirst = false;
    }

    private void Begin(char bracket)
    {
        Append(bracket);
        _isFirst = true;
    }

    private void End(char bracket)
    {
        Append(bracket);
        _isFirst = false;
    }

    private void Value(string? value, int length)
    {
        if (value is null)
        {
            Append("null");
            return;
        }
        if (value.Length <= length && FirstToEscape(value) < 0)
        {
            var to = Reserve(value.Length + 2);
            to[0] = '"';
            value.CopyTo(to[1..]);
            to[value.Length + 1] = '"';
            _length += value.Length + 2;
            return;
        }
        Append('"');
        AppendEscaped(value.Length > length / 12 || value.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 ? Cut(value, length) : value);
        Append('"');
    }

    private void AppendEscaped(ReadOnlySpan<char> value)
    {
        while (FirstToEscape(value) is >= 0 and var plain)
        {
            Append(value[..plain]);
            char c = value[plain];
            Append('\\');
            Append(c switch { '\b' => 'b', '\t' => 't', '\n' => 'n', '\f' => 'f', '\r' => 'r', '"' or '\\' => c, _ => 'u' });
            if (c is not ('\b' or '\t' or '\n' or '\f' or '\r' or '"' or '\\'))
                AppendHex(c);
            value = value[(plain + 1)..];
        }
        Append(value);
    }

    /// <summary>Where the first character stands that is no ASCII or that JSON does not let stand; negative where there is none.</summary>
    private static int FirstToEscape(ReadOnlySpan<char> value)
    {
        int outside = value.IndexOfAnyExceptInRange(' ', '~');
        int mark = (outside < 0 ? value : value[..outside]).IndexOfAny('"', '\\');
        return mark < 0 ? outside : mark;
    }

    private void AppendHex(char c)
    {
        var to = Reserve(4);
        for (int i = 0; i < 4; i++)
            to[i] = "0123456789abcdef"[(c >> (12 - (4 * i))) & 0xF];
        _length += 4;
    }

    private void Append(char c)
    {
        Reserve(1)[0] = c;
        _length++;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Reserve(text.Length));
        _length += text.Length;
    }

    private Span<char> Reserve(int length)
    {
        if (_text.Length - _length < length)
            Array.Resize(ref _text, Math.Max(2 * _text.Length, _length + length));
        return _text.AsSpan(_length);
    }

    /// <summary>The text without lone surrogates, which no strict reader takes, cut to its bound with "…" at the end.</summary>
    private string Cut(string value, int length)
    {
        const int ellipsis = 6;
        var kept = new StringBuilder(Math.Min(value.Length, length));
        int written = 0, lastFit = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            written += rune.Value is '"' or '\\' ? 2 : rune.Value is >= ' ' and < 0x7F ? 1 : 6 * rune.Utf16SequenceLength;
            if (written > length)
            {
                IsTruncated = true;
                kept.Length = lastFit;
                return kept.Append('…').ToString();
            }
            kept.Append(rune.ToString());
            if (written <= length - ellipsis)
                lastFit = kept.Length;
        }
        return kept.ToString();
    }
}
