using Provenance.Server.Fingerprints;

namespace Provenance.Server.Resolution;

/// <summary>The index of PDQ hashes, kept as the database is.</summary>
internal sealed class PdqEntries : IBindingIndex
{
    private long _lastWithdrawal;

    public PdqIndex Index { get; } = new();

    public long LastSequence => Index.LastSequence;

    /// <summary>A list that was made of the index as of here, or later, holds nothing that was withdrawn since.</summary>
    public long LastWithdrawal => Volatile.Read(ref _lastWithdrawal);

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
        // Before the index: who makes a list in between makes it again.
        if (own.Exists(change => change.IsWithdrawn))
            Volatile.Write(ref _lastWithdrawal, lastSequence);
        Index.Apply(own.ToArray(), lastSequence);
    }
}
