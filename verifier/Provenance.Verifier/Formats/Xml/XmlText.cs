using System.Buffers;

namespace Provenance.Verifier.Formats.Xml;

/// <summary>The lexical parts of XML that it takes to step from tag to tag (XML 1.0). Nothing is resolved, expanded or fetched.</summary>
internal static class XmlText
{
    private const int LongestName = 256;

    private static readonly SearchValues<byte> s_nameEnds = SearchValues.Create(" \t\r\n/>=\"'<"u8);

    private static readonly SearchValues<byte> s_declarationMarks = SearchValues.Create("\"'[]<>"u8);

    /// <summary>
    /// Bytes of the markup that starts here with '&lt;', up to and with its '&gt;': a tag, a comment, a CDATA section, a processing
    /// instruction, a document type declaration; 0 where it does not end in these bytes.
    /// </summary>
    public static int LengthOfMarkup(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("<!--"u8))
            return LengthTo(text, 4, "-->"u8);
        if (text.StartsWith("<![CDATA["u8))
            return LengthTo(text, 9, "]]>"u8);
        if (text.StartsWith("<?"u8))
            return LengthTo(text, 2, "?>"u8);
        if (text.StartsWith("<!"u8))
            return LengthOfDeclaration(text);
        return text.StartsWith("</"u8) ? LengthTo(text, 2, ">"u8) : LengthOfTag(text);
    }

    /// <summary>The name of a tag, prefix included; longer ones than anybody needs are cut.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> tag) => NameAt(tag[(tag.StartsWith("</"u8) ? 2 : 1)..]);

    /// <summary>A name without its prefix.</summary>
    public static ReadOnlySpan<byte> Local(ReadOnlySpan<byte> name) => name[(name.IndexOf((byte)':') + 1)..];

    /// <summary>
    /// The tag of the root element; where the bytes end before it the document type declaration, which names it too; empty where they are no
    /// start of an XML text. What follows in the bytes follows here.
    /// </summary>
    public static ReadOnlySpan<byte> Root(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            head = head[3..];
        ReadOnlySpan<byte> declared = default;
        while (true)
        {
            head = head.TrimStart(" \t\r\n"u8);
            if (!head.StartsWith("<"u8))
                return declared;
            if (!(head.StartsWith("<!"u8) || head.StartsWith("<?"u8)))
                return head;
            if (head.StartsWith("<!DOCTYPE"u8))
                declared = head;
            int length = LengthOfMarkup(head);
            if (length == 0)
                return declared;
            head = head[length..];
        }
    }

    /// <summary>What the root element is called, without its prefix, by what <see cref="Root"/> gave.</summary>
    public static ReadOnlySpan<byte> RootName(ReadOnlySpan<byte> root)
    {
        if (root.IsEmpty)
            return default;
        return Local(root.StartsWith("<!DOCTYPE"u8) ? NameAt(root[9..].TrimStart(" \t\r\n"u8)) : Name(root));
    }

    private static ReadOnlySpan<byte> NameAt(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, LongestName)];
        int end = text.IndexOfAny(s_nameEnds);
        return end < 0 ? text : text[..end];
    }

    private static int LengthTo(ReadOnlySpan<byte> text, int start, ReadOnlySpan<byte> mark)
    {
        if (text.Length < start)
            return 0;
        int length = text[start..].IndexOf(mark);
        return length < 0 ? 0 : start + length + mark.Length;
    }

    /// <summary>A '&gt;' in an attribute's value does not end the tag.</summary>
    private static int LengthOfTag(ReadOnlySpan<byte> text)
    {
        int at = 1;
        while (true)
        {
            int next = text[at..].IndexOfAny((byte)'"', (byte)'\'', (byte)'>');
            if (next < 0)
                return 0;
            at += next + 1;
            if (text[at - 1] == '>')
                return at;
            int length = text[at..].IndexOf(text[at - 1]);
            if (length < 0)
                return 0;
            at += length + 1;
        }
    }

    /// <summary>A document type declaration with what stands between its brackets (XML 1.0 §2.8), where comments may hold quotes.</summary>
    private static int LengthOfDeclaration(ReadOnlySpan<byte> text)
    {
        int at = 2, declarations = 0;
        bool inSubset = false;
        while (true)
        {
            int next = text[at..].IndexOfAny(s_declarationMarks);
            if (next < 0)
                return 0;
            at += next;
            int length = 1;
            switch (text[at])
            {
                case (byte)'"' or (byte)'\'':
                    length = LengthTo(text[at..], 1, text.Slice(at, 1));
                    break;
                case (byte)'[' or (byte)']':
                    inSubset = text[at] == '[';
                    break;
                case (byte)'<' when text[at..].StartsWith("<!--"u8) || text[at..].StartsWith("<?"u8):
                    length = LengthOfMarkup(text[at..]);
                    break;
                case (byte)'<':
                    declarations++;
                    break;
                case (byte)'>' when declarations == 0 && !inSubset:
                    return at + 1;
                case (byte)'>':
                    declarations = Math.Max(0, declarations - 1);
                    break;
            }
            if (length == 0)
                return 0;
            at += length;
        }
    }
}
