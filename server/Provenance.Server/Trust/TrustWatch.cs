using Provenance.Server.Settings;
using Provenance.TrustStore;

namespace Provenance.Server.Trust;

/// <summary>Looks whether the lists changed: by their dates every few seconds, since not every file system tells.</summary>
internal sealed partial class TrustWatch(CurrentTrust trust, TrustSettings settings, TimeProvider clock, ILogger<TrustWatch> log) : BackgroundService
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
                LogKept(log, fault);
            else
                LogReloaded(log, trust.Loaded.Installed.Count, trust.Current.Version);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DamagedStoreException)
        {
            LogKept(log, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Trust lists: others are in force now, {Lists} installed, version {Version}")]
    private static partial void LogReloaded(ILogger log, int lists, string version);

    [LoggerMessage(LogLevel.Error, "Trust lists: those of before stay in force. {Why}")]
    private static partial void LogKept(ILogger log, string why);
}
