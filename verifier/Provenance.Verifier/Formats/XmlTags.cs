using System.Buffers;

namespace Provenance.Verifier.Formats;

/// <summary>
/// Steps through the start tags of an XML text and knows which prefix stands for which namespace: just enough to find one property in an
/// XMP packet. It resolves nothing, fetches nothing, and stops at the first thing it does not understand.
/// </summary>
internal ref struct XmlTags(ReadOnlySpan<byte> text)
{
    /// <summary>Nesting that is followed. XMP needs about 8.</summary>
    public const int Depth = 64;

    /// <summary>Namespace declarations in force at once. Adobe's packets have about 20.</summary>
    private const int Declarations = 256;

    private static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\r\n=/>\"'<"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly List<(Range Prefix, Range Uri, int Depth)> _declared = [];
    private int _position;
    private int _depth;
    private bool _isEmpty;
    private Range _name;
    private Range _attributes;

    /// <summary>Why the walk stopped before the end of the text; null where it did not.</summary>
    public string? Fault { get; private set; }

    /// <summary>Goes to the next start tag; false at the end of the text or at a fault.</summary>
    public bool Next()
    {
        // The element before was <a/>: what it declared ends with it.
        if (_isEmpty)
            Leave();
        _isEmpty = false;
        while (true)
        {
            int open = _text[_position..].IndexOf((byte)'<');
            if (open < 0)
                return false;
            _position += open + 1;
            var rest = _text[_position..];
            if (rest.StartsWith("?"u8))
                SkipBehind("?>"u8);
            else if (rest.StartsWith("!--"u8))
                SkipBehind("-->"u8);
            else if (rest.StartsWith("![CDATA["u8))
                SkipBehind("]]>"u8);
            else if (rest.StartsWith("!"u8))
                Fault = "the XMP packet has a document type declaration";
            else if (rest.StartsWith("/"u8))
            {
                SkipBehind(">"u8);
                Leave();
            }
            else
                return ReadTag();
            if (Fault is not null)
                return false;
        }
    }

    /// <summary>Whether the tag's element has this name.</summary>
    public readonly bool IsElement(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> local) => IsName(_text[_name], uri, local, isElement: true);

    /// <summary>The raw value of the tag's next attribute of this name, from <paramref name="from"/> on, which starts as 0.</summary>
    public readonly bool FindAttribute(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> local, scoped ref int from, out ReadOnlySpan<byte> value)
    {
        from = Math.Max(from, _attributes.Start.Value);
        while (NextAttribute(ref from, out var name, out var range))
        {
            value = _text[range];
            if (IsName(_text[name], uri, local, isElement: false))
                return true;
        }
        value = default;
        return false;
    }

    /// <summary>The text up to the next tag; empty for &lt;a/&gt;.</summary>
    public readonly ReadOnlySpan<byte> TextBehind()
    {
        var rest = _isEmpty ? default : _text[_position..];
        int end = rest.IndexOf((byte)'<');
        return end < 0 ? default : rest[..end];
    }

    private void SkipBehind(ReadOnlySpan<byte> mark)
    {
        int end = _text[_position..].IndexOf(mark);
        if (end < 0)
            Fault = "the XMP packet is not well-formed";
        else
            _position += end + mark.Length;
    }

    /// <summary>Reads name, attributes and end of a start tag, and the namespaces it declares.</summary>
    private bool ReadTag()
    {
        int at = _position;
        _name = ReadName(ref at);
        _attributes = at..;
        _depth++;
        if (_depth > Depth)
            Fault = $"the XMP packet is nested deeper than {Depth}";
        else if (_text[_name].IsEmpty)
            Fault = "the XMP packet is not well-formed";
        while (Fault is null && NextAttribute(ref at, out var name, out var value))
        {
            var declared = _text[name];
            if (declared.SequenceEqual("xmlns"u8))
                _declared.Add((name.End..name.End, value, _depth));
            else if (declared.StartsWith("xmlns:"u8))
                _declared.Add(((name.Start.Value + 6)..name.End, value, _depth));
            if (_declared.Count > Declarations)
                Fault = $"the XMP packet declares more than {Declarations} namespaces";
        }
        if (Fault is not null)
            return false;
        _isEmpty = _text[at..].StartsWith("/"u8);
        at += _isEmpty ? 1 : 0;
        if (!_text[at..].StartsWith(">"u8))
        {
            Fault = "the XMP packet is not well-formed";
            return false;
        }
        _position = at + 1;
        return true;
    }

    /// <summary>name = "value" or 'value'; false where no further attribute follows, with <paramref name="at"/> behind the white space.</summary>
    private readonly bool NextAttribute(scoped ref int at, out Range name, out Range value)
    {
        (name, value) = (default, default);
        SkipSpace(ref at);
        int start = at;
        name = ReadName(ref at);
        SkipSpace(ref at);
        if (at >= _text.Length || _text[name].IsEmpty || _text[at] != '=')
        {
            at = start;
            return false;
        }
        at++;
        SkipSpace(ref at);
        if (at >= _text.Length || _text[at] is not ((byte)'"' or (byte)'\''))
        {
            at = start;
            return false;
        }
        byte quote = _text[at++];
        int length = _text[at..].IndexOf(quote);
        if (length < 0)
        {
            at = start;
            return false;
        }
        value = at..(at + length);
        at += length + 1;
        return true;
    }

    private readonly Range ReadName(scoped ref int at)
    {
        int start = at;
        int length = _text[at..].IndexOfAny(NameEnds);
        at = length < 0 ? _text.Length : at + length;
        return start..at;
    }

    private readonly void SkipSpace(scoped ref int at)
    {
        int length = _text[at..].IndexOfAnyExcept(" \t\r\n"u8);
        at = length < 0 ? _text.Length : at + length;
    }

    private readonly bool IsName(ReadOnlySpan<byte> name, ReadOnlySpan<byte> uri, ReadOnlySpan<byte> local, bool isElement)
    {
        int colon = name.IndexOf((byte)':');
        if (!name[(colon + 1)..].SequenceEqual(local))
            return false;
        var prefix = colon < 0 ? default : name[..colon];
        // An attribute without a prefix is in no namespace (Namespaces in XML 1.0 §6.2).
        if (prefix.IsEmpty && !isElement)
            return false;
        for (int i = _declared.Count - 1; i >= 0; i--)
        {
            if (_text[_declared[i].Prefix].SequenceEqual(prefix))
                return _text[_declared[i].Uri].SequenceEqual(uri);
        }
        return false;
    }

    private void Leave()
    {
        while (_declared.Count > 0 && _declared[^1].Depth >= _depth)
            _declared.RemoveAt(_declared.Count - 1);
        _depth = Math.Max(0, _depth - 1);
    }
}
