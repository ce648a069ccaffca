using System.Threading.RateLimiting;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;

namespace Provenance.Server.Verification;

/// <summary>
/// Places at which files are checked, which is work for the processor alone: as many as there are processors, and a short queue before them.
/// Who finds the queue full is sent away at once, not kept until nobody waits for the answer any more.
/// </summary>
internal sealed class WorkPlaces : IDisposable
{
    /// <summary>Seconds after which somebody who was sent away may ask again.</summary>
    public const int RetryAfter = 1;

    private readonly ConcurrencyLimiter _places;
    private readonly int _queue;
    private readonly TimeSpan _time;

    public WorkPlaces(VerificationSettings settings, ServerMetrics metrics)
    {
        int count = settings.AtATime > 0 ? settings.AtATime : Environment.ProcessorCount;
        _queue = settings.Queue;
        _time = TimeSpan.FromSeconds(settings.WorkSeconds);
        _places = new(new ConcurrencyLimiterOptions { PermitLimit = count, QueueLimit = settings.Queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
        metrics.Watch("provenance_verify_queue_length", "Files that arrived and wait to be checked.", () => _places.GetStatistics()?.CurrentQueuedCount ?? 0);
        // Each place holds a thread of the pool; others must find one at once, or the server would look dead while it works.
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, count + (2 * Environment.ProcessorCount) + 4), ports);
    }

    /// <summary>Whether somebody who came now would be sent away.</summary>
    public bool IsFull => _places.GetStatistics() is { CurrentAvailablePermits: 0 } now && now.CurrentQueuedCount >= _queue;

    /// <summary>Waits for a place, and works there.</summary>
    /// <param name="work">The work, which is cancelled when it takes too long.</param>
    /// <param name="aborted">Nobody waits for the answer any more.</param>
    /// <exception cref="RefusedException">The queue is full, or the work took too long.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> work, CancellationToken aborted)
    {
        using var place = await _places.AcquireAsync(1, aborted);
        if (!place.IsAcquired)
            throw new RefusedException(Problems.Busy);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        deadline.CancelAfter(_time);
        try
        {
            return await work(deadline.Token);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            throw new RefusedException(Problems.TimeOver);
        }
    }

    public void Dispose() => _places.Dispose();
}
