namespace Provenance.Server.Fingerprints;

/// <summary>One slot of a hash, or of no hash: a decoy.</summary>
internal readonly record struct SlotValue(int Slot, ushort Value);

/// <summary>
/// A look-up that does not say what is looked for: some slots of the hash among decoys. Whoever asks gets the whole buckets and compares
/// there. What this tells, and what it finds, stands in docs/private-look-up.md.
/// </summary>
internal sealed record PrivateLookup
{
    /// <summary>Two slots of the hash and six decoys, say.</summary>
    public const int MostPairs = 8;

    /// <summary>
    /// No request carries half of a hash: seven slots are 112 bits. Two values of one slot cannot both be the hash's, so that together they tell
    /// no more than sixteen bits, and less.
    /// </summary>
    public const int MostSlots = 7;

    /// <summary>Of each bucket, so that nobody who fills one hides what is in another.</summary>
    public const int MostOfBucket = 4096;

    /// <summary>Bits by which a slot may differ from the value asked for: it is the server that looks into the neighbours, nothing more is told.</summary>
    public const int LargestRadius = 1;

    private PrivateLookup(IReadOnlyList<SlotValue> pairs, int radius) => (Pairs, Radius) = (pairs, radius);

    public IReadOnlyList<SlotValue> Pairs { get; }

    public int Radius { get; }

    /// <summary>The most bits of a hash that those pairs can tell.</summary>
    public static int BitsTold(IEnumerable<SlotValue> pairs) => PdqHash.SlotBits * pairs.Select(pair => pair.Slot).Distinct().Count();

    /// <summary>Why these pairs are no private look-up, as a sentence; null if they are one.</summary>
    public static string? Refusal(IReadOnlyList<SlotValue> pairs, int radius)
    {
        if (pairs.Count is 0 or > MostPairs)
            return $"A private look-up has 1 to {MostPairs} pairs of a slot and a value; this one has {pairs.Count}.";
        if (radius is < 0 or > LargestRadius)
            return $"The radius is a number from 0 to {LargestRadius}.";
        if (pairs.Any(pair => pair.Slot is < 0 or >= PdqHash.Slots))
            return $"A slot is a number from 0 to {PdqHash.Slots - 1}.";
        if (pairs.Distinct().Count() < pairs.Count)
            return "The same pair stands there twice.";
        if (BitsTold(pairs) > MostSlots * PdqHash.SlotBits)
            return $"Values of {BitsTold(pairs) / PdqHash.SlotBits} slots would tell up to {BitsTold(pairs)} bits of the hash; at most {MostSlots} slots may be named.";
        return null;
    }

    /// <summary>The look-up.</summary>
    /// <exception cref="ArgumentException"><see cref="Refusal"/> has something against it.</exception>
    public static PrivateLookup Of(IReadOnlyList<SlotValue> pairs, int radius = 0)
        => Refusal(pairs, radius) is { } refusal ? throw new ArgumentException(refusal, nameof(pairs)) : new(pairs, radius);
}

/// <summary>What is in the buckets of a private look-up.</summary>
/// <param name="Entries">All of them, each once, in the order of the index.</param>
/// <param name="Cut">The pairs whose buckets hold more than <see cref="PrivateLookup.MostOfBucket"/>, of which the rest is missing.</param>
internal sealed record PdqBuckets(IReadOnlyList<PdqEntry> Entries, IReadOnlyList<SlotValue> Cut)
{
    public bool IsCut => Cut.Count > 0;
}
