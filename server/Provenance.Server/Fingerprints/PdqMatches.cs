namespace Provenance.Server.Fingerprints;

/// <summary>An entry whose hash is near.</summary>
internal readonly record struct PdqMatch(long EntryId, int Distance);

/// <summary>What a look-up found.</summary>
/// <param name="Nearest">As many as were asked for, the nearest first, of equally near ones the lower number.</param>
/// <param name="Total">How many there are.</param>
internal sealed record PdqMatches(IReadOnlyList<PdqMatch> Nearest, int Total);
