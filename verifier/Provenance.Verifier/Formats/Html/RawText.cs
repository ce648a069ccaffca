using System.Text;

namespace Provenance.Verifier.Formats.Html;

/// <summary>
/// Looks for the end of an element in which tags are text. In a script, "&lt;!--" hides one "&lt;/script" for each "&lt;script" behind it
/// (HTML §13.2.5.15 to 31): who reads that otherwise finds another end than a browser, and another store.
/// </summary>
internal sealed class RawText(string name)
{
    private enum State
    {
        Plain,

        /// <summary>Behind "&lt;!--".</summary>
        Escaped,

        /// <summary>Behind "&lt;!--" and "&lt;script".</summary>
        Hidden,
    }

    private readonly byte[] _name = Encoding.Latin1.GetBytes(name);
    private State _state;

    /// <summary>Bytes a decision needs: "&lt;/", the name and one more.</summary>
    public int LookAhead => _name.Length + 3;

    /// <summary>Goes on in the next bytes; false where the end is not in them.</summary>
    /// <param name="text">The bytes.</param>
    /// <param name="isLast">Nothing follows them.</param>
    /// <param name="at">Offset of the end tag, or of the bytes to go on with.</param>
    public bool FindEnd(ReadOnlySpan<byte> text, bool isLast, out int at)
    {
        for (at = 0; at < text.Length; at++)
        {
            int found = text[at..].IndexOfAny((byte)'<', (byte)'-');
            at = found < 0 ? text.Length : at + found;
            var rest = text[at..];
            if (rest.IsEmpty || (rest.Length < LookAhead && !isLast))
                return false;
            if (IsTag(rest, "</"u8))
            {
                if (_state != State.Hidden)
                    return true;
                _state = State.Escaped;
            }
            else if (name == "script")
            {
                Follow(rest);
            }
        }
        return false;
    }

    private void Follow(ReadOnlySpan<byte> rest)
    {
        // The dashes of "<!--" may be those of "-->": "<!-->" hides nothing.
        if (rest.StartsWith("<!--"u8) && _state == State.Plain)
            _state = State.Escaped;
        else if (rest.StartsWith("-->"u8))
            _state = State.Plain;
        else if (_state == State.Escaped && IsTag(rest, "<"u8))
            _state = State.Hidden;
    }

    private bool IsTag(ReadOnlySpan<byte> text, ReadOnlySpan<byte> before)
    {
        int end = before.Length + _name.Length;
        return text.Length > end && text.StartsWith(before) && Ascii.EqualsIgnoreCase(text[before.Length..end], _name) && " \t\r\n\f/>"u8.Contains(text[end]);
    }
}
