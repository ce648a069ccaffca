namespace Provenance.Server.Verification.Urls;

/// <summary>
/// Times at which a failure is told. A closed port answers at once, one behind a filter never, a name that is not there somewhere between:
/// who is told late, and at a few moments only, does not learn which it was.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class TimeClass(TimeProvider time)
{
    /// <summary>Longer than it takes to give up an address; and longer than a fetch takes of which nothing comes.</summary>
    private static readonly TimeSpan[] s_moments = [TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(16)];

    public long Start() => time.GetTimestamp();

    /// <summary>Waits for the next moment.</summary>
    public Task PadAsync(long start, CancellationToken aborted)
    {
        var gone = time.GetElapsedTime(start);
        // Past the last, a body came for long: then it is told at the next minute.
        var moment = s_moments.FirstOrDefault(moment => moment > gone, TimeSpan.FromMinutes(Math.Floor(gone.TotalMinutes) + 1));
        return Task.Delay(moment - gone, time, aborted);
    }
}
