namespace Provenance.Server.Fingerprints;

/// <summary>
/// Keeps the best of however many matches. Somebody may have registered a million copies of one hash: those beyond the first cost one
/// comparison each, since there are no more than 32 distances at which the list can fill again.
/// </summary>
internal sealed class NearestMatches(int most)
{
    private readonly PriorityQueue<PdqMatch, PdqMatch> _kept = new(WorstFirst.Instance);
    private int _total;

    public void Add(long entryId, int distance)
    {
        _total++;
        var match = new PdqMatch(entryId, distance);
        if (_kept.Count < most)
            _kept.Enqueue(match, match);
        else if (WorstFirst.Instance.Compare(match, _kept.Peek()) > 0)
            _kept.DequeueEnqueue(match, match);
    }

    public PdqMatches Sorted()
    {
        var sorted = new PdqMatch[_kept.Count];
        for (int at = sorted.Length - 1; at >= 0; at--)
            sorted[at] = _kept.Dequeue();
        return new(sorted, _total);
    }

    private sealed class WorstFirst : IComparer<PdqMatch>
    {
        public static readonly WorstFirst Instance = new();

        public int Compare(PdqMatch x, PdqMatch y) => x.Distance != y.Distance ? y.Distance.CompareTo(x.Distance) : y.EntryId.CompareTo(x.EntryId);
    }
}
