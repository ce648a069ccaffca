using System.Diagnostics;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;

namespace Provenance.Fetching;

/// <summary>Finds the manifest store of an asset that holds none, in the order of C2PA 2.5 §14.5.3.1.</summary>
/// <param name="client">Fetches.</param>
/// <param name="longest">How long one fetch may take at most.</param>
/// <param name="tellsPlaces">Whether the URL behind all redirects is told; else the one that was written, which tells nothing of what answers there.</param>
/// <param name="whenNotHad">Awaited with how long it took, and whether it led elsewhere, behind each place of which a stranger might learn what answers there.</param>
internal sealed class RemoteManifest(GuardedClient client, TimeSpan longest, bool tellsPlaces, Func<TimeSpan, bool, CancellationToken, Task>? whenNotHad)
{
    private static readonly TimeSpan s_longestCarrier = TimeSpan.FromMinutes(5);

    /// <summary>For an asset that is fetched for the sake of the store in it.</summary>
    private readonly FetchLimits _carrier = FetchLimits.Manifest with { Bytes = 256L << 20, Longest = longest < s_longestCarrier ? longest : s_longestCarrier };

    /// <summary>The store; or, if one is said to be somewhere and could not be had, why. Neither where nothing says anything.</summary>
    internal readonly record struct Found(DetachedManifest? Manifest, InaccessibleManifest? Fault);

    /// <summary>Looks at the places that are named: by the <c>Link</c> header that came with the asset, then by the asset.</summary>
    /// <param name="links">Targets of the header.</param>
    /// <param name="reference">What the asset says.</param>
    /// <param name="address">The asset's own URL, which references may be relative to; null where it has none.</param>
    /// <param name="limits">Limits of the store.</param>
    /// <param name="cancellation">Honoured while fetching.</param>
    public async ValueTask<Found> FindAsync(IReadOnlyList<string> links, string? reference, Uri? address, Limits limits, CancellationToken cancellation)
    {
        InaccessibleManifest? fault = null;
        // Two answers are none: nothing says which of them is meant.
        if (links.Count > 1)
            fault = new(links[0], $"the Link header names {links.Count} places");
        foreach (string place in links.Count == 1 ? links : [])
        {
            var found = await TryAsync(place, address, limits, cancellation).ConfigureAwait(false);
            if (found.Manifest is not null)
                return found;
            fault = found.Fault;
        }
        if (reference is null)
            return new(null, fault);
        var told = await TryAsync(reference, address, limits, cancellation).ConfigureAwait(false);
        return told.Manifest is not null ? told : new(null, fault ?? told.Fault);
    }

    /// <summary>Looks for "image.jpg.c2pa" and "image.c2pa" beside "image.jpg". Nothing says that they exist: what is no store there says nothing.</summary>
    public async ValueTask<DetachedManifest?> FindNextToAsync(Uri asset, Limits limits, CancellationToken cancellation)
    {
        string path = asset.AbsolutePath, name = path[(path.LastIndexOf('/') + 1)..];
        if (name.Length == 0)
            return null;
        int dot = name.LastIndexOf('.');
        foreach (string candidate in dot > 0 ? (string[])[name, name[..dot]] : [name])
        {
            if (!FetchUrl.TryResolve($"./{candidate}.c2pa", asset, FetchLimits.Manifest.Ports, out var url, out _))
                continue;
            long start = Stopwatch.GetTimestamp();
            var answer = await client.FetchAsync(url, FetchLimits.Manifest, cancellation).ConfigureAwait(false);
            await using (answer.ConfigureAwait(false))
            {
                if (answer.IsFetched && await FormatOfAsync(answer.Body, cancellation).ConfigureAwait(false) is { } format && format.MediaTypes.Contains("application/c2pa"))
                    return (await ReadAsync(answer.Body, PlaceOf(answer, url.Uri.AbsoluteUri), limits, cancellation).ConfigureAwait(false)).Manifest;
                // What the host that gave the asset says for itself is no news of anybody else.
                if (answer.IsRedirected || answer.Fault is not (FetchFault.None or FetchFault.NotGiven))
                    await NotHadAsync(start, answer.IsRedirected, cancellation).ConfigureAwait(false);
            }
        }
        return null;
    }

    private async ValueTask<Found> TryAsync(string reference, Uri? address, Limits limits, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        bool isRedirected = false;
        Found found;
        if (FetchUrl.TryResolve(reference, address, FetchLimits.Manifest.Ports, out var url, out string? why))
        {
            var answer = await client.FetchAsync(url, url.NamesStore ? _carrier : FetchLimits.Manifest with { Bytes = limits.StoreBytes }, cancellation).ConfigureAwait(false);
            await using (answer.ConfigureAwait(false))
            {
                isRedirected = answer.IsRedirected;
                found = answer.IsFetched ? await ReadAsync(answer.Body, PlaceOf(answer, reference), limits, cancellation).ConfigureAwait(false) : Failed(reference, answer.Why);
            }
        }
        else
        {
            found = Failed(reference, why);
        }
        if (found.Manifest is null)
            await NotHadAsync(start, isRedirected, cancellation).ConfigureAwait(false);
        return found;
    }

    private Task NotHadAsync(long start, bool isRedirected, CancellationToken cancellation) =>
        whenNotHad?.Invoke(Stopwatch.GetElapsedTime(start), isRedirected, cancellation) ?? Task.CompletedTask;

    private string PlaceOf(FetchAnswer answer, string written) => tellsPlaces ? answer.Url!.AbsoluteUri : written;

    /// <summary>The store of what came: a .c2pa file, or the one that an asset holds. Its own pointers are not followed.</summary>
    private static async ValueTask<Found> ReadAsync(AssetSource body, string place, Limits limits, CancellationToken cancellation)
    {
        try
        {
            var map = await FormatOfAsync(body, cancellation).ConfigureAwait(false) is { } format ? await format.MapAsync(body, limits, cancellation).ConfigureAwait(false) : null;
            // A page that says "not found" with a 200 is no store that cannot be read; a box that is damaged is one.
            if (map is { Stores: [], StoreFault: null } || (map is null && !await IsBoxAsync(body, cancellation).ConfigureAwait(false)))
                return Failed(place, "what is there holds no manifest store");
            if (map is { Stores.Count: > 1 })
                return Failed(place, $"what is there holds {map.Stores.Count} manifest stores");
            var store = map?.Stores is [var only] ? only : new StoreLocation([], [new ByteRange(0, body.Length)]);
            return new(new DetachedManifest(await StoreBytes.ReadAsync(body, store, limits, cancellation).ConfigureAwait(false), place), null);
        }
        catch (LimitExceededException e)
        {
            return Failed(place, $"what is there is over a limit: {e.Rule}");
        }
        catch (MalformedDataException e)
        {
            return Failed(place, $"what is there cannot be read: {e.Rule}");
        }
    }

    private static async ValueTask<bool> IsBoxAsync(AssetSource body, CancellationToken cancellation) =>
        body.Length >= 8 && (await body.ReadAsync(new ByteRange(4, 4), cancellation).ConfigureAwait(false)).Span.SequenceEqual("jumb"u8);

    private static async ValueTask<IAssetFormat?> FormatOfAsync(AssetSource body, CancellationToken cancellation)
    {
        var head = await body.ReadAsync(new ByteRange(0, Math.Min(AssetFormats.HeadLength, body.Length)), cancellation).ConfigureAwait(false);
        return AssetFormats.Find(head.Span);
    }

    private static Found Failed(string place, string why) => new(null, new InaccessibleManifest(place, why));
}
