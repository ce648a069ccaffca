using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
using Provenance.TrustStore;

namespace Provenance.Server.Trust;

/// <summary>Looks whether the lists changed: by their dates every few seconds, since not every file system tells.</summary>
internal sealed class TrustWatch(CurrentTrust trust, TrustSettings settings, TimeProvider clock, ILogger<TrustWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(settings.WatchSeconds), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                Look();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    private void Look()
    {
        try
        {
            if (!trust.Reload())
                return;
            if (trust.Fault is { } fault)
                log.TrustKept(fault);
            else
                log.TrustReloaded(trust.Loaded.Installed.Count, trust.Current.Version);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DamagedStoreException)
        {
            log.TrustKept(e.Message);
        }
    }
}
