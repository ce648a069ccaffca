using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Jpeg;

/// <summary>
/// Puts JUMBF boxes together again that are spread over APP11 segments (ISO 19566-5 annex D, C2PA 2.5 §A.3.1):
/// <code>
/// FF EB | Le 2 | CI 2 "JP" | En 2 | Z 4 | LBox 4 | TBox 4 "jumb" | XLBox 8 if LBox is 1 | a slice of the box's payload
/// </code>
/// LBox, TBox and XLBox are repeated in every piece. Several boxes share the marker; En, TBox and the box length tell them apart.
/// </summary>
internal sealed class App11Pieces
{
    private const int LBoxAt = 12;
    private const int HeaderLength = 20;
    private const int LongHeaderLength = 28;

    private readonly List<Piece> _pieces = [];

    /// <summary>Whether a piece was seen that looks like the start of a manifest store.</summary>
    public bool FoundStore { get; private set; }

    /// <summary>Takes an APP11 segment, of which <paramref name="head"/> holds the first 40 bytes or all.</summary>
    public void Add(ByteRange segment, ReadOnlySpan<byte> head)
    {
        if (head.Length < HeaderLength)
            return;
        uint lbox = BinaryPrimitives.ReadUInt32BigEndian(head[LBoxAt..]);
        bool isLong = lbox == 1 && head.Length >= LongHeaderLength;
        var piece = new Piece
        {
            Segment = segment,
            IsJp = head[4..6].SequenceEqual("JP"u8),
            IsJumb = head[16..20].SequenceEqual("jumb"u8),
            Instance = BinaryPrimitives.ReadUInt16BigEndian(head[6..]),
            Sequence = BinaryPrimitives.ReadUInt32BigEndian(head[8..]),
            BoxLength = isLong ? BinaryPrimitives.ReadUInt64BigEndian(head[HeaderLength..]) : lbox,
            DataAt = isLong ? LongHeaderLength : HeaderLength,
            StartsStore = IsStoreType(head, HeaderLength) || (isLong && IsStoreType(head, LongHeaderLength)),
        };
        FoundStore |= piece.StartsStore;
        // Anything else in APP11 (JPEG XT, JPEG 360, Dolby, makers' own) is not ours.
        if (piece.StartsStore || piece.IsJumb)
            _pieces.Add(piece);
    }

    /// <summary>Whether an APP11 segment that the end of the file cuts may have been a store: it looks like one, or too little is left to tell.</summary>
    public static bool MayStartStore(ReadOnlySpan<byte> head) =>
        head.Length < HeaderLength + 12 || IsStoreType(head, HeaderLength) || IsStoreType(head, LongHeaderLength);

    /// <summary>Whether the type UUID of the description box that starts at <paramref name="at"/> begins with "c2pa".</summary>
    private static bool IsStoreType(ReadOnlySpan<byte> head, int at) => head.Length >= at + 12 && head.Slice(at + 8, 4).SequenceEqual("c2pa"u8);

    /// <summary>Hands over the stores whose pieces add up, and the first fault of those whose do not.</summary>
    public void Join(AssetWalk walk)
    {
        // One group is one box. A store repeated under the same En and length falls into one group, and fails there by its sequence.
        foreach (var pieces in Boxes())
        {
            if (!pieces.Exists(piece => piece.StartsStore))
                continue;
            if (FindFault(pieces) is { } fault)
            {
                walk.StoreFault(fault);
                continue;
            }
            if (pieces.Exists(piece => !piece.IsJp))
                walk.Note(pieces[0].Segment.Offset, "APP11: the common identifier of the manifest store is not \"JP\"");
            if (pieces[0].Sequence != 1)
                walk.Note(pieces[0].Segment.Offset, $"APP11: the manifest store's only piece has sequence number {pieces[0].Sequence}, not 1");
            walk.Store(new StoreLocation(ByteRange.Merge(pieces.Select(piece => piece.Segment)), ByteRange.Merge(pieces.Select(Slice))));
        }
    }

    /// <summary>The pieces of each box, in the order of first pieces.</summary>
    private List<List<Piece>> Boxes()
    {
        var boxes = new List<List<Piece>>();
        var byKey = new Dictionary<BoxKey, List<Piece>>();
        foreach (var piece in _pieces)
        {
            var key = new BoxKey(piece.Instance, piece.BoxLength);
            if (!byKey.TryGetValue(key, out var pieces))
            {
                byKey.Add(key, pieces = []);
                boxes.Add(pieces);
            }
            pieces.Add(piece);
        }
        return boxes;
    }

    /// <summary>The box's bytes in a piece: with LBox, TBox and XLBox in the first, without in the others.</summary>
    private static ByteRange Slice(Piece piece) =>
        ByteRange.FromTo(piece.Segment.Offset + (piece.StartsStore ? LBoxAt : piece.DataAt), piece.Segment.End);

    private static MalformedDataException? FindFault(List<Piece> pieces)
    {
        var first = pieces[0];
        if (!first.StartsStore)
            return Fault(first, "the first piece in the file is not the start of the box");
        if (!first.IsJumb)
            return Fault(first, "TBox is not \"jumb\"");
        long boxHeader = first.DataAt - LBoxAt;
        if (first.BoxLength < (ulong)boxHeader || first.BoxLength > long.MaxValue)
            return Fault(first, $"a box length of {first.BoxLength} has no meaning here");

        long held = 0;
        for (int i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            // Z of a box's only piece carries nothing: writers of 0 exist, and the reference takes any.
            if (pieces.Count > 1 && piece.Sequence != i + 1)
                return Fault(piece, $"piece {i + 1} of the manifest store has sequence number {piece.Sequence}");
            if (i > 0 && (piece.StartsStore || !piece.IsJumb))
                return Fault(piece, "the start of the manifest store is there twice");
            // Foreign bytes between pieces would hide in the store's extent (A06).
            if (i > 0 && piece.Segment.Offset != pieces[i - 1].Segment.End)
                return Fault(piece, "the pieces of the manifest store do not follow each other");
            held += piece.Segment.Length - piece.DataAt;
        }
        long wanted = (long)first.BoxLength - boxHeader;
        if (held != wanted)
            return Fault(first, $"the pieces of the manifest store hold {held} bytes, its length says {wanted}");
        return null;
    }

    private static MalformedDataException Fault(Piece piece, string rule) => new("JPEG APP11", piece.Segment.Offset, rule + " (ISO 19566-5 D.2)");

    /// <summary>What the pieces of one box share.</summary>
    private sealed record BoxKey(ushort Instance, ulong BoxLength);

    private sealed record Piece
    {
        public required ByteRange Segment { get; init; }

        public required bool IsJp { get; init; }

        public required bool IsJumb { get; init; }

        /// <summary>En.</summary>
        public required ushort Instance { get; init; }

        /// <summary>Z.</summary>
        public required uint Sequence { get; init; }

        public required ulong BoxLength { get; init; }

        /// <summary>Offset of the slice in the segment.</summary>
        public required int DataAt { get; init; }

        public required bool StartsStore { get; init; }
    }
}
