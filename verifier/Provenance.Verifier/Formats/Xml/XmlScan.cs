using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Xml;

/// <summary>
/// Steps through the tags of an XML text of any length, in constant memory, and stops at c2pa:manifest elements and XMP packets. It knows
/// how deep it is and whether the elements around are those of <paramref name="path"/>; nothing is resolved, expanded or fetched, so a
/// document type declaration is stepped over whatever it declares (attack I05).
/// </summary>
/// <param name="window">The text, in an encoding whose first 128 characters are those of ASCII.</param>
/// <param name="path">Local names of the elements from the root to the one that may hold the manifest.</param>
internal sealed class XmlScan(ReadWindow window, IReadOnlyList<string> path)
{
    private const string Structure = "XML";

    private static ReadOnlySpan<byte> ManifestNamespace => "http://c2pa.org/manifest"u8;

    /// <summary>Bytes of tags read for namespaces, all together: each candidate asks the tags around it, which may be long.</summary>
    private const long NamespaceBytes = 16L << 20;

    private readonly byte[][] _path = [.. path.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The start tags of the elements of the path that are open.</summary>
    private readonly List<byte[]> _open = [];

    private long _position;
    private long _depth;
    private bool _rootEnded;
    private long _namespaceBytes;

    /// <summary>Goes to the next mark that starts at <paramref name="last"/> or before; null where there is none.</summary>
    /// <exception cref="MalformedDataException">A tag, comment or instruction does not end; there are more end tags than start tags, or two roots.</exception>
    public async ValueTask<XmlMark?> NextAsync(long last)
    {
        while (_position <= last)
        {
            var block = await window.FromAsync(_position, 1).ConfigureAwait(false);
            int used = Step(block, out var mark);
            if (mark is null && used == 0)
            {
                block = await window.FromAsync(_position, ReadWindow.Size).ConfigureAwait(false);
                used = Step(block, out mark);
            }
            if (mark is null && used == 0)
                await StepOverLongTagAsync(block).ConfigureAwait(false);
            _position += used;
            if (mark is not null)
                return mark;
        }
        return null;
    }

    /// <summary>Goes on to the first mark, or as far as the bytes hold markup as a whole; tells how many bytes that are.</summary>
    private int Step(ReadOnlyMemory<byte> block, out XmlMark? mark)
    {
        mark = null;
        var text = block.Span;
        int at = 0;
        while (mark is null)
        {
            int open = text[at..].IndexOf((byte)'<');
            if (open < 0)
                return text.Length;
            at += open;
            int length = XmlText.LengthOfMarkup(text[at..]);
            // Longer ones are stepped over below, so that a text in memory and one in blocks are read alike.
            if (length is 0 or > ReadWindow.Size)
                return at;
            var kind = Take(text.Slice(at, length), _position + at);
            if (kind is not null)
                mark = new XmlMark(kind.Value, new ByteRange(_position + at, length), text.Slice(at, length).ToArray());
            at += length;
        }
        return at;
    }

    private XmlMarkKind? Take(ReadOnlySpan<byte> markup, long offset)
    {
        switch (markup[1])
        {
            case (byte)'!':
                return null;
            case (byte)'?':
                return markup.StartsWith("<?xpacket"u8) ? XmlMarkKind.Xpacket : null;
            case (byte)'/':
                Leave(offset);
                return null;
            default:
                return Enter(markup, offset, markup[^2] == '/');
        }
    }

    private void Leave(long offset)
    {
        if (--_depth < 0)
            throw new MalformedDataException(Structure, offset, "an end tag without a start tag");
        if (_open.Count > _depth)
            _open.RemoveAt((int)_depth);
        _rootEnded |= _depth == 0;
    }

    private XmlMarkKind? Enter(ReadOnlySpan<byte> tag, long offset, bool isEmptyElement)
    {
        if (_rootEnded)
            throw new MalformedDataException(Structure, offset, "a second root element");
        var name = XmlText.Name(tag);
        bool isOnPath = _depth == _open.Count, isPlace = isOnPath && _depth == _path.Length;
        XmlMarkKind? kind = name.EndsWith("manifest"u8) && IsManifest(tag, name, isPlace, offset) ? isPlace ? XmlMarkKind.Manifest : XmlMarkKind.MisplacedManifest : null;
        if (isEmptyElement)
        {
            _rootEnded |= _depth == 0;
            return kind;
        }
        if (isOnPath && !isPlace && XmlText.Local(name).SequenceEqual(_path[_open.Count]))
            _open.Add(tag.ToArray());
        _depth++;
        return kind;
    }

    /// <summary>
    /// An element is meant by its name as the standard writes it, declared or not (C2PA 2.5 §A.3.3 only advises to declare), or by its
    /// namespace. Whoever reads only one of the two must not find another store.
    /// </summary>
    private bool IsManifest(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> name, bool isPlace, long offset)
    {
        if (name.SequenceEqual("c2pa:manifest"u8))
            return true;
        if (!isPlace || !XmlText.Local(name).SequenceEqual("manifest"u8))
            return false;
        _namespaceBytes += tag.Length + _open.Sum(open => (long)open.Length);
        if (_namespaceBytes > NamespaceBytes)
            throw new LimitExceededException(Structure, offset, "bytes of tags", NamespaceBytes);
        byte[] tags = [.. _open.SelectMany(open => open), .. tag];
        var read = new XmlTags(tags);
        for (int i = 0; i <= _open.Count; i++)
        {
            if (!read.Next())
                return false;
        }
        return read.IsElement(ManifestNamespace, "manifest"u8);
    }

    /// <summary>A tag longer than the window, such as one with a picture in an attribute. No mark is that long.</summary>
    private async ValueTask StepOverLongTagAsync(ReadOnlyMemory<byte> start)
    {
        long begin = _position;
        if (start.Length < ReadWindow.Size || start.Span[1] == (byte)'/')
            throw new MalformedDataException(Structure, begin, "the file ends inside a tag, a comment or an instruction");
        if (start.Span[1] is (byte)'!' or (byte)'?')
        {
            await StepOverLongCommentAsync(start).ConfigureAwait(false);
            return;
        }
        byte[] name = XmlText.Name(start.Span).ToArray();
        byte quote = 0, last = 0;
        _position++;
        while (true)
        {
            var block = await window.FromAsync(_position, 1).ConfigureAwait(false);
            if (block.IsEmpty)
                throw new MalformedDataException(Structure, begin, "the file ends inside a tag");
            int next = quote != 0 ? block.Span.IndexOf(quote) : block.Span.IndexOfAny((byte)'"', (byte)'\'', (byte)'>');
            if (next > 0 || (next < 0 && block.Length > 0))
                last = block.Span[(next < 0 ? block.Length : next) - 1];
            if (next < 0)
            {
                _position += block.Length;
                continue;
            }
            byte found = block.Span[next];
            _position += next + 1;
            if (found == '>' && quote == 0)
                break;
            quote = quote == 0 ? found : (byte)0;
            last = found;
        }
        // What it declares is not known, so only names are left to tell the elements of the path.
        if (Enter([(byte)'<', .. name, (byte)'>'], begin, last == '/') is not null)
            throw new MalformedDataException(Structure, begin, $"the tag of a manifest is longer than {ReadWindow.Size} bytes");
    }

    private async ValueTask StepOverLongCommentAsync(ReadOnlyMemory<byte> start)
    {
        long begin = _position;
        byte[] end = start.Span switch
        {
            [_, (byte)'?', ..] => "?>"u8.ToArray(),
            [_, _, (byte)'-', (byte)'-', ..] => "-->"u8.ToArray(),
            [_, _, (byte)'[', ..] => "]]>"u8.ToArray(),
            _ => throw new MalformedDataException(Structure, begin, $"a declaration longer than {ReadWindow.Size} bytes"),
        };
        long found = await FindAsync(window, begin + 4, end).ConfigureAwait(false);
        if (found < 0)
            throw new MalformedDataException(Structure, begin, "the file ends inside a comment or an instruction");
        _position = found + end.Length;
    }

    /// <summary>The first place of a mark at <paramref name="from"/> or behind; -1 where there is none.</summary>
    public static async ValueTask<long> FindAsync(ReadWindow window, long from, byte[] mark)
    {
        for (long offset = from; window.Length - offset >= mark.Length;)
        {
            var block = await window.FromAsync(offset, mark.Length).ConfigureAwait(false);
            int found = block.Span.IndexOf(mark);
            if (found >= 0)
                return offset + found;
            offset += block.Length - (mark.Length - 1);
        }
        return -1;
    }

    /// <summary>The last place of any of the marks; -1 where there is none. One fast pass that spares the slow one most of a text.</summary>
    public static async ValueTask<long> LastOfAsync(ReadWindow window, IReadOnlyList<byte[]> marks)
    {
        int longest = marks.Max(mark => mark.Length);
        long last = -1;
        for (long offset = 0; window.Length > offset;)
        {
            var block = await window.FromAsync(offset, longest).ConfigureAwait(false);
            foreach (byte[] mark in marks)
            {
                int found = block.Span.LastIndexOf(mark);
                if (found >= 0)
                    last = Math.Max(last, offset + found);
            }
            offset += Math.Max(1, block.Length - (longest - 1));
        }
        return last;
    }
}
