namespace Provenance.Verifier.Bindings;

/// <summary>A track of a stream of which only some segments were given.</summary>
/// <param name="Track">Its number in the file.</param>
/// <param name="First">The first segment that is here, counted from 1.</param>
/// <param name="Last">The last one that is here.</param>
/// <param name="Count">How many there are.</param>
public sealed record PartialTrack(long Track, long First, long Last, long Count);
