using System.Runtime.InteropServices;

namespace Provenance.Server.Fingerprints;

/// <summary>
/// All PDQ hashes in memory, 40 bytes each: 32 of the hash, 8 of the entry's number. Any number of threads may look up while one adds; each sees
/// the index as it was after some batch. The database is what keeps them; this is filled from it.
/// </summary>
/// <param name="segmentCapacity">Entries in one piece of memory.</param>
internal sealed class PdqIndex(int segmentCapacity = PdqSegment.UsualCapacity)
{
    private readonly Lock _writing = new();
    private volatile Snapshot _now = new([], 0, 0, 0);

    /// <summary>Up to where the changes of the database stand in here; 0 before the first.</summary>
    public long LastSequence => _now.LastSequence;

    public int Count => _now.Count;

    /// <summary>
    /// Takes up the changes after <see cref="LastSequence"/>, in their order. An entry that is there already is replaced.
    /// </summary>
    /// <exception cref="ArgumentException">The changes end before what is here already.</exception>
    public void Apply(ReadOnlySpan<PdqChange> changes, long lastSequence)
    {
        lock (_writing)
        {
            var now = _now;
            if (lastSequence < now.LastSequence)
                throw new ArgumentException($"Changes up to {now.LastSequence} are here already; these end with {lastSequence}.", nameof(lastSequence));
            var added = Sort(changes, now.HighestId, out var gone);
            var segments = now.Segments.ToList();
            if (gone.Count > 0)
                Remove(segments, gone);
            Append(segments, CollectionsMarshal.AsSpan(added));
            long highest = added.Count == 0 ? now.HighestId : Math.Max(now.HighestId, added.Max(entry => entry.EntryId));
            _now = new([.. segments], segments.Sum(segment => segment.Count), lastSequence, highest);
        }
    }

    /// <summary>The entries at <see cref="PdqHash.MatchDistance"/> at most. Its time grows with the number of entries and with nothing else.</summary>
    /// <param name="hash">What is looked for.</param>
    /// <param name="most">How many are wanted, from 1.</param>
    public PdqMatches Find(PdqHash hash, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var matches = new NearestMatches(most);
        var scan = new PdqScan(hash);
        foreach (var segment in _now.Segments)
            scan.Find(segment, matches);
        return matches.Sorted();
    }

    /// <summary>Everything in the buckets of a private look-up, within its bound, entries of lower numbers first where numbers ascend.</summary>
    public PdqBuckets Find(PrivateLookup lookup)
    {
        var scan = new SlotScan(lookup);
        foreach (var segment in _now.Segments)
            scan.Take(segment);
        return scan.Buckets();
    }

    /// <summary>Entries in the order they were added, a part at a time: for who publishes the whole list.</summary>
    public IEnumerable<PdqEntry> All()
    {
        foreach (var segment in _now.Segments)
        {
            for (int at = 0; at < segment.Count; at++)
                yield return new(segment.Ids[at], segment.Hash(at));
        }
    }

    /// <summary>What is to be added, each entry once, and the entries that must go first because they are withdrawn or replaced.</summary>
    private static List<PdqChange> Sort(ReadOnlySpan<PdqChange> changes, long highestId, out HashSet<long> gone)
    {
        // Numbers ascend nearly always. One that does not may be in the index, or earlier in this batch.
        gone = [];
        foreach (var change in changes)
        {
            if (change.IsWithdrawn || change.EntryId <= highestId)
                gone.Add(change.EntryId);
            highestId = Math.Max(highestId, change.EntryId);
        }

        var added = new List<PdqChange>(changes.Length);
        var seen = new HashSet<long>();
        for (int i = changes.Length - 1; i >= 0; i--)
            // Of several changes of one entry the last one counts.
            if ((!gone.Contains(changes[i].EntryId) || seen.Add(changes[i].EntryId)) && !changes[i].IsWithdrawn)
                added.Add(changes[i]);
        added.Reverse();
        return added;
    }

    private static void Remove(List<PdqSegment> segments, HashSet<long> gone)
    {
        var (lowest, highest) = (gone.Min(), gone.Max());
        for (int i = 0; i < segments.Count; i++)
            segments[i] = segments[i].Without(gone, lowest, highest);
        segments.RemoveAll(segment => segment.Count == 0);
    }

    private void Append(List<PdqSegment> segments, ReadOnlySpan<PdqChange> added)
    {
        while (added.Length > 0)
        {
            if (segments.Count == 0 || segments[^1].IsFull)
                segments.Add(PdqSegment.Empty(segmentCapacity));
            segments[^1] = segments[^1].Append(added, out int taken);
            added = added[taken..];
        }
    }

    private sealed record Snapshot(PdqSegment[] Segments, int Count, long LastSequence, long HighestId);
}
