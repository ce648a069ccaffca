using System.Net;
using Provenance.Server.Guards;
using Provenance.Server.Settings;

namespace Provenance.Server.Telemetry;

/// <summary>Tells metrics, and health again, on a port of its own: so what is open to the world and what is not is told apart by whoever sets up the network.</summary>
internal sealed class TelemetryListener(TelemetrySettings settings, HostNames names, ServerMetrics metrics, Health health) : IHostedService, IAsyncDisposable
{
    private const int Connections = 50;

    private WebApplication? _listener;
    private MetricsTable? _table;

    /// <summary>Where it listens, once it does.</summary>
    public string? Url => _listener?.Urls.Single();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Port is not { } port)
            return;
        _table = new MetricsTable(metrics);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            ConnectionLimits.Set(server);
            server.Limits.MaxConcurrentConnections = Connections;
            server.Listen(IPAddress.Parse(settings.Address), port);
        });
        _listener = builder.Build();
        _listener.Run(AnswerAsync);
        try
        {
            await _listener.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new SettingsException($"Metrics cannot be told there: {e.Message.TrimEnd('.')}. Choose another telemetry.port.");
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_listener is not null)
            await _listener.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
            await _listener.DisposeAsync();
        _table?.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (health.Answer(context) is { } answer)
            return answer;
        response.StatusCode =
            !names.Has(context.Request.Host) ? StatusCodes.Status421MisdirectedRequest
            : context.Request.Path.Value != "/metrics" ? StatusCodes.Status404NotFound
            : context.Request.Method != HttpMethods.Get ? StatusCodes.Status405MethodNotAllowed
            : StatusCodes.Status200OK;
        if (response.StatusCode == StatusCodes.Status405MethodNotAllowed)
            response.Headers.Allow = HttpMethods.Get;
        if (response.StatusCode != StatusCodes.Status200OK)
            return Task.CompletedTask;
        response.ContentType = MetricsTable.MediaType;
        return response.WriteAsync(_table!.Write(), context.RequestAborted);
    }
}
