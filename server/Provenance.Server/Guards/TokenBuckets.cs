using Provenance.Server.Settings;

namespace Provenance.Server.Guards;

/// <summary>
/// A bucket of tokens for each caller, in a table of fixed size: a flood of addresses takes no memory and pushes nobody out. Two callers may share
/// a place, by chance only; among a thousand who have emptied theirs, that befalls one other in a hundred and thirty.
/// </summary>
/// <remarks>
/// A place holds one number: the time at which its bucket is full again (the generic cell rate algorithm). Nothing has to be filled up, and a
/// bucket that was never touched is full.
/// </remarks>
internal sealed class TokenBuckets
{
    public const int Places = 1 << 17; // a mebibyte

    private readonly long[] _fullAt = new long[Places];
    private readonly TimeProvider _clock;
    private readonly long _token;
    private readonly int _burst;

    public TokenBuckets(RateSettings rate, TimeProvider clock)
    {
        _clock = clock;
        _burst = rate.Burst;
        _token = Math.Max(1, (long)(clock.TimestampFrequency / rate.PerSecond));
    }

    /// <summary>Takes tokens if they are there.</summary>
    /// <param name="keyedHash">Of the caller.</param>
    /// <param name="tokens">How many.</param>
    /// <returns>Zero if they were taken, else how long it takes until they are there.</returns>
    public TimeSpan Take(int keyedHash, int tokens)
    {
        ref long place = ref Place(keyedHash);
        while (true)
        {
            long before = Volatile.Read(ref place);
            var (after, wait) = Reckon(before, tokens);
            if (wait > TimeSpan.Zero || Interlocked.CompareExchange(ref place, after, before) == before)
                return wait;
        }
    }

    private ref long Place(int keyedHash) => ref _fullAt[keyedHash & Places - 1];

    private (long After, TimeSpan Wait) Reckon(long fullAt, int tokens)
    {
        long now = _clock.GetTimestamp();
        long after = Math.Max(fullAt, now) + Math.Min(tokens, _burst) * _token;
        long missing = after - now - _burst * _token;
        return (after, missing > 0 ? TimeSpan.FromSeconds((double)missing / _clock.TimestampFrequency) : TimeSpan.Zero);
    }
}
