using System.Threading.RateLimiting;
using Provenance.Fetching;
using Provenance.Metadata;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
using Provenance.Server.Verification.Bodies;
using Provenance.Server.Verification.Labels;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;

namespace Provenance.Server.Verification.Urls;

/// <summary>
/// Fetches what a URL names, and checks it. Everything a stranger could learn of a network by asking for URLs is answered alike: what may not
/// be asked, what does not answer and what answers with something else have one status, one text and one of few times.
/// </summary>
internal sealed class UrlVerification : IDisposable
{
    /// <summary>Said of a credential that is elsewhere and was not had.</summary>
    private const string NotHad = "it could not be fetched, or may not be";

    /// <summary>The longest that one fetch takes, however much keeps coming: it holds one of few places.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    private readonly VerificationSettings _settings;
    private readonly IReadOnlyList<string> _names;
    private readonly PolicyNow _policies;
    private readonly RememberedLabels _labels;
    private readonly ServerMetrics _metrics;
    private readonly TimeClass _times;
    private readonly FetchingVerifier _fetching;
    private readonly WorkPlaces _work;
    private readonly ConcurrencyLimiter _places;
    private readonly ClientShares _shares;

    public UrlVerification(
        VerificationSettings settings, GuardSettings guards, GuardedNetwork network, PolicyNow policies, RememberedLabels labels, WorkPlaces work, BodyRoom room, ServerMetrics metrics, TimeProvider time)
    {
        (_settings, _names, _policies, _labels, _work, _metrics, _times) = (settings, guards.Hosts, policies, labels, work, metrics, new TimeClass(time));
        _fetching = new(new GuardedClient(OwnAddresses.Without(network, OwnAddresses.Now)) { KeepAsync = new FetchedBodies(room).KeepAsync })
        {
            Cost = FetchLimits.Asset with { Bytes = settings.BodyBytes, Longest = s_longest },
            OnlyReason = NotHad,
            WhenNotHad = _times.PadAsync,
            Work = work.RunAsync,
        };
        _places = new(new ConcurrencyLimiterOptions { PermitLimit = settings.UrlsAtATime, QueueLimit = 0 });
        _shares = new(settings.UrlsPerClient);
    }

    /// <exception cref="RefusedException">There is no answer.</exception>
    public async Task<Answer> AnswerAsync(string url, HttpRequest request, VerifyQuestion question, CancellationToken aborted)
    {
        var (policy, lists) = _policies.Take(question.WithDigest || question.Format == AnswerFormat.Html);
        var report = await FetchAsync(url, request, policy, question.Format is AnswerFormat.Json or AnswerFormat.Html ? ReadMetadataAsync : null, aborted);
        _metrics.CountVerdict(LabelTable.Code(report.Label));
        if (question.WithDigest)
            _labels.Remember(report, lists);
        if (FetchUrl.TryResolve(url, null, FetchLimits.Asset.Ports, out var parsed, out _))
            _labels.RememberUrl(parsed.Uri.AbsoluteUri, report.Label, lists);
        return Answer.Of(report, question, url);

        async ValueTask ReadMetadataAsync(AssetSource source, VerificationReport about) =>
            about.Metadata = await _work.RunAsync(async cancellation => await UnsignedMetadata.ReadAsync(source, about, cancellation), aborted);
    }

    /// <summary>What a file on the web says of itself, for who looks for its credential. Nothing is remembered of it.</summary>
    /// <exception cref="RefusedException">There is no answer.</exception>
    public Task<VerificationReport> ReportAsync(string url, HttpRequest request, CancellationToken aborted) => FetchAsync(url, request, _policies.Take(withDigest: false).Policy, null, aborted);

    public void Dispose() => _places.Dispose();

    /// <summary>Whether a URL leads back here, by the names of this server and the one under which it was asked; by its addresses <see cref="OwnAddresses"/> tells.</summary>
    private bool IsOurs(string url, HttpRequest request) =>
        FetchUrl.TryResolve(url, null, FetchLimits.Asset.Ports, out var parsed, out _)
        && _names.Append(request.Host.Host).Any(name => parsed.Host.TrimEnd('.').Equals(name.TrimEnd('.'), StringComparison.OrdinalIgnoreCase));

    private async Task<VerificationReport> FetchAsync(
        string url, HttpRequest request, VerificationPolicy policy, Func<AssetSource, VerificationReport, ValueTask>? meanwhile, CancellationToken aborted)
    {
        if (!_settings.FetchesUrls)
            throw new RefusedException(Problems.NotOffered, "This server fetches no URLs. Fetch the file and send it to /api/v1/verify.");
        long start = _times.Start();
        if (IsOurs(url, request))
            throw await NotFetchedAsync(start, false, aborted);
        VerificationReport report;
        bool isRedirected;
        using (var share = _shares.TryTake(ClientNetwork.Of(request.HttpContext.Connection.RemoteIpAddress)))
        using (var place = share is null ? null : _places.AttemptAcquire())
        {
            if (place is null)
                throw new RefusedException(Problems.TooMany, "So many URLs are not fetched for one client at once.");
            if (!place.IsAcquired || _work.IsFull)
                throw new RefusedException(Problems.Busy);
            (report, isRedirected) = await _fetching.FetchAndVerifyAsync(url, AssetCompanions.None, policy, meanwhile, aborted);
        }
        return report.Error?.Key?.StartsWith("fetch.", StringComparison.Ordinal) == true ? throw await NotFetchedAsync(start, isRedirected, aborted) : report;
    }

    private async Task<RefusedException> NotFetchedAsync(long start, bool isRedirected, CancellationToken aborted)
    {
        await _times.PadAsync(start, isRedirected, aborted);
        return new(Problems.NotFetched);
    }
}
