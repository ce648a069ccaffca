using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Id3;

/// <summary>
/// Walks the frames of ID3v2 tags. The manifest store is the object of a GEOB frame (C2PA 2.5 §A.3.5); what a hash leaves out is the object
/// alone, with what unsynchronisation put into it:
/// <code>
/// "ID3" | version 2 | flags | size 4 | [extended header] | "GEOB" | size 4 | flags 2 | encoding, type, names | store | frame | … | padding | [footer]
/// </code>
/// </summary>
internal sealed class Id3Tag(AssetWalk walk, Limits limits)
{
    /// <summary>The structure that faults of a store are told of.</summary>
    public const string StoreStructure = "ID3 GEOB";

    private int _parts;

    /// <summary>First byte that no region covers yet.</summary>
    public long Covered { get; private set; }

    /// <summary>Calls everything up to <paramref name="end"/> by this name.</summary>
    public void CoverTo(long end, RegionKind kind, string name)
    {
        if (end > Covered)
            walk.Region(ByteRange.FromTo(Covered, end), kind, name);
        Covered = Math.Max(Covered, end);
    }

    /// <exception cref="MalformedDataException">The tag breaks its rules; what stands before is in the walk.</exception>
    public async ValueTask WalkAsync(Id3Header header)
    {
        Count(header.Offset);
        CoverTo(header.FramesStart, RegionKind.Structure, "ID3");
        if (header.Version is < 2 or > 4)
            throw new MalformedDataException("ID3 tag", header.Offset, $"version 2.2, 2.3 or 2.4 expected, 2.{header.Version} found");
        if (header.IsCompressed)
            throw new MalformedDataException("ID3 tag", header.Offset, "the tag is compressed, by a scheme that was never decided upon (ID3v2.2 §3.1)");
        long end = Math.Min(header.FramesEnd, walk.Window.Length);
        // Since 2.4 it is each frame that is unsynchronised.
        var bytes = new Id3Bytes(walk.Window, header.FramesStart, end, header is { IsUnsynchronised: true, Version: < 4 });
        if (header.HasExtendedHeader)
            await SkipExtendedHeaderAsync(header, bytes).ConfigureAwait(false);
        while (!bytes.AtEnd)
        {
            Count(bytes.Position);
            long start = bytes.Position;
            int headerLength = Id3Frame.HeaderLength(header.Version);
            if (Id3Frame.Read((await bytes.PeekAsync(headerLength).ConfigureAwait(false)).Span, start, header.Version) is not { } frame)
            {
                await CheckPaddingAsync(start, end).ConfigureAwait(false);
                CoverTo(end, RegionKind.Structure, "padding");
                break;
            }
            await bytes.SkipAsync(headerLength).ConfigureAwait(false);
            if (header.Version < 4)
                await WalkFrameAsync(frame, start, bytes, frame.Size).ConfigureAwait(false);
            else
                bytes = await WalkFrameOf24Async(frame, start, bytes.Position, end, header.IsUnsynchronised).ConfigureAwait(false);
            CoverTo(bytes.Position, Id3Frame.Kind(frame.Id), frame.Id);
        }
        if (header.End > walk.Window.Length)
            throw new MalformedDataException("ID3 tag", header.Offset, $"{header.End - header.Offset} bytes expected, the file ends after {walk.Window.Length - header.Offset}");
        CoverTo(header.End, RegionKind.Structure, "footer");
    }

    /// <summary>Counts tags and frames.</summary>
    private void Count(long offset)
    {
        if (_parts++ >= limits.ContainerParts)
            throw new LimitExceededException("ID3 tag", offset, nameof(Limits.ContainerParts), limits.ContainerParts);
    }

    /// <summary>ID3v2.3 §3.2: a plain size that does not count itself; ID3v2.4 structure §3.2: one of seven bits a byte that does.</summary>
    private async ValueTask SkipExtendedHeaderAsync(Id3Header header, Id3Bytes bytes)
    {
        long size = ReadSize((await bytes.PeekAsync(4).ConfigureAwait(false)).Span);
        if (await bytes.SkipAsync(size).ConfigureAwait(false) < size)
            throw new MalformedDataException("ID3 extended header", header.FramesStart, $"{size} bytes expected, the tag ends before");
        CoverTo(bytes.Position, RegionKind.Structure, "extended header");

        long ReadSize(ReadOnlySpan<byte> head)
        {
            var cursor = new ByteCursor(head, "ID3 extended header", header.FramesStart);
            if (header.Version == 3)
                return 4L + cursor.ReadUInt32BigEndian();
            long size = Id3Header.ReadSyncsafe(ref cursor);
            return size >= 6 ? size : throw new MalformedDataException("ID3 extended header", header.FramesStart, $"6 bytes or more expected, {size} found");
        }
    }

