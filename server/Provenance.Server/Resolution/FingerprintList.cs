using System.Text.Json;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Trust;
using Provenance.Server.Verification;

namespace Provenance.Server.Resolution;

/// <summary>The list as it is sent, and its detached signature where the server signs.</summary>
internal sealed record ListedFingerprints(PublishedFile File, PublishedFile? Signature);

/// <summary>The whole list of PDQ fingerprints, for who would rather compare at home than ask.</summary>
internal sealed class FingerprintList(BindingSearch search, IManifestStore manifests, ResolutionSettings settings, TimeProvider clock, ListSigning? signing = null) : IDisposable
{
    /// <summary>Some 6 MB. A list that everybody fetches should not be larger.</summary>
    private const int MostEntries = 50_000;

    /// <summary>It is made of the database, and signed: not for every registration.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

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

    private bool IsFresh(Made? made, long sequence) => made is not null && (made.Sequence == sequence || clock.GetUtcNow() - made.At < Fresh);

    private async Task<Made> MakeAsync(CancellationToken cancellation)
    {
        var index = search.Pdq;
        long sequence = index.LastSequence;
        var entries = index.All().Take(MostEntries + 1).ToList();
        if (entries.Count > MostEntries)
            throw new RefusedException(Problems.NotOffered, $"This server holds more than the {MostEntries} fingerprints that it would hand on in a list.");
        var found = (await manifests.FindAsync([.. entries.Select(entry => entry.EntryId)], cancellation)).ToDictionary(entry => entry.EntryId, entry => entry.ManifestId);

        using var stream = new MemoryStream();
        await using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("alg", SoftBindingAlgorithm.Pdq);
            json.WriteNumber("sequence", sequence);
            json.WriteStartArray("entries");
            foreach (var (id, hash) in entries.OrderBy(entry => entry.EntryId))
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
        var now = clock.GetUtcNow();
        return new(sequence, now, new(new(bytes, "application/json"), signing is null ? null : new(signing.Sign(bytes, now), PublishedFile.SignatureType)));
    }
}
