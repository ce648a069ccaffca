using System.Globalization;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;

namespace Provenance.Server.Guards;

/// <summary>Who asks with a key is counted by it, everybody else by address. A key that is none of ours is refused wherever it is shown.</summary>
internal sealed class RateGuard(RequestDelegate next, GuardSettings settings, TimeProvider clock, IApiKeys keys, ServerMetrics metrics)
{
    private const string Scheme = "Bearer ";

    /// <summary>Ours have some 50 characters. Nothing longer is hashed.</summary>
    private const int LongestKey = 256;

    private static readonly RateSettings WrongKeyRate = new() { PerSecond = 1, Burst = 10 };

    private readonly TokenBuckets _addresses = new(settings.Address, clock);
    private readonly TokenBuckets _keys = new(settings.Key, clock);

    /// <summary>Wrong keys and missing ones of an address: what stands between a stranger and as many look-ups as the network carries.</summary>
    private readonly TokenBuckets _wrongKeys = new(WrongKeyRate, clock);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!ApiAnswers.IsApi(context.Request.Path))
        {
            await next(context);
            return;
        }

        var metadata = context.GetEndpoint()?.Metadata;
        int cost = metadata?.GetMetadata<RequestCostAttribute>()?.Tokens ?? 1;
        int client = ClientNetwork.Of(context.Connection.RemoteIpAddress).KeyedHash();
        var need = metadata?.GetMetadata<NeedsKeyAttribute>();
        if (need is null && context.Request.Headers.Authorization.Count == 0)
        {
            await GoOnAsync(context, _addresses.Take(client, cost), "rate-address");
            return;
        }

        if (_wrongKeys.WaitFor(client, 1) is { Ticks: > 0 } wait)
        {
            await RefuseAsync(context, wait, "rate-wrong-keys");
            return;
        }
        var key = Presented(context.Request) is { } presented ? await keys.FindAsync(presented, context.RequestAborted) : null;
        if (key is null)
        {
            _wrongKeys.Take(client, 1);
            metrics.CountRejected("key");
            context.Response.Headers.WWWAuthenticate = Scheme.TrimEnd();
            await Problems.KeyNeeded.WriteAsync(context);
            return;
        }
        if (need?.Scope is { } scope && !key.May(scope))
        {
            metrics.CountRejected("scope");
            await Problems.Forbidden.WriteAsync(context);
            return;
        }
        context.Features.Set(key);
        await GoOnAsync(context, _keys.Take(string.GetHashCode(key.Id), cost), "rate-key");
    }

    private static string? Presented(HttpRequest request)
    {
        var values = request.Headers.Authorization;
        if (values.Count != 1 || values[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        string key = value[Scheme.Length..].Trim();
        return key.Length is > 0 and <= LongestKey ? key : null;
    }

    private Task GoOnAsync(HttpContext context, TimeSpan wait, string reason) => wait == TimeSpan.Zero ? next(context) : RefuseAsync(context, wait, reason);

    private Task RefuseAsync(HttpContext context, TimeSpan wait, string reason)
    {
        metrics.CountRejected(reason);
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        return Problems.TooMany.WriteAsync(context);
    }
}
