using Provenance.Verifier.Crypto;
using Provenance.Verifier.Formats;

namespace Provenance.Verifier.Bindings;

/// <summary>
/// The collection hash over an archive of records (C2PA 2.5 §14.12.5.3). Nothing lists the records of such a file but the hash itself, so records
/// and entries must be the same, one for one.
/// </summary>
internal static class RecordsHash
{
    /// <param name="asset">The archive.</param>
    /// <param name="format">Reads its records.</param>
    /// <param name="entries">Identifier and digest of each record that was signed; no identifier twice.</param>
    /// <param name="algorithm">Of the digests.</param>
    /// <param name="cancellation">Honoured while hashing.</param>
    public static async ValueTask<BindingResult> CheckAsync(
        BoundAsset asset, IRecordFormat format, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> entries, HashAlgorithm algorithm, CancellationToken cancellation)
    {
        var records = await format.ReadRecordsAsync(asset.Source, asset.Limits, cancellation).ConfigureAwait(false);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            if (!seen.Add(record.Id))
                return BindingResult.Mismatch($"collection hash: two records are '{record.Id}'");
            if (!entries.ContainsKey(record.Id))
                return BindingResult.Mismatch($"collection hash: the record '{record.Id}' is not named");
        }
        if (seen.Count < entries.Count)
            return BindingResult.Mismatch($"collection hash: {entries.Count - seen.Count} of {entries.Count} records that are named are not in the file");
        foreach (var record in records)
        {
            byte[] actual = await asset.HashAsync(algorithm, [record.Range], cancellation).ConfigureAwait(false);
            if (!actual.AsSpan().SequenceEqual(entries[record.Id].Span))
                return BindingResult.Mismatch($"collection hash: the record '{record.Id}' at 0x{record.Range.Offset:X} does not match");
        }
        return new(BindingOutcome.Match, $"collection hash: all {records.Count} records match, and there is no other");
    }
}
