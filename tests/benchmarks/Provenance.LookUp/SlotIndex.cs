using Provenance.Server.Fingerprints;

namespace Provenance.LookUp;

/// <summary>
/// What was measured beside the index of the server, and lost: multi-index hashing. For each slot, the entries by its value. Two hashes that
/// differ in 31 bits differ in one bit at most in some slot, so that 17 buckets of each slot hold all that is near.
/// </summary>
internal sealed class SlotIndex
{
    private readonly PdqHash[] _hashes;
    private readonly int[][] _starts = new int[PdqHash.Slots][];
    private readonly int[][] _entries = new int[PdqHash.Slots][];

    public SlotIndex(PdqHash[] hashes)
    {
        _hashes = hashes;
        for (int slot = 0; slot < PdqHash.Slots; slot++)
        {
            var starts = new int[ushort.MaxValue + 2];
            foreach (var hash in hashes)
                starts[hash.Slot(slot) + 1]++;
            for (int value = 1; value < starts.Length; value++)
                starts[value] += starts[value - 1];
            int[] next = [.. starts];
            _entries[slot] = new int[hashes.Length];
            for (int i = 0; i < hashes.Length; i++)
                _entries[slot][next[hashes[i].Slot(slot)]++] = i;
            _starts[slot] = starts;
        }
    }

    public PdqMatches Find(PdqHash sought, int most)
    {
        var matches = new NearestMatches(most);
        for (int slot = 0; slot < PdqHash.Slots; slot++)
            for (int bit = -1; bit < PdqHash.SlotBits; bit++)
            {
                int value = sought.Slot(slot) ^ (bit < 0 ? 0 : 1 << bit);
                for (int i = _starts[slot][value]; i < _starts[slot][value + 1]; i++)
                {
                    int entry = _entries[slot][i];
                    int distance = _hashes[entry].Distance(sought);
                    // A near one lies in many buckets; the first that would have it counts.
                    if (distance <= PdqHash.MatchDistance && FirstSlot(_hashes[entry], sought) == slot)
                        matches.Add(entry + 1, distance);
                }
            }
        return matches.Sorted();
    }

    private static int FirstSlot(PdqHash hash, PdqHash sought)
    {
        int slot = 0;
        while (System.Numerics.BitOperations.PopCount((uint)(hash.Slot(slot) ^ sought.Slot(slot))) > 1)
            slot++;
        return slot;
    }
}
