using System.Diagnostics.CodeAnalysis;
using Provenance.Fetching;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
using Provenance.TrustStore;
using Provenance.Verifier.Labels;

namespace Provenance.Server.Trust;

/// <summary>
/// Fetches newer issues of installed lists, by the rules of "provenance trust update": pinned signers, rising numbers, no list that loses more than
/// half of those it named. What cannot be had keeps its last good issue; nothing that happens here ends the server.
/// </summary>
internal sealed class TrustRefresh(CurrentTrust trust, TrustSettings settings, GuardedClient client, TimeProvider clock, ILogger<TrustRefresh> log) : BackgroundService
{
    /// <summary>Servers that were started together do not ask together.</summary>
    private const double Jitter = 0.1;

    private static readonly TimeSpan s_longestFirst = TimeSpan.FromMinutes(10);

    /// <summary>Whether the last attempt left a list without an answer; for the metrics.</summary>
    public bool HasFailed { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.RefreshMinutes == 0 || trust.Folder is null)
            return;
        var interval = TimeSpan.FromMinutes(settings.RefreshMinutes);
        var pause = (interval < s_longestFirst ? interval : s_longestFirst) * Random.Shared.NextDouble();
        while (true)
        {
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
                return;
            await RefreshAsync().ConfigureAwait(false);
            pause = interval * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble()));
        }
    }

    /// <summary>One attempt.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A fault in fetching lists must not end a server that has good ones.")]
    public async Task RefreshAsync()
    {
        if (trust.Folder?.Changed is null)
            return;
        try
        {
            // Another server over the same folder is at it, or somebody at a terminal.
            using (var turn = trust.Folder.Lock())
            {
                if (turn is null)
                    return;
            }
            var complaints = new StringWriter();
            var now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
            var dialog = new ListDialog(Words.English, TextWriter.Null, complaints, ask: null);
            int exitCode = await new ListUpdate(trust.Folder, dialog, now, client).RunAsync(new(null, Interim: false, AcceptsShrink: false) { OnlyFetched = true }).ConfigureAwait(false);
            HasFailed = exitCode != 0;
            if (HasFailed)
                log.TrustNotRefreshed(WithoutQueries(complaints.ToString().Trim()));
            trust.Reload();
        }
        catch (Exception e)
        {
            HasFailed = true;
            log.TrustRefreshFault(e);
        }
    }

    /// <summary>What stands behind the question mark of a list's address may be a secret.</summary>
    internal static string WithoutQueries(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word =>
        word.Contains("https://", StringComparison.OrdinalIgnoreCase) && word.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? word[..query] + "?…" : word));
}
