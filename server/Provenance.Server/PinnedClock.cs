namespace Provenance.Server;

/// <summary>A clock whose hands stand still; timers and time stamps go on.</summary>
/// <param name="now">The time that it always is.</param>
internal sealed class PinnedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
