using Microsoft.AspNetCore.Http.Timeouts;
using Provenance.Server.Settings;

namespace Provenance.Server.Guards;

/// <summary>The guards, in the order in which a request meets them.</summary>
internal static class Guarding
{
    /// <summary>What took too long will hardly be faster at once.</summary>
    private const string RetryAfterSeconds = "60";

    public static void AddGuards(this IServiceCollection services, GuardSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(new HostNames(settings.Hosts));
        services.AddSingleton<IReadOnlyList<AddressRange>>(settings.Proxies.Select(proxy => AddressRange.TryParse(proxy)!).ToList());
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = TimeSpan.FromSeconds(settings.RequestSeconds),
            TimeoutStatusCode = Problems.TimeOver.Status,
            WriteTimeoutResponse = context =>
            {
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Problems.TimeOver.WriteAsync(context);
            },
        });
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(settings.DrainSeconds + settings.StopSeconds));
    }

    /// <summary>What is asked of a request before it is known what it asks for.</summary>
    public static void UseRequestGuards(this WebApplication server)
    {
        server.UseMiddleware<HostGuard>();
        server.UseMiddleware<CrossOrigin>();
        server.UseMiddleware<RequestRules>();
    }

    /// <summary>What is asked when it is known: keys, rates, time, room.</summary>
    public static void UseEndpointGuards(this WebApplication server)
    {
        server.UseMiddleware<RateGuard>();
        // Not the page: somebody may read it over a bad telephone line.
        server.UseWhen(context => ApiAnswers.IsApi(context.Request.Path), api => api.UseRequestTimeouts());
        server.UseMiddleware<ConcurrencyGuard>();
    }
}
