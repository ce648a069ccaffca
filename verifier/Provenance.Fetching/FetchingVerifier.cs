using Provenance.Verifier;
using Provenance.Verifier.Bytes;

namespace Provenance.Fetching;

/// <summary>
/// Verifies assets whose manifest store is elsewhere, and assets that are elsewhere themselves. Whoever is asked for a store learns which
/// asset somebody looks into: call it only where the user wants that.
/// </summary>
/// <param name="client">Fetches.</param>
public sealed class FetchingVerifier(GuardedClient client)
{
    /// <summary>What fetching an asset may cost.</summary>
    internal FetchLimits Cost { get; init; } = FetchLimits.Asset;

    /// <summary>
    /// Told instead of why a store could not be had; null to tell why. Who verifies for strangers would else tell them, place by place, what
    /// answers there.
    /// </summary>
    internal string? OnlyReason { get; init; }

    /// <summary>
    /// Awaited before anything is told of a place where a store was looked for and not had, with how long that took, and whether it led elsewhere;
    /// null to go on at once. The time of each place counts by itself: hosts of a stranger's could stretch the time of all, to see in which
    /// moment one more place ends it.
    /// </summary>
    internal Func<TimeSpan, bool, CancellationToken, Task>? WhenNotHad { get; init; }

    /// <summary>Where the work of the processor is done, if not at once.</summary>
    internal Func<Func<CancellationToken, ValueTask<VerificationReport>>, CancellationToken, Task<VerificationReport>>? Work { get; init; }

    private RemoteManifest Remote => new(client, Cost.Longest, OnlyReason is null, WhenNotHad);

    /// <summary>Verifies an asset; if it holds no manifest store and none is given, looks where it says that one is kept (C2PA 2.5 §14.5.3.1).</summary>
    /// <param name="source">The asset; not disposed.</param>
    /// <param name="companions">What belongs to the asset and is not in it.</param>
    /// <param name="policy">Whom is trusted, as of when, within which limits.</param>
    /// <param name="beside">Asked last, if it is given: the companions with what lies beside the asset, or null.</param>
    /// <param name="cancellation">Honoured while reading, hashing and fetching.</param>
    public ValueTask<VerificationReport> VerifyAsync(
        AssetSource source, AssetCompanions companions, VerificationPolicy policy, Func<AssetCompanions?>? beside = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(companions);
        ArgumentNullException.ThrowIfNull(policy);
        return VerifyAsync(source, companions, policy, null, [], _ => ValueTask.FromResult(beside?.Invoke()), cancellation);
    }

    /// <summary>
    /// Fetches an asset and verifies it; the answer's <c>Link</c> header is honoured before what the asset says, and a ".c2pa" file beside
    /// it after. The report on an asset that could not be fetched tells why.
    /// </summary>
    /// <param name="url">The asset's URL, as somebody wrote it.</param>
    /// <param name="companions">What belongs to the asset and is not in it.</param>
    /// <param name="policy">Whom is trusted, as of when, within which limits.</param>
    /// <param name="whileAtHand">Called with the asset and the report before the asset is let go, if it is given; not for one that could not be fetched.</param>
    /// <param name="cancellation">Honoured while fetching and hashing.</param>
    public async ValueTask<VerificationReport> VerifyUrlAsync(
        string url, AssetCompanions companions, VerificationPolicy policy, Func<AssetSource, VerificationReport, ValueTask>? whileAtHand = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(companions);
        ArgumentNullException.ThrowIfNull(policy);
        return (await FetchAndVerifyAsync(url, companions, policy, whileAtHand, cancellation).ConfigureAwait(false)).Report;
    }

    /// <summary>The same, and whether the URL led elsewhere.</summary>
    internal async ValueTask<(VerificationReport Report, bool IsRedirected)> FetchAndVerifyAsync(
        string url, AssetCompanions companions, VerificationPolicy policy, Func<AssetSource, VerificationReport, ValueTask>? whileAtHand, CancellationToken cancellation)
    {
        var answer = await client.FetchAsync(url, Cost, cancellation).ConfigureAwait(false);
        await using (answer.ConfigureAwait(false))
        {
            if (!answer.IsFetched)
                return (VerificationReport.UnreadFor(policy, KeyOf(answer.Fault), answer.Why), answer.IsRedirected);
            var report = await VerifyAsync(answer.Body, companions, policy, answer.Url, LinkHeader.ManifestTargets(answer.Links), NextTo, cancellation).ConfigureAwait(false);
            if (whileAtHand is not null)
                await whileAtHand(answer.Body, report).ConfigureAwait(false);
            return (report, answer.IsRedirected);
        }

        async ValueTask<AssetCompanions?> NextTo(CancellationToken token) =>
            await Remote.FindNextToAsync(answer.Url!, policy.Limits, token).ConfigureAwait(false) is { } store ? companions with { Manifest = store } : null;
    }

    private static string KeyOf(FetchFault fault) => fault switch
    {
        FetchFault.NotAllowed => "fetch.not-allowed",
        FetchFault.Unreachable => "fetch.unreachable",
        FetchFault.NotGiven => "fetch.not-given",
        FetchFault.TooLarge => "fetch.too-large",
        FetchFault.TooSlow => "fetch.too-slow",
        _ => "fetch.broken",
    };

    private async ValueTask<VerificationReport> VerifyAsync(
        AssetSource source, AssetCompanions companions, VerificationPolicy policy, Uri? address, IReadOnlyList<string> links,
        Func<CancellationToken, ValueTask<AssetCompanions?>> beside, CancellationToken cancellation)
    {
        var report = await CheckAsync(source, companions, policy, cancellation).ConfigureAwait(false);
        if (report.Origin is not (ManifestOrigin.None or ManifestOrigin.Remote))
            return report;
        var found = await Remote.FindAsync(links, report.RemoteManifest, address, policy.Limits, cancellation).ConfigureAwait(false);
        var with = found.Manifest is { } manifest ? companions with { Manifest = manifest }
            : await beside(cancellation).ConfigureAwait(false) ?? (found.Fault is { } fault ? companions with { Inaccessible = OnlyReason is null ? fault : fault with { Reason = OnlyReason } } : null);
        return with is null ? report : await CheckAsync(source, with, policy, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<VerificationReport> CheckAsync(AssetSource source, AssetCompanions companions, VerificationPolicy policy, CancellationToken cancellation) => Work is null
        ? await Verifier.Verifier.VerifyAsync(source, companions, policy, cancellation).ConfigureAwait(false)
        : await Work(token => Verifier.Verifier.VerifyAsync(source, companions, policy, token), cancellation).ConfigureAwait(false);
}
