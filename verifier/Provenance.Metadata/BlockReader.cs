using System.Buffers.Binary;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Bytes.Brotli;
using Provenance.Verifier.Formats;

namespace Provenance.Metadata;

/// <summary>Cuts blocks of metadata out of an asset: puts pieces together and unpacks, each block within its limit.</summary>
internal sealed class BlockReader(AssetSource source, Limits limits, CancellationToken cancellation)
{
    private static readonly MetadataForm[] Joined = [MetadataForm.ProfilePiece, MetadataForm.ExtendedXmpPiece, MetadataForm.PhotoshopResources];

    private long _bytesLeft = MetadataLimits.AllBytes;

    private readonly Limits _limits = limits with { InflatedBytes = MetadataLimits.BlockBytes, BrotliOutputBytes = MetadataLimits.BlockBytes };

    /// <summary>
    /// The locations as blocks are read: what lies in several segments is one block, told by the place of its first piece. Two extended XMP
    /// packets, which only a made-up file has, are told apart by their digests when they are read.
    /// </summary>
    public static IReadOnlyList<MetadataLocation> Group(IReadOnlyList<MetadataLocation> locations)
    {
        var blocks = new List<MetadataLocation>();
        var joined = new Dictionary<MetadataForm, List<ByteRange>>();
        foreach (var location in locations)
        {
            if (Array.IndexOf(Joined, location.Form) < 0)
                blocks.Add(location);
            else if (joined.TryGetValue(location.Form, out var pieces))
                pieces.AddRange(location.Pieces);
            else
            {
                joined.Add(location.Form, pieces = [.. location.Pieces]);
                blocks.Add(location with { Pieces = pieces });
            }
        }
        return blocks;
    }

    /// <summary>Reads a block.</summary>
    /// <exception cref="LimitExceededException">It is longer than a block may be.</exception>
    /// <exception cref="MalformedDataException">Its pieces do not add up, or it cannot be unpacked.</exception>
    public async ValueTask<MetadataBlock> ReadAsync(MetadataLocation location)
    {
        ReadOnlyMemory<byte> bytes = location.Form switch
        {
            MetadataForm.ProfilePiece => JoinProfile(await PiecesAsync(location).ConfigureAwait(false), location),
            MetadataForm.ExtendedXmpPiece => JoinExtendedXmp(await PiecesAsync(location).ConfigureAwait(false), location),
            _ => location.Unpacked ?? await JoinAsync(location).ConfigureAwait(false),
        };
        bytes = location.Form switch
        {
            MetadataForm.Brotli or MetadataForm.BrotliOffsetExif => BrotliDecoder.Decode(bytes, _limits),
            MetadataForm.PngProfile => UnpackProfile(bytes, location),
            MetadataForm.GifSubBlocks => JoinSubBlocks(bytes.Span),
            _ => bytes,
        };
        if (bytes.Length > MetadataLimits.BlockBytes)
            throw TooLong(location);
        Take(bytes.Length, location.Pieces[0].Offset);
        return new(location.Kind, location.Form, location.Pieces, bytes);
    }

