using System.Diagnostics;

namespace Provenance.Fetching;

/// <summary>The one moment at which a fetch must be over, whatever it is doing then.</summary>
internal sealed class FetchDeadline : IDisposable
{
    private readonly FetchLimits _limits;
    private readonly CancellationTokenSource _end;
    private readonly long _start = Stopwatch.GetTimestamp();

    public FetchDeadline(FetchLimits limits, CancellationToken cancellation)
    {
        _limits = limits;
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _end.CancelAfter(limits.Time);
    }

    public CancellationToken Token => _end.Token;

    /// <summary>Gives the time that so many bytes have earned.</summary>
    public void PutOff(long bytes)
    {
        double earned = _limits.Time.TotalSeconds + ((double)bytes / _limits.BytesPerSecond);
        double end = Math.Min(earned, Math.Max(_limits.Longest.TotalSeconds, _limits.Time.TotalSeconds));
        double left = end - Stopwatch.GetElapsedTime(_start).TotalSeconds;
        if (!_end.IsCancellationRequested)
            _end.CancelAfter(TimeSpan.FromSeconds(Math.Max(left, 0)));
    }

    public void Dispose() => _end.Dispose();
}
