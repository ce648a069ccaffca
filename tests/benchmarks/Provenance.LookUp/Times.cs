using System.Diagnostics;

namespace Provenance.LookUp;

/// <summary>Milliseconds: of half of all cases no more than the first, of 99 in 100 no more than the second.</summary>
internal sealed record Times(double P50, double P99)
{
    public static Times Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return new(sorted[(sorted.Count - 1) / 2], sorted[(int)Math.Ceiling(0.99 * sorted.Count) - 1]);
    }
}

/// <summary>How long something took each time: on the processor, and by the clock, which on a busy machine counts other programs too.</summary>
internal sealed class Stopwatches
{
    private readonly List<double> _processor = [];
    private readonly List<double> _clock = [];

    public Times Processor => Times.Of(_processor);

    public Times Clock => Times.Of(_clock);

    /// <summary>Runs something some times, with the number of the time. What comes before the first is not measured.</summary>
    public static Stopwatches Run(int times, int warmUp, Action<int> action)
    {
        for (int i = 0; i < warmUp; i++)
            action(i % times);
        var watches = new Stopwatches();
        for (int i = 0; i < times; i++)
            watches.Measure(() => action(i));
        return watches;
    }

    /// <summary>One time; gives milliseconds on the processor.</summary>
    public double Measure(Action action)
    {
        long clock = Stopwatch.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        action();
        _processor.Add((Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
        _clock.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        return _processor[^1];
    }

    public object ToJson() => new { processor = Processor, clock = Clock };
}
