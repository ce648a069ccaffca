using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Provenance.Load;

/// <summary>Sends one file again and again, and tells how often it was answered, how, and how soon.</summary>
internal static class Load
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1.5), s_healthEvery = TimeSpan.FromMilliseconds(50), s_patience = TimeSpan.FromSeconds(20);

    private static readonly int[] s_statuses = [200, 429, 503];

    /// <summary>So many connections, each of which asks as soon as it was answered: what the server can do at most.</summary>
    public static async Task ClosedAsync(Uri url, string file, int connections, TimeSpan time, int server)
    {
        byte[] request = Connection.Post(url, await File.ReadAllBytesAsync(file).ConfigureAwait(false));
        var times = new ConcurrentBag<double>();
        int others = 0, answers = 0;
        var before = TimeSpan.Zero;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(RunAsync))).ConfigureAwait(false);
        var all = times.ToList();
        Figures.Print(("perSecond", all.Count / time.TotalSeconds), ("p50", Figures.Quantile(all, 0.5)), ("p99", Figures.Quantile(all, 0.99)), ("others", others),
            ("cpuMs", (CpuOf(server) - before).TotalMilliseconds / answers));

        async Task RunAsync()
        {
            using var connection = await Connection.OpenAsync(url).ConfigureAwait(false);
            while (Stopwatch.GetElapsedTime(start) < s_warmUp + time)
            {
                long asked = Stopwatch.GetTimestamp();
                var (status, _) = await connection.AskAsync(request).ConfigureAwait(false);
                if (Stopwatch.GetElapsedTime(start) > s_warmUp && Interlocked.Increment(ref answers) == 1)
                    before = CpuOf(server);
                if (status != 200)
                    Interlocked.Increment(ref others);
                else if (Stopwatch.GetElapsedTime(start) is var now && now > s_warmUp && now < s_warmUp + time)
                    times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
        }
    }

    /// <summary>What a process took of processors so far. Where other programs are at work it says more than the clock: the processor is what the server has least of.</summary>
    private static TimeSpan CpuOf(int process)
    {
        string[] fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ');
        const double ticks = 100;
        return TimeSpan.FromSeconds((long.Parse(fields[12], CultureInfo.InvariantCulture) + long.Parse(fields[13], CultureInfo.InvariantCulture)) / ticks);
    }

    /// <summary>
    /// So many requests a second whatever becomes of them: their times count from when they were due, so that a server that stands still does not
    /// look fast. Meanwhile somebody else asks for the server's health.
    /// </summary>
    public static async Task OpenAsync(Uri url, string file, double rate, TimeSpan time, Uri health)
    {
        byte[] request = Connection.Post(url, await File.ReadAllBytesAsync(file).ConfigureAwait(false));
        var idle = new ConcurrentStack<Connection>();
        var times = new ConcurrentBag<double>();
        var statuses = new ConcurrentDictionary<int, int>();
        var broken = new ConcurrentDictionary<string, int>();
        using var over = new CancellationTokenSource();
        var watching = WatchAsync(health, over.Token);
        var sent = new List<Task>();
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < rate * time.TotalSeconds; i++)
        {
            double due = i / rate * 1000;
            while (watch.Elapsed.TotalMilliseconds < due)
                await Task.Delay(1).ConfigureAwait(false);
            sent.Add(SendAsync(due));
        }
        await Task.WhenAll(sent).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        var (all, healthy) = (times.ToList(), await watching.ConfigureAwait(false));
        foreach (var (what, count) in broken)
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} × {what}")).ConfigureAwait(false);
        Figures.Print(
            ("sent", sent.Count), ("answered", statuses.GetValueOrDefault(200)), ("tooMany", statuses.GetValueOrDefault(429)), ("busy", statuses.GetValueOrDefault(503)),
            ("others", statuses.Where(status => !s_statuses.Contains(status.Key)).Sum(status => status.Value)), ("broken", broken.Values.Sum()),
            ("p50", Figures.Quantile(all, 0.5)), ("p99", Figures.Quantile(all, 0.99)),
            ("healthLooks", healthy.Count), ("healthP50", Figures.Quantile(healthy, 0.5)), ("healthP99", Figures.Quantile(healthy, 0.99)));

        async Task SendAsync(double due)
        {
            Connection? connection = null;
            try
            {
                using var patience = new CancellationTokenSource(s_patience);
                connection = idle.TryPop(out var free) ? free : await Connection.OpenAsync(url, patience.Token).ConfigureAwait(false);
                var (status, isOpen) = await connection.AskAsync(request, patience.Token).ConfigureAwait(false);
                statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                if (status == 200)
                    times.Add(watch.Elapsed.TotalMilliseconds - due);
                if (isOpen)
                {
                    idle.Push(connection);
                    connection = null;
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                broken.AddOrUpdate(e is SocketException fault ? fault.SocketErrorCode.ToString() : "no answer", 1, (_, count) => count + 1);
            }
            finally
            {
                connection?.Dispose();
            }
        }
    }

    /// <summary>How long the health took, in ms, asked at fixed times on a connection of its own.</summary>
    private static async Task<List<double>> WatchAsync(Uri health, CancellationToken over)
    {
        byte[] request = Connection.Get(health);
        using var connection = await Connection.OpenAsync(health, CancellationToken.None).ConfigureAwait(false);
        var times = new List<double>();
        while (!over.IsCancellationRequested)
        {
            long asked = Stopwatch.GetTimestamp();
            var (status, _) = await connection.AskAsync(request, CancellationToken.None).ConfigureAwait(false);
            if (status != 200)
                throw new InvalidOperationException($"The health was {status}.");
            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            await Task.Delay(s_healthEvery, CancellationToken.None).ConfigureAwait(false);
        }
        return times;
    }
}
