using Provenance.Server.Resolution;
using Provenance.Server.Settings;

namespace Provenance.Server.Storage;

/// <summary>
/// Keeps the indexes in memory as the database is: all of it at the start, then what changed, as soon as this node wrote and every few seconds
/// for what others wrote. Tries again for as long as the server runs.
/// </summary>
internal sealed class IndexFiller(IManifestStore manifests, StorageDatabase database, StorageState state, IEnumerable<IBindingIndex> indexes, StorageSettings settings) : BackgroundService
{
    /// <summary>Changes that are read at once.</summary>
    private const int Batch = 20_000;

    private readonly IBindingIndex[] _indexes = [.. indexes];
    private readonly SemaphoreSlim _filling = new(1);

    /// <summary>Up to where every index stands.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Brings what this node just wrote into its own indexes. A fault is no fault of who wrote: the round after it mends that.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        try
        {
            await FillAsync(cancellation);
        }
        catch (StorageException)
        {
            // Told by the database already.
        }
    }

    public override void Dispose()
    {
        _filling.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the server need not wait for the first fill to listen
        var pause = TimeSpan.FromSeconds(settings.PollSeconds);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (StorageException)
            {
                // Told by the database already; the next round tries again.
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RoundAsync(CancellationToken cancellation)
    {
        await database.RequireVersionAsync(cancellation);
        await FillAsync(cancellation);
        state.Filled();
        state.Read();
        if (state.WaitsToWrite)
            await database.ProbeAsync(cancellation);
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        await _filling.WaitAsync(cancellation);
        try
        {
            ChangeBatch batch;
            do
            {
                batch = await manifests.ChangesSinceAsync(LastSequence, Batch, cancellation);
                if (batch.LastSequence == LastSequence)
                    return;
                foreach (var index in _indexes)
                    index.Apply(batch.Changes, batch.LastSequence);
                LastSequence = batch.LastSequence;
            }
            while (!batch.IsLast);
        }
        finally
        {
            _filling.Release();
        }
    }
}
