using System.Diagnostics.Metrics;

namespace Provenance.Server.Telemetry;

/// <summary>What the server counts. The values of tags come from lists of ours, never from a request, so that nobody can make series without end.</summary>
internal sealed class ServerMetrics : IDisposable
{
    public const string MeterName = "Provenance.Server";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _cache;

    public ServerMetrics()
    {
        _durations = _meter.CreateHistogram<double>("provenance_request_duration_seconds", "s", "How long requests took, by what was asked and how it was answered.");
        _rejected = _meter.CreateCounter<long>("provenance_rejected_total", null, "Requests that a guard refused, by reason.");
        _verdicts = _meter.CreateCounter<long>("provenance_verdicts_total", null, "Verdicts, by label.");
        _cache = _meter.CreateCounter<long>("provenance_cache_total", null, "Questions to the cache of verdicts, by whether they were answered.");
    }

    /// <summary>The meter, for listeners that take one server's and not another's of the same process.</summary>
    public Meter Meter => _meter;

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
    /// <param name="value">Called at any time, on any thread.</param>
    public void Watch(string name, string help, Func<double> value) => _meter.CreateObservableGauge(name, value, null, help);

    public void Dispose() => _meter.Dispose();
}
