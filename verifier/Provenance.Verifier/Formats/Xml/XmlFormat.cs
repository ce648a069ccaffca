using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Xml;

/// <summary>
/// An XML text of one kind of document. The manifest store is the text of a c2pa:manifest element in the document's metadata, as Base64:
/// <code>
/// … &lt;svg …&gt; … &lt;metadata&gt; … &lt;c2pa:manifest xmlns:c2pa="http://c2pa.org/manifest"&gt; Base64 &lt;/c2pa:manifest&gt; …
/// </code>
/// </summary>
/// <param name="name">Name of the format.</param>
/// <param name="path">Local names of the elements from the root to the one that holds the manifest.</param>
/// <param name="mediaType">Its media type.</param>
/// <param name="extensions">Its file name extensions.</param>
internal abstract class XmlFormat(string name, IReadOnlyList<string> path, string mediaType, IReadOnlyList<string> extensions) : IAssetFormat
{
    /// <summary>White space before or behind a store that is stepped over.</summary>
    private const int WhiteSpaceLength = 4096;

    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    private static readonly byte[][] s_marks = ["manifest"u8.ToArray(), "<?xpacket"u8.ToArray()];

    /// <summary>"&lt;c2pa:manifest" in UTF-16, whichever byte comes first.</summary>
    private static readonly byte[][] s_wideMarks = ["<\0c\u00002\0p\0a\0:\0m\0a\0n\0i\0f\0e\0s\0t"u8.ToArray()];

    private string StoreStructure => $"{name} c2pa:manifest";

    public string Name => name;

    public IReadOnlyList<string> MediaTypes { get; } = [mediaType];

    public IReadOnlyList<string> Extensions => extensions;

    public abstract StorePlacement Placement { get; }

    public bool Matches(ReadOnlySpan<byte> head)
    {
        Span<byte> narrow = stackalloc byte[AssetFormats.HeadLength / 2];
        var root = XmlText.Root(IsWide(head) ? Narrow(head, narrow) : head);
        return MatchesRoot(XmlText.RootName(root), root);
    }

    /// <summary>Whether the document is of this kind.</summary>
    /// <param name="rootName">Local name of the root element; empty where it is not known.</param>
    /// <param name="root">Its start tag, or the document type declaration, and what of the text follows.</param>
    protected abstract bool MatchesRoot(ReadOnlySpan<byte> rootName, ReadOnlySpan<byte> root);

    /// <summary>What has to be left out of the hash for a store, and what may be instead.</summary>
    /// <param name="element">From the start tag to the end tag.</param>
    /// <param name="between">What stands between them.</param>
    /// <param name="text">The Base64, without the white space around it.</param>
    protected abstract (ByteRange Extent, IReadOnlyList<ByteRange> Others) ExtentOf(ByteRange element, ByteRange between, ByteRange text);

