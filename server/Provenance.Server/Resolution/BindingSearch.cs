using Provenance.Server.Fingerprints;
using Provenance.Server.Guards;
using Provenance.Server.Storage;
using Provenance.Server.Verification;

namespace Provenance.Server.Resolution;

/// <summary>Finds registered manifests by the value of a soft binding.</summary>
internal sealed class BindingSearch(KnownAlgorithms algorithms, PdqEntries pdq, IManifestStore manifests, StorageState storage)
{
    public const int DefaultResults = 10;

    /// <summary>Who wants more gets as many.</summary>
    public const int MostResults = 100;

    /// <summary>Near hashes that are looked at. A manifest may have thousands of bindings, so that a few of them fill any list.</summary>
    private const int MostEntries = 1000;

    /// <summary>The hashes in memory.</summary>
    /// <exception cref="RefusedException">They are not all there yet: an answer would leave out what is.</exception>
    public PdqIndex Pdq => storage.IsFilled ? pdq.Index : throw new RefusedException(Problems.StorageUnavailable, "The fingerprints are being read from the database.");

    /// <summary>The best matches of a value; none is no fault.</summary>
    /// <param name="algorithm">The algorithm's identifier.</param>
    /// <param name="value">The value's bytes.</param>
    /// <param name="most">How many are wanted.</param>
    /// <param name="cancellation">Nobody waits any more.</param>
    /// <exception cref="RefusedException">The algorithm is unknown or the value is none of its values.</exception>
    public async Task<IReadOnlyList<MatchAnswer>> FindAsync(string algorithm, ReadOnlyMemory<byte> value, int most, CancellationToken cancellation)
    {
        if (!algorithms.Knows(algorithm))
            throw new RefusedException(Problems.BadRequest, "This algorithm is not looked up here. /v1/services/supportedAlgorithms names those that are.");
        if (value.Length is 0 or > BindingValue.LongestBytes || algorithms.InOneForm(algorithm, value, isText: false) is not { } known)
            throw new RefusedException(Problems.BadRequest, "The value is none of this algorithm, or tells too little to find anything.");
        return algorithm == SoftBindingAlgorithm.Pdq && PdqHash.TryRead(known.Span, out var hash)
            ? await FindNearAsync(hash, most, cancellation)
            : [.. (await manifests.FindAsync(algorithm, known, most, cancellation)).Select(found => new MatchAnswer(found.ManifestId, 100))];
    }

    private async Task<IReadOnlyList<MatchAnswer>> FindNearAsync(PdqHash hash, int most, CancellationToken cancellation)
    {
        var near = Pdq.Find(hash, MostEntries).Nearest;
        var found = (await manifests.FindAsync([.. near.Select(match => match.EntryId)], cancellation)).ToDictionary(manifest => manifest.EntryId);
        return
        [
            .. near.Where(match => found.ContainsKey(match.EntryId))
                .Select(match => (match.Distance, Manifest: found[match.EntryId]))
                // Of equally near ones the one that was registered first.
                .OrderBy(match => match.Distance).ThenBy(match => match.Manifest.ReceivedAt).ThenBy(match => match.Manifest.EntryId)
                .DistinctBy(match => match.Manifest.ManifestId)
                .Take(most)
                .Select(match => new MatchAnswer(match.Manifest.ManifestId, Similarity(match.Distance))),
        ];
    }

    private static int Similarity(int distance) => (int)Math.Round(100.0 * (PdqHash.Bits - distance) / PdqHash.Bits, MidpointRounding.AwayFromZero);
}
