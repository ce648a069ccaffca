using System.Text;

namespace Provenance.Presentation.Html;

/// <summary>
/// Writes elements, attributes and text, and is the only one that does. Names of elements and attributes are ours; every value and every
/// text passes through one escape, so that nothing a file says can become markup. What comes out is well-formed XML and HTML at once.
/// </summary>
internal sealed class HtmlWriter(TextWriter output)
{
    private readonly Stack<string> _open = new();

    /// <summary>The line of every report that is written before its first element.</summary>
    public const string Doctype = "<!DOCTYPE html>\n";

    public void Begin() => output.Write(Doctype);

    /// <summary>Opens an element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attributes">Names, each followed by its value; a null value leaves the attribute out.</param>
    public void Open(string name, params ReadOnlySpan<string?> attributes)
    {
        Start(name, attributes);
        output.Write('>');
        _open.Push(name);
    }

    /// <summary>Closes the element opened last.</summary>
    public void Close() => output.Write($"</{_open.Pop()}>");

    /// <summary>Closes it at the end of a line.</summary>
    public void CloseLine()
    {
        Close();
        output.Write('\n');
    }

    /// <summary>An element that never holds anything.</summary>
    public void Void(string name, params ReadOnlySpan<string?> attributes)
    {
        Start(name, attributes);
        output.Write(" />");
    }

    /// <summary>An element that holds text.</summary>
    public void Element(string name, string text, params ReadOnlySpan<string?> attributes)
    {
        Open(name, attributes);
        Text(text);
        Close();
    }

    /// <summary>Text that may quote the file: set apart, so that letters that run from right to left stay among themselves.</summary>
    public void Quote(string text)
    {
        Open("bdi");
        Text(text);
        Close();
    }

    /// <summary>Text.</summary>
    public void Text(string text) => Escape(output, text);

    /// <summary>A style sheet or a number in Base64: ours, with nothing in it to escape.</summary>
    public void Raw(ReadOnlySpan<char> text) => output.Write(text);

    private void Start(string name, ReadOnlySpan<string?> attributes)
    {
        output.Write('<');
        output.Write(name);
        for (int i = 0; i + 1 < attributes.Length; i += 2)
        {
            if (attributes[i + 1] is not { } value)
                continue;
            output.Write(' ');
            output.Write(attributes[i]);
            output.Write("=\"");
            Escape(output, value);
            output.Write('"');
        }
    }

    /// <summary>
    /// The one escape, for text and for values in quotes. Characters that XML cannot hold, and those that steer a line instead of standing
    /// in it, become U+FFFD; cleaned text has none.
    /// </summary>
    private static void Escape(TextWriter output, string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    output.Write("&amp;");
                    break;
                case '<':
                    output.Write("&lt;");
                    break;
                case '>':
                    output.Write("&gt;");
                    break;
                case '"':
                    output.Write("&quot;");
                    break;
                case '\'':
                    output.Write("&#39;");
                    break;
                default:
                    Write(output, IsHeld(rune.Value) ? rune : Rune.ReplacementChar);
                    break;
            }
        }
    }

    private static void Write(TextWriter output, Rune rune)
    {
        Span<char> chars = stackalloc char[2];
        output.Write(chars[..rune.EncodeToUtf16(chars)]);
    }

    /// <summary>
    /// Neither a control nor a noncharacter, and none of those that reorder what follows them but the isolates of cleaned text, which
    /// close themselves.
    /// </summary>
    private static bool IsHeld(int value) =>
        value is >= ' ' and not (>= 0x7F and <= 0x9F) and not (0x2028 or 0x2029) and not (>= 0x202A and <= 0x202E)
        && (value & 0xFFFE) != 0xFFFE && value is not (>= 0xFDD0 and <= 0xFDEF);
}
