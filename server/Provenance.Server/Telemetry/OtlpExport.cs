using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Provenance.Server.Settings;

namespace Provenance.Server.Telemetry;

/// <summary>
/// Sends metrics and traces to the collector that the settings name, if they name one: OTLP over HTTP. The providers are built by hand, as the
/// package that ties them to hosts cannot be had; a key for the collector comes from OTEL_EXPORTER_OTLP_HEADERS, as everywhere.
/// </summary>
internal sealed class OtlpExport(TelemetrySettings settings) : IHostedService, IDisposable
{
    private const int IntervalMilliseconds = 15_000;
    private const int PatienceMilliseconds = 5_000;
    private const int FarewellMilliseconds = 2_000;

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Otlp is not { } collector)
            return Task.CompletedTask;
        string address = collector.TrimEnd('/');
        _metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(Describe)
            .AddMeter(ServerMetrics.MeterName)
            .AddOtlpExporter((exporter, reader) =>
            {
                Send(exporter, $"{address}/v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = IntervalMilliseconds;
            })
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(Describe)
            .AddSource(Traces.SourceName)
            .AddOtlpExporter(exporter => Send(exporter, $"{address}/v1/traces"))
            .Build();
        return Task.CompletedTask;

        static void Describe(ResourceBuilder resource) => resource.AddService("provenance-server", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3));
    }

    /// <summary>What was not sent yet is sent now, if the collector takes it.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        _traces?.Shutdown(FarewellMilliseconds);
        _metrics?.Shutdown(FarewellMilliseconds);
    }, CancellationToken.None);

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private static void Send(OtlpExporterOptions exporter, string address)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(address);
        exporter.TimeoutMilliseconds = PatienceMilliseconds;
    }
}