    /// <summary>The size of a frame of 2.4 counts what unsynchronisation put in. Returns what follows the frame.</summary>
    private async ValueTask<Id3Bytes> WalkFrameOf24Async(Id3Frame frame, long start, long contentStart, long tagEnd, bool isTagUnsynchronised)
    {
        long end = contentStart + frame.Size, count = frame.Size;
        bool isUnsynchronised = isTagUnsynchronised || frame.IsUnsynchronised;
        if (isUnsynchronised && end <= tagEnd)
            count = await new Id3Bytes(walk.Window, contentStart, end, isUnsynchronised).SkipAsync(long.MaxValue).ConfigureAwait(false);
        await WalkFrameAsync(frame, start, new Id3Bytes(walk.Window, contentStart, Math.Min(end, tagEnd), isUnsynchronised), count).ConfigureAwait(false);
        return new Id3Bytes(walk.Window, end, tagEnd, isUnsynchronised: false);
    }

    /// <param name="frame">The frame.</param>
    /// <param name="start">Where its header is.</param>
    /// <param name="bytes">At the first byte behind the header; left at the first one behind the frame.</param>
    /// <param name="count">Bytes of the frame, without the header.</param>
    private async ValueTask WalkFrameAsync(Id3Frame frame, long start, Id3Bytes bytes, long count)
    {
        var head = frame.Id is "GEOB" or "GEO" or "PRIV" ? await bytes.PeekAsync((int)Math.Min(count, EncapsulatedObject.HeadLength)).ConfigureAwait(false) : default;
        var content = head[Math.Min(frame.Prefix, head.Length)..];
        if (frame.Id is not "PRIV" && IsStore(frame, content.Span, start))
        {
            await WalkStoreAsync(frame, start, bytes, count, head).ConfigureAwait(false);
            return;
        }
        long contentStart = bytes.Position;
        if (await bytes.SkipAsync(count).ConfigureAwait(false) < count)
            throw Overlong("ID3 frame", start);
        // UTF-8 has no FF, so that nothing was put into the packet.
        if (frame is { Id: "PRIV", Prefix: 0, IsCompressed: false } && content.Span.StartsWith("XMP\0"u8))
        {
            await walk.XmpAsync(ByteRange.FromTo(contentStart + 4, bytes.Position)).ConfigureAwait(false);
            CoverTo(bytes.Position, RegionKind.Xmp, frame.Id);
        }
    }

    /// <exception cref="MalformedDataException">It is a store that a hash could not leave out byte for byte.</exception>
    private bool IsStore(Id3Frame frame, ReadOnlySpan<byte> content, long start)
    {
        if (frame.IsEncrypted)
            walk.Note(start, "an encrypted GEOB frame, not read");
        else if (frame.IsCompressed && EncapsulatedObject.IsDeflatedStore(content))
            throw new MalformedDataException(StoreStructure, start, "the frame of the manifest store is compressed");
        return frame is { IsEncrypted: false, IsCompressed: false } && EncapsulatedObject.IsStore(content);
    }

    private async ValueTask WalkStoreAsync(Id3Frame frame, long start, Id3Bytes bytes, long count, ReadOnlyMemory<byte> head)
    {
        if (frame.HasContentLength && EncapsulatedObject.ContentLength(head.Span[..frame.Prefix], start) is var told && told != count - frame.Prefix)
            throw new MalformedDataException(StoreStructure, start, $"the data length indicator says {told} bytes, the frame has {count - frame.Prefix}");
        int objectStart = frame.Prefix + EncapsulatedObject.ObjectStart(head.Span[frame.Prefix..], start);
        await bytes.SkipAsync(objectStart).ConfigureAwait(false);
        long from = bytes.Position;
        var pieces = await bytes.TakeAsync(count - objectStart, limits).ConfigureAwait(false);
        var store = new StoreLocation([ByteRange.FromTo(from, bytes.Position)], pieces);
        if (store.PayloadLength < count - objectStart)
            throw Overlong(StoreStructure, start);
        if (pieces.Count == 0)
            throw new MalformedDataException(StoreStructure, start, "the object is empty");
        walk.Store(store);
        CoverTo(from, RegionKind.Structure, frame.Id);
        CoverTo(bytes.Position, RegionKind.ManifestStore, frame.Id);
    }

    private async ValueTask CheckPaddingAsync(long start, long end)
    {
        for (long at = start; at < end;)
        {
            var bytes = await walk.Window.FromAsync(at, 1).ConfigureAwait(false);
            int length = (int)Math.Min(bytes.Length, end - at), other = bytes.Span[..length].IndexOfAnyExcept((byte)0);
            if (other >= 0)
                throw new MalformedDataException("ID3 padding", at + other, "padding is zeros and nothing else (ID3v2.4 structure §3.3)");
            at += length;
        }
    }

    private static MalformedDataException Overlong(string structure, long start) => new(structure, start, "the frame reaches behind the end of its tag");
}
