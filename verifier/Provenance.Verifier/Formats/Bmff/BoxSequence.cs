using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Bmff;

/// <summary>Boxes one behind the other: those of the file, or the children of one box. Reads headers only.</summary>
internal sealed class BoxSequence
{
    private readonly ReadWindow _window;
    private readonly BoxBudget _budget;
    private readonly long _end;
    private readonly bool _isRoot;

    private BoxSequence(ReadWindow window, BoxBudget budget, ByteRange range, bool isRoot) =>
        (_window, _budget, Position, _end, _isRoot) = (window, budget, range.Offset, range.End, isRoot);

    /// <summary>Offset of the next byte to be walked.</summary>
    public long Position { get; private set; }

    /// <summary>What stopped the walk before the end; null where nothing did.</summary>
    public MalformedDataException? Fault { get; private set; }

    /// <summary>The header that <see cref="Fault"/> speaks of, as far as it could be read: its box reaches further than there are bytes.</summary>
    public BmffBox? Broken { get; private set; }

    /// <summary>The last box was without a size and so without an end of its own.</summary>
    public bool LastIsEndless { get; private set; }

    /// <summary>The boxes of the file.</summary>
    public static BoxSequence Roots(ReadWindow window, BoxBudget budget) => new(window, budget, new ByteRange(0, window.Length), isRoot: true);

    /// <summary>The boxes inside another.</summary>
    public static BoxSequence Children(ReadWindow window, BoxBudget budget, ByteRange range) => new(window, budget, range, isRoot: false);

    /// <summary>The next box; null at the end, at a fault, and where fewer than eight bytes are left.</summary>
    public async ValueTask<BmffBox?> NextAsync()
    {
        if (Fault is not null || _end - Position < 8)
            return null;
        _budget.Spend(Position);
        var head = await _window.AtAsync(Position, 16).ConfigureAwait(false);
        var box = Read(head.Span);
        if (box is { } read)
            Position = read.End;
        return box;
    }

    private BmffBox? Read(ReadOnlySpan<byte> head)
    {
        ulong length = BinaryPrimitives.ReadUInt32BigEndian(head);
        string type = BmffBox.TypeOf(head[4..]);
        long left = _end - Position;
        int header = 8;
        if (length == 1)
        {
            header = 16;
            if (left < header)
                return Stop(type, "a large size expected, the file or box ends");
            length = BinaryPrimitives.ReadUInt64BigEndian(head[8..]);
        }
        else if (length == 0)
        {
            // §4.2.2: to the end of the file, which only the last box of all may say. Inside others it is QuickTime's end mark.
            if (!_isRoot)
                return null;
            LastIsEndless = true;
            length = (ulong)left;
        }
        if (length < (ulong)header)
            return Stop(type, $"a size of {length} does not hold its own header");
        if (length > (ulong)left)
        {
            Broken = new BmffBox(type, Position, left, header);
            return Stop(type, $"{length} bytes expected, the file or box ends after {left}");
        }
        return new BmffBox(type, Position, (long)length, header);
    }

    private BmffBox? Stop(string type, string rule)
    {
        Fault = new MalformedDataException($"BMFF {BmffBox.Show(type)}", Position, rule);
        return null;
    }
}
