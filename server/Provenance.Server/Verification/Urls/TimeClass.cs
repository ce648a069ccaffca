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
    /// <param name="gone">How long it took to fail.</param>
    /// <param name="isLate">Whether for the last one: behind a redirect, whoever sent it on chose when, and could try at which moment the next host's answer falls.</param>
    /// <param name="aborted">Nobody waits for the answer any more.</param>
    public Task PadAsync(TimeSpan gone, bool isLate, CancellationToken aborted)
    {
        // Past the last, a body came for long: then it is told at the next minute.
        var moment = s_moments.Skip(isLate ? s_moments.Length - 1 : 0).FirstOrDefault(moment => moment > gone, TimeSpan.FromMinutes(Math.Floor(gone.TotalMinutes) + 1));
        return Task.Delay(moment - gone, time, aborted);
    }

    public Task PadAsync(long start, bool isLate, CancellationToken aborted) => PadAsync(time.GetElapsedTime(start), isLate, aborted);
}
