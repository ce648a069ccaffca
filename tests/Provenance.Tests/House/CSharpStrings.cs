using System.Globalization;
using System.Text;

namespace Provenance.Tests.House;

/// <summary>A string literal of a source file. Where an interpolated one puts something in, its text has "{}".</summary>
internal sealed record CSharpString(string Text, int Line);

/// <summary>The string literals of C#: plain, verbatim, raw, interpolated, and those inside what is interpolated. Comments hold none.</summary>
internal sealed class CSharpStrings
{
    private readonly string _source;
    private readonly List<CSharpString> _found = [];
    private int _at;

    private CSharpStrings(string source) => _source = source;

    public static IReadOnlyList<CSharpString> In(string source)
    {
        var reader = new CSharpStrings(source);
        while (reader._at < source.Length)
        {
            reader.Code();
            reader._at++; // a brace that closes nothing
        }
        return reader._found;
    }

    private char Now => _at < _source.Length ? _source[_at] : '\0';

    /// <summary>Reads code up to the brace that closes it, or to the end.</summary>
    private void Code()
    {
        for (int depth = 0; _at < _source.Length;)
        {
            if (Starts("//"))
                SkipTo("\n", 0);
            else if (Starts("/*"))
                SkipTo("*/", 2);
            else if (Now == '\'')
                _at = _source.IndexOf('\'', _at + (_source[_at + 1] == '\\' ? 3 : 2)) + 1;
            else if (PrefixLength() is >= 0 and var prefix)
                Literal(_source[_at..(_at + prefix)]);
            else if (Now == '}' && depth == 0)
                return;
            else
                depth += _source[_at++] switch { '{' => 1, '}' => -1, _ => 0 };
        }
    }

    /// <summary>Length of "$" and "@" before a quote that starts here; -1 where none does.</summary>
    private int PrefixLength()
    {
        int end = _at;
        while (end < _source.Length && _source[end] is '$' or '@')
            end++;
        return end < _source.Length && _source[end] == '"' ? end - _at : -1;
    }

    private void Literal(string prefix)
    {
        int line = _source.AsSpan(0, _at).Count('\n') + 1, dollars = prefix.Count('$');
        bool isVerbatim = prefix.Contains('@');
        _at += prefix.Length;
        int quotes = Run('"');
        var text = new StringBuilder();
        if (quotes >= 3 && !isVerbatim)
        {
            _at += quotes;
            while (Run('"') < quotes)
                Piece(text, dollars, isPlain: false);
            _at += quotes;
        }
        else
        {
            _at++;
            while (Now != '"' || (isVerbatim && _source[_at + 1] == '"'))
            {
                if (Now == '"')
                    _at++;
                Piece(text, dollars, isPlain: !isVerbatim, doubles: true);
            }
            _at++;
        }
        _found.Add(new(text.ToString(), line));
    }

    /// <summary>Reads a character, an escape, or a hole with the code in it.</summary>
    private void Piece(StringBuilder text, int dollars, bool isPlain, bool doubles = false)
    {
        if (isPlain && Now == '\\')
        {
            Escape(text);
        }
        else if (dollars > 0 && Now is '{' or '}' && doubles && _source[_at + 1] == Now)
        {
            text.Append(Now);
            _at += 2;
        }
        else if (dollars > 0 && Now == '{' && Run('{') >= dollars)
        {
            int braces = Run('{');
            text.Append('{', braces - dollars).Append("{}");
            _at += braces;
            Code();
            _at += dollars;
        }
        else
        {
            text.Append(_source[_at++]);
        }
    }

    private void Escape(StringBuilder text)
    {
        char kind = _source[_at + 1];
        int digits = kind switch { 'u' => 4, 'U' => 8, 'x' => _source.Skip(_at + 2).Take(4).TakeWhile(char.IsAsciiHexDigit).Count(), _ => 0 };
        if (digits > 0)
            text.Append((char)int.Parse(_source.AsSpan(_at + 2, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        else
            text.Append(kind switch { 'n' => '\n', 'r' => '\r', 't' => '\t', '0' => '\0', _ => kind });
        _at += 2 + digits;
    }

    private int Run(char c)
    {
        int end = _at;
        while (end < _source.Length && _source[end] == c)
            end++;
        return end - _at;
    }

    private bool Starts(string text) => string.CompareOrdinal(_source, _at, text, 0, text.Length) == 0;

    private void SkipTo(string end, int beyond)
    {
        int found = _source.IndexOf(end, _at, StringComparison.Ordinal);
        _at = found < 0 ? _source.Length : found + beyond;
    }
}
