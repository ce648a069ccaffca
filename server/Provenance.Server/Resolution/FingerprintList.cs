using System.Text.Json;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Trust;
using Provenance.Server.Verification;
using Provenance.TrustStore;

namespace Provenance.Server.Resolution;

/// <summary>The list as it is sent, and its detached signature where the server signs.</summary>
internal sealed record ListedFingerprints(PublishedFile File, PublishedFile? Signature);

/// <summary>The whole list of PDQ fingerprints, for who would rather compare at home than ask.</summary>
internal sealed class FingerprintList(BindingSearch search, PdqEntries entries, IManifestStore manifests, ResolutionSettings settings, TimeProvider clock, ListSigning? signing = null) : IDisposable
{
    /// <summary>Some 6 MB. A list that everybody fetches should not be larger.</summary>
    private const int MostEntries = 50_000;

    /// <summary>It is made of the database, and signed: not for every registration, but for every withdrawal.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>After that it is made again even if nothing changed: who holds it against old lists looks at when it was issued.</summary>
    private static readonly TimeSpan Issued = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _making = new(1);
    private volatile Made? _made;

    private sealed record Made(long Sequence, DateTimeOffset At, ListedFingerprints List);

    /// <exception cref="RefusedException">It is not handed on, or too large.</exception>
    public async Task<ListedFingerprints> GetAsync(CancellationToken cancellation)
    {
        if (!settings.HandsOnFingerprints)
            throw new RefusedException(Problems.NotOffered, "This server does not hand its list of fingerprints on.");
        var index = search.Pdq;
        if (IsFresh(_made, index.LastSequence))
            return _made!.List;
        await _making.WaitAsync(cancellation);
        try
        {
            if (!IsFresh(_made, index.LastSequence))
                _made = await MakeAsync(cancellation);
            return _made!.List;
        }
        finally
        {
            _making.Release();
        }
    }

    public void Dispose() => _making.Dispose();

    private bool IsFresh(Made? made, long sequence) =>
        made is not null && made.Sequence >= entries.LastWithdrawal && clock.GetUtcNow() - made.At < (made.Sequence == sequence ? Issued : Fresh);

    private async Task<Made> MakeAsync(CancellationToken cancellation)
    {
        var index = search.Pdq;
        long sequence = index.LastSequence;
        var all = index.All().Take(MostEntries + 1).ToList();
        if (all.Count > MostEntries)
            throw new RefusedException(Problems.NotOffered, $"This server holds more than the {MostEntries} fingerprints that it would hand on in a list.");
        var found = (await manifests.FindAsync([.. all.Select(entry => entry.EntryId)], cancellation)).ToDictionary(entry => entry.EntryId, entry => entry.ManifestId);

        var now = clock.GetUtcNow();
        using var stream = new MemoryStream();
        await using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("alg", SoftBindingAlgorithm.Pdq);
            json.WriteString("issued", ServedIndex.Moment(now));
            json.WriteNumber("sequence", sequence);
            json.WriteStartArray("entries");
            foreach (var (id, hash) in all.OrderBy(entry => entry.EntryId))
            {
                if (!found.TryGetValue(id, out string? manifest))
                    continue; // withdrawn a moment ago
                json.WriteStartArray();
                json.WriteBase64StringValue(hash.ToBytes());
                json.WriteStringValue(manifest);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        byte[] bytes = stream.ToArray();
        return new(sequence, now, new(new(bytes, "application/json"), signing is null ? null : new(signing.Sign(bytes, now), PublishedFile.SignatureType)));
    }
}
