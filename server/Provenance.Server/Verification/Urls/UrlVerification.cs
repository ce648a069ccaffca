using System.Threading.RateLimiting;
using Provenance.Fetching;
using Provenance.Metadata;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
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

    private readonly VerificationSettings _settings;
    private readonly IReadOnlyList<string> _names;
    private readonly PolicyNow _policies;
    private readonly RememberedLabels _labels;
    private readonly ServerMetrics _metrics;
    private readonly TimeClass _times;
    private readonly FetchingVerifier _fetching;
    private readonly ConcurrencyLimiter _places;

    public UrlVerification(VerificationSettings settings, GuardSettings guards, GuardedNetwork network, PolicyNow policies, RememberedLabels labels, ServerMetrics metrics, TimeProvider time)
    {
        (_settings, _names, _policies, _labels, _metrics, _times) = (settings, guards.Hosts, policies, labels, metrics, new TimeClass(time));
        _fetching = new(new GuardedClient(OwnAddresses.Without(network, OwnAddresses.Now))) { Cost = FetchLimits.Asset with { Bytes = settings.BodyBytes }, OnlyReason = NotHad };
        _places = new(new ConcurrencyLimiterOptions { PermitLimit = settings.UrlsAtATime, QueueLimit = 0 });
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

        async ValueTask ReadMetadataAsync(AssetSource source, VerificationReport about) => about.Metadata = await UnsignedMetadata.ReadAsync(source, about, aborted);
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
            throw await NotFetchedAsync(start, aborted);
        VerificationReport report;
        using (var place = _places.AttemptAcquire())
        {
            if (!place.IsAcquired)
                throw new RefusedException(Problems.Busy);
            report = await _fetching.VerifyUrlAsync(url, AssetCompanions.None, policy, meanwhile, aborted);
        }
        if (report.Error?.Key?.StartsWith("fetch.", StringComparison.Ordinal) == true)
            throw await NotFetchedAsync(start, aborted);
        // The file came, and named a place that did not give its credential.
        if (report.Origin == ManifestOrigin.Remote)
            await _times.PadAsync(start, aborted);
        return report;
    }

    private async Task<RefusedException> NotFetchedAsync(long start, CancellationToken aborted)
    {
        await _times.PadAsync(start, aborted);
        return new(Problems.NotFetched);
    }
}
