using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>What one call cost: processor time and bytes allocated of the calling thread, whatever else the machine does meanwhile.</summary>
internal readonly record struct Cost(TimeSpan Time, long Allocated)
{
    /// <summary>No file, whatever it holds, may take longer (attacks.md R5).</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    /// <summary>What a file of this length may make us allocate (attacks.md R4).</summary>
    public static long MostAllocated(long length) => 20 * length + (64L << 20);

    /// <summary>Measures a call that does everything on this thread, as all of the library does over bytes in memory.</summary>
    public static async Task<(T Result, Cost Cost)> OfAsync<T>(Func<ValueTask<T>> call)
    {
        var watch = Stopwatch.StartNew();
        var started = ProcessorTime();
        long before = GC.GetAllocatedBytesForCurrentThread();
        var pending = call();
        Assert.True(pending.IsCompleted, "over bytes in memory nothing is waited for");
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var elapsed = watch.Elapsed;
        // The kernel's figure comes in ticks, and only longer calls need it.
        if (elapsed > MostTime / 10 && started is { } start && ProcessorTime() is { } end && end - start < elapsed)
            elapsed = end - start;
        return (await pending, new Cost(elapsed, allocated));
    }

    /// <summary>Fails if the call that read a file of <paramref name="length"/> bytes took more than it may.</summary>
    public void AssertBounded(long length, string what)
    {
        Assert.True(Time <= MostTime, $"{what}: {Time.TotalMilliseconds:0} ms for {length} bytes");
        Assert.True(Allocated <= MostAllocated(length), $"{what}: {Allocated >> 20} MiB allocated for {length} bytes");
    }

    /// <summary>Time this thread has run so far, in nanoseconds in the first field; null where the kernel does not tell.</summary>
    private static TimeSpan? ProcessorTime()
    {
        const string file = "/proc/thread-self/schedstat";
        if (!File.Exists(file))
            return null;
        string[] fields = File.ReadAllText(file).Split(' ');
        return TimeSpan.FromTicks(long.Parse(fields[0], CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick);
    }
}
