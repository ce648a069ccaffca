using System.Buffers.Binary;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Formats.Bmff;

namespace Provenance.Verifier.Bindings;

/// <summary>What of one file goes into a BMFF hash, and the root boxes that its rules speak of: found in one walk over the headers.</summary>
internal sealed class BmffLayout
{
    private readonly List<RootBox> _roots = [];
    private readonly List<ByteRange> _hashed = [];
    private readonly List<BmffBox> _media = [];
    private readonly List<long> _fragments = [];
    private readonly List<ContentProvenanceBox> _proofs = [];
    private readonly List<ByteRange> _provenance = [];
    private IReadOnlyList<ByteRange>? _leftOut;

    private BmffLayout(long length) => Length = length;

    /// <summary>A root box and its hashed ranges; or the bytes behind the last box.</summary>
    private readonly record struct RootBox(long Start, int FirstHashed, int HashedCount, bool IsBox);

    /// <summary>Length of the file.</summary>
    public long Length { get; }

    /// <summary>The mdat boxes.</summary>
    public IReadOnlyList<BmffBox> Media => _media;

    /// <summary>Offsets of the moof boxes.</summary>
    public IReadOnlyList<long> Fragments => _fragments;

    /// <summary>The boxes that prove leaves of Merkle trees.</summary>
    public IReadOnlyList<ContentProvenanceBox> Proofs => _proofs;

    /// <summary>All boxes of C2PA's own.</summary>
    public IReadOnlyList<ByteRange> Provenance => _provenance;

    /// <summary>The film announces fragments (mvex).</summary>
    public bool AnnouncesFragments { get; private set; }

    /// <summary>The file ends in zeros, which read as a box without type and size.</summary>
    public bool EndsInZeros { get; private set; }

    /// <summary>What no hash over the file's boxes covers, sorted.</summary>
    public IReadOnlyList<ByteRange> LeftOut => _leftOut ??= ByteRange.Complement(_hashed, Length);

    /// <exception cref="MalformedDataException">The root boxes do not follow each other to the end of the file.</exception>
    public static async ValueTask<BmffLayout> ReadAsync(AssetSource source, BmffExclusions exclusions, Limits limits, CancellationToken cancellation)
    {
        var window = new ReadWindow(source, cancellation);
        var budget = new BoxBudget(limits);
        var pass = new BmffExclusions.Pass(exclusions, window, budget);
        var roots = BoxSequence.Roots(window, budget);
        var layout = new BmffLayout(source.Length);
        while (await roots.NextAsync().ConfigureAwait(false) is { } box)
        {
            layout.EndsInZeros = roots.LastIsEndless && box.Type == "\0\0\0\0";
            layout.Add(box, await pass.LeftOutAsync(box).ConfigureAwait(false));
            await layout.NoteAsync(window, budget, box).ConfigureAwait(false);
        }
        if (roots.Fault is { } fault)
            throw fault;
        // Fewer than eight bytes are no box; they are hashed all the same (attack B14).
        if (roots.Position < source.Length)
            layout.Add(ByteRange.FromTo(roots.Position, source.Length), isBox: false, []);
        return layout;
    }

    /// <summary>
    /// What is hashed of the root boxes that start in a range of the file. Each of them is preceded by its offset in the file, eight bytes,
    /// unless all of it is left out (§16.3.2.2).
    /// </summary>
    /// <param name="from">Start of the range.</param>
    /// <param name="to">End of the range.</param>
    /// <param name="zerosAreNoBox">Zeros at the end of the file are bytes behind the last box.</param>
    public IReadOnlyList<DigestPart> Parts(long from, long to, bool zerosAreNoBox = false)
    {
        var parts = new List<DigestPart>();
        for (int next = FirstFrom(from); next < _roots.Count && _roots[next].Start < to; next++)
        {
            var root = _roots[next];
            if (root.HashedCount == 0)
                continue;
            if (root.IsBox && !(zerosAreNoBox && next == _roots.Count - 1))
            {
                byte[] offset = new byte[8];
                BinaryPrimitives.WriteInt64BigEndian(offset, root.Start);
                parts.Add(DigestPart.Of(offset));
            }
            for (int i = 0; i < root.HashedCount; i++)
                parts.Add(DigestPart.Of(_hashed[root.FirstHashed + i]));
        }
        return parts;
    }

    private int FirstFrom(long offset)
    {
        int low = 0, high = _roots.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_roots[middle].Start < offset)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private void Add(BmffBox box, IReadOnlyList<ByteRange> leftOut) => Add(box.Range, isBox: true, leftOut);

    private void Add(ByteRange range, bool isBox, IReadOnlyList<ByteRange> leftOut)
    {
        int first = _hashed.Count;
        if (leftOut.Count == 0)
        {
            _hashed.Add(range);
        }
        else
        {
            long at = range.Offset;
            foreach (var hole in ByteRange.Merge(leftOut))
            {
                if (hole.Offset > at)
                    _hashed.Add(ByteRange.FromTo(at, hole.Offset));
                at = hole.End;
            }
            if (at < range.End)
                _hashed.Add(ByteRange.FromTo(at, range.End));
        }
        _roots.Add(new RootBox(range.Offset, first, _hashed.Count - first, isBox));
    }

    private async ValueTask NoteAsync(ReadWindow window, BoxBudget budget, BmffBox box)
    {
        switch (box.Type)
        {
            case "mdat":
                _media.Add(box);
                break;
            case "moof":
                _fragments.Add(box.Start);
                break;
            case "moov":
                var children = BoxSequence.Children(window, budget, box.Content);
                while (await children.NextAsync().ConfigureAwait(false) is { } child)
                    AnnouncesFragments |= child.Type == "mvex";
                break;
            case "uuid" when await ContentProvenanceBox.IsOneAsync(window, box).ConfigureAwait(false):
                _provenance.Add(box.Range);
                if (await ContentProvenanceBox.ReadAsync(window, box).ConfigureAwait(false) is { Purpose: ContentProvenanceBox.Merkle } proof)
                    _proofs.Add(proof);
                break;
        }
    }
}
