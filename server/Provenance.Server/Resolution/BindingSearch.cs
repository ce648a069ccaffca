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

    /// <summary>Near hashes that are looked at first, and at once.</summary>
    private const int FirstEntries = 1000;

    /// <summary>How many times as many are looked at next.</summary>
    private const int MoreEntries = 8;

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

    /// <summary>Looks at ever more near hashes until there are enough manifests: one can have ten thousand of them, and must not hide another.</summary>
    private async Task<IReadOnlyList<MatchAnswer>> FindNearAsync(PdqHash hash, int most, CancellationToken cancellation)
    {
        var answers = new List<MatchAnswer>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        var last = (Distance: -1, EntryId: 0L);
        for (long entries = FirstEntries; ; entries *= MoreEntries)
        {
            var near = Pdq.Find(hash, (int)Math.Min(entries, int.MaxValue));
            // Of equally near ones the one that was registered first: numbers ascend.
            foreach (var part in near.Nearest.Where(match => (match.Distance, match.EntryId).CompareTo(last) > 0).Chunk(FirstEntries))
            {
                var found = (await manifests.FindAsync([.. part.Select(match => match.EntryId)], cancellation)).ToDictionary(manifest => manifest.EntryId, manifest => manifest.ManifestId);
                foreach (var match in part)
                {
                    if (!found.TryGetValue(match.EntryId, out string? manifest) || !told.Add(manifest))
                        continue;
                    answers.Add(new MatchAnswer(manifest, Similarity(match.Distance)));
                    if (answers.Count == most)
                        return answers;
                }
                last = (part[^1].Distance, part[^1].EntryId);
            }
            if (near.Total <= entries)
                return answers;
        }
    }

    private static int Similarity(int distance) => (int)Math.Round(100.0 * (PdqHash.Bits - distance) / PdqHash.Bits, MidpointRounding.AwayFromZero);
}
