using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Html;

/// <summary>An element of the head.</summary>
/// <param name="Tag">Its start tag.</param>
/// <param name="Range">From its start tag to its end tag, or the start tag where it has no content.</param>
/// <param name="Content">What lies between.</param>
internal sealed record HtmlElement(HtmlTag Tag, ByteRange Range, ByteRange Content);

/// <summary>
/// Steps through the elements of an HTML document's head as a browser would find them (HTML §13.2.6.4.4), byte by byte as C2PA 2.5 §A.7.1.4
/// wants it: comments, scripts, styles, titles and templates hold no elements, and the first thing that belongs to the body ends the head,
/// tagged or not. No tree is built.
/// </summary>
internal sealed class HtmlHead(ReadWindow window)
{
    /// <summary>Named by faults of the element that holds the store.</summary>
    public const string StoreStructure = "HTML C2PA script";

    /// <summary>Elements whose content is text up to their end tag. With scripts on, as in every browser, noscript is one.</summary>
    private static readonly HashSet<string> s_rawText =
        ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript"];

    private static readonly HashSet<string> s_inHead =
        ["html", "head", "base", "basefont", "bgsound", "link", "meta", "title", "style", "script", "noscript", "noframes", "template"];

    private static readonly HashSet<string> s_endingHead = ["head", "body", "html", "br"];

    private long _at;
    private int _templates;

    /// <summary>The next element; null at the end of the head.</summary>
    /// <exception cref="MalformedDataException">A tag is longer than <see cref="ReadWindow.Size"/>, or the end of the store's script is missing.</exception>
    public async ValueTask<HtmlElement?> NextAsync()
    {
        while (await SkipTextAsync().ConfigureAwait(false))
        {
            var bytes = await window.AtAsync(_at, ReadWindow.Size).ConfigureAwait(false);
            int name = NameOffset(bytes.Span);
            if (name == 0)
            {
                if (!await SkipCommentAsync(bytes).ConfigureAwait(false))
                    return null;
                continue;
            }
            if (HtmlTag.Read(bytes.Span, name) is not { } tag)
            {
                if (bytes.Length == ReadWindow.Size)
                    throw new MalformedDataException("HTML", _at, $"a tag of more than {ReadWindow.Size} bytes");
                return null;
            }
            long start = _at;
            _at += tag.Length;
            if (name == 2)
            {
                if (EndsHead(tag))
                    return null;
                continue;
            }
            if (_templates == 0 && !s_inHead.Contains(tag.Name) || tag.Name == "plaintext")
                return null;
            if (tag.Name == "template")
                _templates++;
            var content = new ByteRange(_at, 0);
            if (s_rawText.Contains(tag.Name))
            {
                if (await SkipRawTextAsync(tag).ConfigureAwait(false) is not { } text)
                    return null;
                content = text;
            }
            if (_templates == 0)
                return new(tag, ByteRange.FromTo(start, _at), content);
        }
        return null;
    }

    private bool EndsHead(HtmlTag end)
    {
        if (_templates == 0)
            return s_endingHead.Contains(end.Name);
        if (end.Name == "template")
            _templates--;
        return false;
    }

    /// <summary>Goes to the next "&lt;" that starts something; false where text ends the head, or the file ends.</summary>
    private async ValueTask<bool> SkipTextAsync()
    {
        while (true)
        {
            var bytes = await window.FromAsync(_at, 1).ConfigureAwait(false);
            if (bytes.IsEmpty)
                return false;
            int open = bytes.Span.IndexOf((byte)'<');
            var text = open < 0 ? bytes : bytes[..open];
            bool isSpace = text.Span.IndexOfAnyExcept(" \t\r\n\f"u8) < 0 || (_at == 0 && text.Span.TrimEnd(" \t\r\n\f"u8).SequenceEqual((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]));
            if (_templates == 0 && !isSpace)
                return false;
            _at += text.Length;
            if (open >= 0)
                return true;
        }
    }

    /// <summary>Offset of the name behind "&lt;" (1) or "&lt;/" (2); 0 where no tag starts.</summary>
    private static int NameOffset(ReadOnlySpan<byte> bytes)
    {
        int name = bytes.StartsWith("</"u8) ? 2 : 1;
        return bytes.Length > name && char.IsAsciiLetter((char)bytes[name]) ? name : 0;
    }

    /// <summary>Goes behind a comment or what a browser takes for one; false where "&lt;" is text.</summary>
    private async ValueTask<bool> SkipCommentAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.StartsWith("<!--"u8))
        {
            // "<!-->" and "<!--->" are whole comments; "--!>" ends one too.
            long end = await FindAsync(_at + 2, "-->"u8.ToArray()).ConfigureAwait(false), odd = await FindAsync(_at + 4, "--!>"u8.ToArray(), end).ConfigureAwait(false);
            _at = Math.Min(end, odd);
            return true;
        }
        if (bytes.Length > 1 && bytes.Span[1] is (byte)'!' or (byte)'?' or (byte)'/')
        {
            _at = await FindAsync(_at + 1, ">"u8.ToArray()).ConfigureAwait(false);
            return true;
        }
        _at++;
        return _templates > 0;
    }

    /// <summary>Offset behind the next <paramref name="mark"/>; the end of the file where there is none.</summary>
    private async ValueTask<long> FindAsync(long from, byte[] mark, long before = long.MaxValue)
    {
        while (from < Math.Min(window.Length, before))
        {
            var bytes = await window.FromAsync(from, mark.Length).ConfigureAwait(false);
            if (bytes.Length > ReadWindow.Size)
                bytes = bytes[..ReadWindow.Size];
            int found = bytes.Span.IndexOf(mark);
            if (found >= 0)
                return from + found + mark.Length;
            from += Math.Max(1, bytes.Length - mark.Length + 1);
        }
        return window.Length;
    }

    /// <summary>Goes behind the end tag of an element of text and returns its content; null where the file ends before.</summary>
    private async ValueTask<ByteRange?> SkipRawTextAsync(HtmlTag tag)
    {
        var text = new RawText(tag.Name);
        long start = _at;
        while (true)
        {
            var bytes = await window.AtAsync(_at, ReadWindow.Size).ConfigureAwait(false);
            bool isLast = _at + bytes.Length >= window.Length;
            bool isFound = text.FindEnd(bytes.Span, isLast, out int at);
            _at += at;
            if (isFound)
                break;
            if (isLast)
                return EndMissing(tag, start);
        }
        long end = _at;
        if (HtmlTag.Read((await window.AtAsync(_at, ReadWindow.Size).ConfigureAwait(false)).Span, 2) is not { } endTag)
            return EndMissing(tag, start);
        _at += endTag.Length;
        return ByteRange.FromTo(start, end);
    }

    private static ByteRange? EndMissing(HtmlTag tag, long start) =>
        tag.IsStore ? throw new MalformedDataException(StoreStructure, start, "the end tag of the manifest store's script is missing") : null;
}
