namespace Provenance.Verifier.Bindings;

/// <summary>
/// The order of the fragments of each track: each follows the one before, and none comes twice or is left out (C2PA 2.5 §14.12.2). Those
/// before the first and behind the last one given may not be here yet, as in a stream that is being played.
/// </summary>
internal sealed class FragmentOrder
{
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

    /// <summary>Which fragments of the tracks seen are not here; null where all are.</summary>
    public string? Describe(IReadOnlyList<MerkleRow> trees)
    {
        var partial = trees.Where(tree => _seen.TryGetValue(tree, out var seen) && (seen.First > 0 || seen.Next < tree.Count))
            .Select(tree => $"of {tree.Count} segments of track {tree.LocalId} only {_seen[tree].First + 1} to {_seen[tree].Next} are here").ToList();
        return partial.Count == 0 ? null : string.Join(", ", partial.Take(8));
    }
}
