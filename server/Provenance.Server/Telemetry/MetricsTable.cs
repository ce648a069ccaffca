using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Provenance.Server.Telemetry;

/// <summary>Adds up what one server counts, for those who come and read it: the text that Prometheus reads, version 0.0.4.</summary>
internal sealed class MetricsTable : IDisposable
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Series of one name. Routes × methods × statuses come to some hundreds; what is beyond is a mistake of ours and left out.</summary>
    public const int MostSeries = 2_000;

    /// <summary>Upper bounds, in seconds: from an answer out of memory to a large film.</summary>
    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly ConcurrentDictionary<Instrument, Family> _families = new();
    private readonly MeterListener _listener = new();

    public MetricsTable(ServerMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == metrics.Meter)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => FamilyOf(instrument).Add(value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => FamilyOf(instrument).Add(value, tags));
        _listener.Start();
    }

    /// <summary>Everything as it is now.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
            family.Write(text);
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private Family FamilyOf(Instrument instrument) => _families.GetOrAdd(instrument, static instrument => new Family(instrument));

    private sealed class Family(Instrument instrument)
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, double[]> _series = [];
        private readonly bool _isHistogram = instrument is Histogram<double>;
        private readonly bool _isSum = instrument is Counter<long> or Counter<double>;

        public string Name => instrument.Name;

        private string Kind => _isHistogram ? "histogram" : _isSum || Name.EndsWith("_total", StringComparison.Ordinal) ? "counter" : "gauge";

        /// <summary>A histogram's numbers are one a bound, one for all, and the sum; others have one.</summary>
        public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string labels = Labels(tags);
            lock (_lock)
            {
                if (!_series.TryGetValue(labels, out double[]? numbers))
                {
                    if (_series.Count == MostSeries)
                        return;
                    _series.Add(labels, numbers = new double[_isHistogram ? Bounds.Length + 2 : 1]);
                }
                if (_isHistogram)
                {
                    for (int i = 0; i < Bounds.Length; i++)
                        numbers[i] += value <= Bounds[i] ? 1 : 0;
                    numbers[^2]++;
                    numbers[^1] += value;
                }
                else
                    numbers[0] = _isSum ? numbers[0] + value : value;
            }
        }

        public void Write(StringBuilder text)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {Escaped(instrument.Description ?? "", quotes: false)}\n# TYPE {Name} {Kind}\n");
            lock (_lock)
            {
                foreach (var (labels, numbers) in _series.OrderBy(series => series.Key, StringComparer.Ordinal))
                {
                    if (_isHistogram)
                        WriteHistogram(text, labels, numbers);
                    else
                        text.Append(CultureInfo.InvariantCulture, $"{Name}{Braced(labels)} {Number(numbers[0])}\n");
                }
            }
        }

        private void WriteHistogram(StringBuilder text, string labels, double[] numbers)
        {
            string before = labels.Length == 0 ? "" : labels + ",";
            for (int i = 0; i < Bounds.Length; i++)
                text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{before}le=\"{Number(Bounds[i])}\"}} {Number(numbers[i])}\n");
            text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{before}le=\"+Inf\"}} {Number(numbers[^2])}\n");
            text.Append(CultureInfo.InvariantCulture, $"{Name}_sum{Braced(labels)} {Number(numbers[^1])}\n");
            text.Append(CultureInfo.InvariantCulture, $"{Name}_count{Braced(labels)} {Number(numbers[^2])}\n");
        }
    }

    private static string Braced(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (name, value) in tags)
            labels.Append(CultureInfo.InvariantCulture, $"{(labels.Length == 0 ? "" : ",")}{name}=\"{Escaped(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", quotes: true)}\"");
        return labels.ToString();
    }

    /// <summary>Values of labels escape quotes too; help does not.</summary>
    private static string Escaped(string text, bool quotes)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? value > 0 ? "+Inf" : "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
