using Provenance.Server.Settings;

namespace Provenance.Server.Telemetry;

/// <summary>The end: not ready at once; for a while everything as before, until balancers have noticed; then no new connections, and requests under way end.</summary>
internal sealed class GracefulStop(Health health, GuardSettings settings) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        health.Stop();
        await Task.Delay(TimeSpan.FromSeconds(settings.DrainSeconds), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
