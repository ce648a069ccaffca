namespace Provenance.Verifier.Bindings;

/// <summary>
/// The order of the fragments of each track: each follows the one before, and none comes twice or is left out (C2PA 2.5 §14.12.2). Those
/// before the first and behind the last one given may not be here yet, as in a stream that is being played.
/// </summary>
internal sealed class FragmentOrder
{
    /// <summary>Tracks that are named as not complete: a longer list helps nobody.</summary>
    private const int MostTracks = 8;

    private readonly Dictionary<MerkleRow, (long First, long Next)> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Adds the next fragment of a track; what is wrong with its place, or null.</summary>
    public string? Add(MerkleRow tree, long location)
    {
        if (!_seen.TryGetValue(tree, out var seen))
            seen = (location, location);
        else if (location < seen.Next)
            return $"fragment {location + 1} of {tree.Count} comes after fragment {seen.Next}";
        else if (location > seen.Next)
            return $"fragment {seen.Next + 1} of {tree.Count} is missing before fragment {location + 1}";
        _seen[tree] = (seen.First, location + 1);
        return null;
    }

    /// <summary>The fragment that would come next from the start on; 0 where the first was not there.</summary>
    public long NextOf(MerkleRow tree) => _seen.TryGetValue(tree, out var seen) && seen.First == 0 ? seen.Next : 0;

    /// <summary>The tracks of which fragments were seen, and not all; null where there are none.</summary>
    public IReadOnlyList<PartialTrack>? Partial(IReadOnlyList<MerkleRow> trees)
    {
        var partial = trees.Where(tree => _seen.TryGetValue(tree, out var seen) && (seen.First > 0 || seen.Next < tree.Count))
            .Select(tree => new PartialTrack(tree.LocalId, _seen[tree].First + 1, _seen[tree].Next, tree.Count)).Take(MostTracks).ToList();
        return partial.Count == 0 ? null : partial;
    }
}
