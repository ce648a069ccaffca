using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Provenance.Server.Fingerprints;

/// <summary>
/// Some thousand entries, in blocks of 32: of a block slot 0 of each hash, then slot 1 of each, to slot 15. So 32 hashes are compared at a time,
/// and who looks for a slot reads that slot alone. Nothing before <see cref="Count"/> ever changes. A segment with more entries may share
/// the arrays of one with fewer, so that readers of the older one need no lock.
/// </summary>
internal sealed class PdqSegment
{
    /// <summary>640 KiB: little for who has ten entries, and few segments for who has ten million.</summary>
    public const int UsualCapacity = 16 * 1024;

    /// <summary>Entries of a block: as many slots as the longest vector holds, which is a line of the cache.</summary>
    public static readonly int BlockEntries = Vector512<ushort>.Count;

    private readonly ushort[] _slots;
    private readonly long[] _ids;
    private readonly long _lowestId;
    private readonly long _highestId;

    private PdqSegment(ushort[] slots, long[] ids, int count, long lowestId, long highestId)
        => (_slots, _ids, Count, _lowestId, _highestId) = (slots, ids, count, lowestId, highestId);

    public int Count { get; }

    public int Capacity => _ids.Length;

    public bool IsFull => Count == Capacity;

    /// <summary>Blocks that hold entries. The last one may hold fewer than it has room for; what lies behind them means nothing.</summary>
    public int Blocks => (Count + BlockEntries - 1) / BlockEntries;

    /// <summary>All blocks, one after another.</summary>
    public ReadOnlySpan<ushort> Slots => _slots;

    public ReadOnlySpan<long> Ids => _ids.AsSpan(0, Count);

    /// <summary>One without entries and with room for at least so many.</summary>
    public static PdqSegment Empty(int entries)
    {
        int capacity = (entries + BlockEntries - 1) / BlockEntries * BlockEntries;
        return new(new ushort[PdqHash.Slots * capacity], new long[capacity], 0, long.MaxValue, long.MinValue);
    }

    public PdqHash Hash(int at)
    {
        Span<ulong> words = stackalloc ulong[4];
        for (int slot = 0; slot < PdqHash.Slots; slot++)
            words[slot / 4] |= (ulong)_slots[Place(at, slot)] << PdqHash.SlotBits * (slot % 4);
        return new(words[0], words[1], words[2], words[3]);
    }

    /// <summary>
    /// This and as many of the entries as there is room for. May be called once on each segment, since what it writes lies beyond the count of
    /// this one and within that of the new one.
    /// </summary>
    public PdqSegment Append(ReadOnlySpan<PdqChange> entries, out int taken)
    {
        taken = Math.Min(entries.Length, Capacity - Count);
        var (lowest, highest) = (_lowestId, _highestId);
        for (int i = 0; i < taken; i++)
        {
            var (id, hash, _) = entries[i];
            for (int slot = 0; slot < PdqHash.Slots; slot++)
                _slots[Place(Count + i, slot)] = hash.Slot(slot);
            _ids[Count + i] = id;
            (lowest, highest) = (Math.Min(lowest, id), Math.Max(highest, id));
        }
        return new(_slots, _ids, Count + taken, lowest, highest);
    }

    /// <summary>This one, or a copy without those entries.</summary>
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
        {
            if (!ids.Contains(_ids[at]))
                left.Add(new(_ids[at], Hash(at)));
        }
        if (left.Count == Count)
            return this;
        // One that is full has others behind it, and would keep room that is never filled. The last one goes on being the last one.
        return Empty(IsFull ? left.Count : Capacity).Append(CollectionsMarshal.AsSpan(left), out _);
    }

    private static int Place(int entry, int slot) => (entry / BlockEntries * PdqHash.Slots + slot) * BlockEntries + entry % BlockEntries;
}