    /// <summary>Unpacks a zlib stream of a block.</summary>
    /// <exception cref="LimitExceededException">It unpacks to more than a block may have, or all blocks together.</exception>
    public ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> packed, long offset)
    {
        Take(0, offset);
        try
        {
            var bytes = new Inflater(_limits).Unpack(packed, offset);
            Take(bytes.Length, offset);
            return bytes;
        }
        catch (LimitExceededException e) when (e.Limit == nameof(Limits.InflatedBytes))
        {
            // It cost as much as one that may be read.
            _bytesLeft -= MetadataLimits.BlockBytes;
            throw;
        }
    }

    private void Take(int bytes, long offset)
    {
        _bytesLeft -= bytes;
        if (_bytesLeft < 0)
            throw new LimitExceededException("metadata", offset, nameof(MetadataLimits.AllBytes), MetadataLimits.AllBytes);
    }

    private async ValueTask<ReadOnlyMemory<byte>> JoinAsync(MetadataLocation location)
    {
        if (location.Pieces is [var only])
        {
            Check(location, only.Length - location.CutOff);
            return await source.ReadAsync(only, cancellation).ConfigureAwait(false);
        }
        var pieces = await PiecesAsync(location).ConfigureAwait(false);
        byte[] joined = new byte[pieces.Sum(piece => piece.Length)];
        int at = 0;
        foreach (var piece in pieces)
        {
            piece.CopyTo(joined.AsMemory(at));
            at += piece.Length;
        }
        return joined.AsMemory(0, joined.Length - Math.Min(joined.Length, location.CutOff));
    }

    private async ValueTask<List<ReadOnlyMemory<byte>>> PiecesAsync(MetadataLocation location)
    {
        if (location.Pieces.Count > MetadataLimits.Pieces)
            throw new LimitExceededException(Structure(location), location.Pieces[0].Offset, nameof(MetadataLimits.Pieces), MetadataLimits.Pieces);
        long length = 0;
        foreach (var range in location.Pieces)
        {
            // Each at most what an asset has, and no more of them than are counted above: this cannot overflow.
            length += range.Length;
            Check(location, length);
        }
        var pieces = new List<ReadOnlyMemory<byte>>();
        foreach (var range in location.Pieces)
            pieces.Add(await source.ReadAsync(range, cancellation).ConfigureAwait(false));
        return pieces;
    }

    private static void Check(MetadataLocation location, long length)
    {
        if (length > MetadataLimits.BlockBytes)
            throw TooLong(location);
        if (length < 0)
            throw new MalformedDataException(Structure(location), location.Pieces[0].Offset, "shorter than what ends it");
    }

    /// <summary>Number (1, from 1), how many there are (1), bytes; the pieces may stand in any order (ICC.1:2022 annex B.4).</summary>
    private static byte[] JoinProfile(List<ReadOnlyMemory<byte>> pieces, MetadataLocation location)
    {
        using var profile = new MemoryStream();
        for (int number = 1; number <= pieces.Count; number++)
        {
            // As many as there are pieces, each with a number of its own: so none is missing and none there twice.
            int at = pieces.FindIndex(piece => piece.Length >= 2 && piece.Span[0] == number && piece.Span[1] == pieces.Count);
            if (at < 0)
                throw new MalformedDataException(Structure(location), location.Pieces[0].Offset, $"{pieces.Count} pieces that do not number themselves from 1 to {pieces.Count}");
            profile.Write(pieces[at].Span[2..]);
        }
        return profile.ToArray();
    }

    /// <summary>MD5 of the whole (32), length of the whole (4), where this piece belongs (4), bytes (XMP part 3 §1.1.3.1). The digest is not checked: nothing rests on it.</summary>
    private static byte[] JoinExtendedXmp(List<ReadOnlyMemory<byte>> pieces, MetadataLocation location)
    {
        const int header = 40;
        MalformedDataException Wrong(string rule) => new(Structure(location), location.Pieces[0].Offset, rule);
        byte[]? whole = null;
        long filled = 0;
        foreach (var piece in pieces)
        {
            if (piece.Length < header)
                throw Wrong($"a piece of {piece.Length} bytes");
            if (!piece.Span[..36].SequenceEqual(pieces[0].Span[..36]))
                throw Wrong("pieces of different packets");
            long length = BinaryPrimitives.ReadUInt32BigEndian(piece.Span[32..]), offset = BinaryPrimitives.ReadUInt32BigEndian(piece.Span[36..]);
            Check(location, length);
            whole ??= new byte[length];
            if (offset > length - (piece.Length - header))
                throw Wrong("a piece reaches behind the end of the packet");
            piece[header..].CopyTo(whole.AsMemory((int)offset));
            filled += piece.Length - header;
        }
        // Pieces that lie over each other and so leave a hole do not pass for others: the hole is no XML.
        return filled == whole!.Length ? whole : throw Wrong($"{filled} bytes of {whole.Length} are there");
    }

    private ReadOnlyMemory<byte> UnpackProfile(ReadOnlyMemory<byte> chunk, MetadataLocation location)
    {
        int name = chunk.Span.IndexOf((byte)0);
        if (name < 0 || chunk.Length < name + 2 || chunk.Span[name + 1] != 0)
            throw new MalformedDataException(Structure(location), location.Pieces[0].Offset, "a name and method 0 expected (PNG 3rd ed. §11.3.2.3)");
        return Inflate(chunk[(name + 2)..], location.Pieces[0].Offset);
    }

    private static byte[] JoinSubBlocks(ReadOnlySpan<byte> blocks)
    {
        using var joined = new MemoryStream();
        while (!blocks.IsEmpty && blocks[0] is > 0 and var length && blocks.Length > length)
        {
            joined.Write(blocks.Slice(1, length));
            blocks = blocks[(1 + length)..];
        }
        return joined.ToArray();
    }

    private static LimitExceededException TooLong(MetadataLocation location) =>
        new(Structure(location), location.Pieces[0].Offset, nameof(MetadataLimits.BlockBytes), MetadataLimits.BlockBytes);

    private static string Structure(MetadataLocation location) => $"{location.Kind} metadata";
}