    /// <summary>What is wrong with a start tag that no hash covers; null where nothing is, or where one does.</summary>
    protected abstract string? FaultOf(ReadOnlySpan<byte> startTag);

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        var head = await walk.Window.AtAsync(0, 4).ConfigureAwait(false);
        if (IsWide(head.Span))
            await RefuseWideAsync(walk).ConfigureAwait(false);
        else
        {
            try
            {
                await WalkAsync(walk).ConfigureAwait(false);
            }
            // A limit is not damage: it travels.
            catch (MalformedDataException e) when (e is not LimitExceededException)
            {
                if (e.Structure == StoreStructure)
                    walk.StoreFault(e);
                await walk.DamagedAsync(e).ConfigureAwait(false);
            }
        }
        walk.RegionsAroundStores(RegionKind.Media, "text", StoreStructure);
        return walk.ToMap(this, mediaType);
    }

    /// <summary>The box hash knows no names for XML.</summary>
    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);

    private async ValueTask WalkAsync(AssetWalk walk)
    {
        long last = await XmlScan.LastOfAsync(walk.Window, s_marks).ConfigureAwait(false);
        var scan = new XmlScan(walk.Window, path);
        long packetStart = -1;
        while (await scan.NextAsync(last).ConfigureAwait(false) is { } mark)
        {
            switch (mark.Kind)
            {
                case XmlMarkKind.Manifest:
                    await AddStoreAsync(walk, mark).ConfigureAwait(false);
                    break;
                case XmlMarkKind.MisplacedManifest:
                    walk.Note(mark.Range.Offset, $"a c2pa:manifest element outside /{string.Join('/', path)} (C2PA 2.5 §{Placement.Clause}), not read");
                    break;
                // No region of its own: between the two may stand what is drawn.
                case XmlMarkKind.Xpacket when packetStart < 0:
                    packetStart = mark.Range.Offset;
                    break;
                case XmlMarkKind.Xpacket:
                    await walk.XmpAsync(ByteRange.FromTo(packetStart, mark.Range.End)).ConfigureAwait(false);
                    packetStart = -1;
                    break;
            }
        }
    }

    private async ValueTask AddStoreAsync(AssetWalk walk, XmlMark tag)
    {
        long start = tag.Range.End, end = tag.IsEmptyElement ? start : await XmlScan.FindAsync(walk.Window, start, "<"u8.ToArray()).ConfigureAwait(false);
        if (end < 0)
            throw new MalformedDataException(StoreStructure, tag.Range.Offset, "the file ends inside the element");
        var text = await TrimAsync(walk.Window, ByteRange.FromTo(start, end)).ConfigureAwait(false);
        if (text.Length == 0)
        {
            walk.Note(tag.Range.Offset, "an empty c2pa:manifest element");
            return;
        }
        // Anything but the end tag would be a second text, of which this one is a part.
        byte[] endTag = [.. "</"u8, .. XmlText.Name(tag.Text.Span)];
        var behind = await walk.Window.AtAsync(end, ReadWindow.Size).ConfigureAwait(false);
        int close = behind.Span.IndexOf((byte)'>');
        if (close < 0 || !behind.Span.StartsWith(endTag) || behind.Span[endTag.Length..close].IndexOfAnyExcept(WhiteSpace) >= 0)
            throw new MalformedDataException(StoreStructure, end, "the end tag expected behind the text");
        if (FaultOf(tag.Text.Span) is { } fault)
            throw new MalformedDataException(StoreStructure, tag.Range.Offset, fault);
        var element = ByteRange.FromTo(tag.Range.Offset, end + close + 1);
        var (extent, others) = ExtentOf(element, ByteRange.FromTo(start, end), text);
        walk.Store(new StoreLocation([extent], [text]) { Encoding = StoreEncoding.Base64, OtherExtents = others });
    }

    /// <summary>The range without the white space at its ends.</summary>
    private async ValueTask<ByteRange> TrimAsync(ReadWindow window, ByteRange text)
    {
        int length = (int)Math.Min(text.Length, WhiteSpaceLength);
        var bytes = await window.AtAsync(text.Offset, length).ConfigureAwait(false);
        int before = bytes.Span.IndexOfAnyExcept(WhiteSpace);
        if (before < 0 && text.Length <= WhiteSpaceLength)
            return new ByteRange(text.Offset, 0);
        bytes = await window.AtAsync(text.End - length, length).ConfigureAwait(false);
        int last = bytes.Span.LastIndexOfAnyExcept(WhiteSpace);
        if (before < 0 || last < 0)
            throw new MalformedDataException(StoreStructure, text.Offset, $"more than {WhiteSpaceLength} bytes of white space around the text");
        return ByteRange.FromTo(text.Offset + before, text.End - length + last + 1);
    }

    /// <summary>Nobody is known to sign such a text; but whoever has one must not hear that there is nothing in it.</summary>
    private async ValueTask RefuseWideAsync(AssetWalk walk)
    {
        walk.Note(0, "the text is in UTF-16 and was not searched for metadata");
        long found = await XmlScan.LastOfAsync(walk.Window, s_wideMarks).ConfigureAwait(false);
        if (found >= 0)
            walk.StoreFault(new MalformedDataException(StoreStructure, found, "a manifest in a text in UTF-16 is not read"));
    }

    /// <summary>Whether the text is in UTF-16: its byte order mark, or the first '&lt;' with a zero beside it (XML 1.0 appendix F).</summary>
    private static bool IsWide(ReadOnlySpan<byte> head) => head is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] or [0, (byte)'<', ..] or [(byte)'<', 0, ..];

    /// <summary>The characters of a head in UTF-16, as far as they are ASCII.</summary>
    private static ReadOnlySpan<byte> Narrow(ReadOnlySpan<byte> head, Span<byte> narrow)
    {
        int low = head[0] is 0xFE or 0 ? 1 : 0, first = head[0] is 0xFE or 0xFF ? 2 : 0;
        int count = Math.Min((head.Length - first) / 2, narrow.Length);
        for (int i = 0; i < count; i++)
            narrow[i] = head[first + 2 * i + 1 - low] == 0 ? head[first + 2 * i + low] : (byte)'?';
        return narrow[..count];
    }
}
