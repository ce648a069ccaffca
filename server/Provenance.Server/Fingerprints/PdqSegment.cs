using System.Runtime.InteropServices;

namespace Provenance.Server.Fingerprints;

/// <summary>
/// Some thousand entries in three arrays: the first halves of their hashes, the second halves, their numbers. A look-up reads the first halves
/// and, of some, the second. Nothing before <see cref="Count"/> ever changes. A segment with more entries may share the arrays of one with
/// fewer, so that readers of the older one need no lock.
/// </summary>
internal sealed class PdqSegment
{
    /// <summary>640 KiB: little for who has ten entries, and few segments for who has ten million.</summary>
    public const int Capacity = 16 * 1024;

    private readonly ulong[] _front;
    private readonly ulong[] _back;
    private readonly long[] _ids;
    private readonly long _lowestId;
    private readonly long _highestId;

    private PdqSegment(ulong[] front, ulong[] back, long[] ids, int count, long lowestId, long highestId)
        => (_front, _back, _ids, Count, _lowestId, _highestId) = (front, back, ids, count, lowestId, highestId);

    public int Count { get; }

    public bool IsFull => Count == _ids.Length;

    /// <summary>Words 0 and 1 of each hash, one after another.</summary>
    public ReadOnlySpan<ulong> Front => _front.AsSpan(0, 2 * Count);

    /// <summary>Words 2 and 3.</summary>
    public ReadOnlySpan<ulong> Back => _back.AsSpan(0, 2 * Count);

    public ReadOnlySpan<long> Ids => _ids.AsSpan(0, Count);

    public static PdqSegment Empty(int capacity = Capacity) => new(new ulong[2 * capacity], new ulong[2 * capacity], new long[capacity], 0, long.MaxValue, long.MinValue);

    public PdqHash Hash(int at) => new(Front[2 * at], Front[2 * at + 1], Back[2 * at], Back[2 * at + 1]);

    /// <summary>
    /// This and as many of the entries as there is room for. May be called once on each segment, since what it writes lies beyond the count of
    /// this one and within that of the new one.
    /// </summary>
    public PdqSegment Append(ReadOnlySpan<PdqChange> entries, out int taken)
    {
        taken = Math.Min(entries.Length, _ids.Length - Count);
        var (lowest, highest) = (_lowestId, _highestId);
        for (int i = 0; i < taken; i++)
        {
            var (id, hash, _) = entries[i];
            int at = Count + i;
            (_front[2 * at], _front[2 * at + 1]) = (hash.W0, hash.W1);
            (_back[2 * at], _back[2 * at + 1]) = (hash.W2, hash.W3);
            _ids[at] = id;
            (lowest, highest) = (Math.Min(lowest, id), Math.Max(highest, id));
        }
        return new(_front, _back, _ids, Count + taken, lowest, highest);
    }

    /// <summary>This one, or a copy without those entries. The copy of a full one is full.</summary>
    /// <param name="ids">The entries' numbers.</param>
    /// <param name="lowest">The lowest of them.</param>
    /// <param name="highest">The highest.</param>
    public PdqSegment Without(HashSet<long> ids, long lowest, long highest)
    {
        // Numbers mostly ascend: few segments hold any of those that are withdrawn.
        if (highest < _lowestId || lowest > _highestId)
            return this;
        var left = new List<PdqChange>(Count);
        for (int at = 0; at < Count; at++)
            if (!ids.Contains(_ids[at]))
                left.Add(new(_ids[at], Hash(at)));
        if (left.Count == Count)
            return this;
        // What other segments follow keeps no room that is never filled; the last one goes on being the last one.
        return Empty(IsFull ? left.Count : _ids.Length).Append(CollectionsMarshal.AsSpan(left), out _);
    }
}
