using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Provenance.Server.Telemetry;

/// <summary>What the server counts. The values of tags come from lists of ours, never from a request, so that nobody can make series without end.</summary>
internal sealed class ServerMetrics : IDisposable
{
    public const string MeterName = "Provenance.Server";

    private readonly Histogram<double> _durations;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _cache;

    public ServerMetrics()
    {
        _durations = Meter.CreateHistogram<double>("provenance_request_duration_seconds", "s", "How long requests took, by method, address and status.");
        _rejected = Meter.CreateCounter<long>("provenance_rejected_total", null, "Requests that a guard refused, by reason.");
        _verdicts = Meter.CreateCounter<long>("provenance_verdicts_total", null, "Verdicts, by label.");
        _cache = Meter.CreateCounter<long>("provenance_cache_total", null, "Questions to the cache of verdicts, by whether it had the answer.");
        WatchProcess();
    }

    /// <summary>The meter of this server; a process may hold several.</summary>
    public Meter Meter { get; } = new(MeterName);

    public void CountRequest(string method, string route, int status, TimeSpan duration) =>
        _durations.Record(duration.TotalSeconds, new("method", method), new("route", route), new("status", status));

    /// <param name="reason">One of a few words of ours.</param>
    public void CountRejected(string reason) => _rejected.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <param name="label">The state of the label, as the report names it.</param>
    public void CountVerdict(string label) => _verdicts.Add(1, new KeyValuePair<string, object?>("label", label));

    public void CountCache(bool hit) => _cache.Add(1, new KeyValuePair<string, object?>("answered", hit ? "yes" : "no"));

    /// <summary>A number that is looked at when somebody asks: a length, a size, an age.</summary>
    /// <param name="name">As Prometheus wants it, with its unit: "provenance_trust_list_age_seconds".</param>
    /// <param name="help">A sentence.</param>
    /// <param name="value">Called at any time, on any thread; answers from memory.</param>
    public void Watch(string name, string help, Func<double> value) => Meter.CreateObservableGauge(name, value, null, help);

    /// <summary>The same, for a number each of several things.</summary>
    public void Watch(string name, string help, Func<IEnumerable<Measurement<double>>> values) => Meter.CreateObservableGauge(name, values, null, help);

    public void Dispose() => Meter.Dispose();

    private void WatchProcess()
    {
        double started = 0;
        using (var process = Process.GetCurrentProcess())
            started = new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
        Watch("process_start_time_seconds", "When the process was started, in seconds since 1970.", () => started);
        Watch("process_resident_memory_bytes", "Memory of the machine that the process holds.", () => Environment.WorkingSet);
        Watch("process_threads", "Threads that work for requests.", () => ThreadPool.ThreadCount);
        Watch("dotnet_heap_bytes", "Memory of objects after the last collection.", () => GC.GetGCMemoryInfo().HeapSizeBytes);
        Watch("dotnet_work_queue_length", "Pieces of work that wait for a thread.", () => ThreadPool.PendingWorkItemCount);
        Meter.CreateObservableCounter("process_cpu_seconds_total", () => Environment.CpuUsage.TotalTime.TotalSeconds, null, "Time of processors that the process has used.");
        Meter.CreateObservableCounter("dotnet_allocated_bytes_total", () => GC.GetTotalAllocatedBytes(), null, "Memory that was ever taken for objects.");
    }
}
