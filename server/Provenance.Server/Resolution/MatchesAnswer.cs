namespace Provenance.Server.Resolution;

/// <summary>What a query found (c2pa.softBindingQueryResult).</summary>
/// <param name="Matches">The best first.</param>
internal sealed record MatchesAnswer(IReadOnlyList<MatchAnswer> Matches);

/// <summary>A registered manifest that a value leads to. It was made for other bytes than those that anybody has before them.</summary>
/// <param name="ManifestId">The label of the active manifest, to be had at /v1/manifests.</param>
/// <param name="SimilarityScore">
/// 100 for equal values; of PDQ the share of equal bits in per cent, rounded: 88 at the distance of 31 up to which hashes match, and some 50
/// for pictures that have nothing to do with each other, which are not told.
/// </param>
internal sealed record MatchAnswer(string ManifestId, int SimilarityScore);
