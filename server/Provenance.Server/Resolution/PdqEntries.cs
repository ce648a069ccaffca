using Provenance.Server.Fingerprints;

namespace Provenance.Server.Resolution;

/// <summary>The index of PDQ hashes, kept as the database is.</summary>
internal sealed class PdqEntries : IBindingIndex
{
    public PdqIndex Index { get; } = new();

    public long LastSequence => Index.LastSequence;

    public void Apply(IReadOnlyList<BindingChange> changes, long lastSequence)
    {
        var own = new List<PdqChange>(changes.Count);
        foreach (var change in changes)
        {
            // A withdrawn entry may have been of any algorithm.
            if (change.IsWithdrawn)
                own.Add(new(change.EntryId, default, IsWithdrawn: true));
            else if (change.Algorithm == SoftBindingAlgorithm.Pdq && PdqHash.TryRead(change.Value, out var hash) && !hash.IsNearlyConstant)
                own.Add(new(change.EntryId, hash));
        }
        Index.Apply(own.ToArray(), lastSequence);
    }
}
