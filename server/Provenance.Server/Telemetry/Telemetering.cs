using Provenance.Server.Guards;
using Provenance.Server.Settings;

namespace Provenance.Server.Telemetry;

/// <summary>Health, the log, metrics and traces.</summary>
internal static class Telemetering
{
    public static void AddTelemetry(this IServiceCollection services, TelemetrySettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<Health>();
        services.AddSingleton<TelemetryListener>();
        services.AddHostedService(provider => provider.GetRequiredService<TelemetryListener>());
        services.AddHostedService<OtlpExport>();
        services.AddHostedService<GracefulStop>();
    }

    /// <summary>Comes before everything else.</summary>
    public static void UseTelemetry(this WebApplication server)
    {
        server.UseMiddleware<ForwardedClient>();
        server.UseMiddleware<RequestRecord>();
    }

    /// <summary>Comes before every guard.</summary>
    public static void UseHealth(this WebApplication server)
    {
        var health = server.Services.GetRequiredService<Health>();
        server.Use((context, next) => health.Answer(context) ?? next(context));
    }

    /// <summary>Comes after routing: remembers what it found, which a fault takes away.</summary>
    public static void UseRouteRecord(this WebApplication server) => server.Use((context, next) =>
    {
        RequestFacts.Of(context).Route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        return next(context);
    });
}
