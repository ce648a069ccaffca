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

    /// <summary>Wrong keys and missing ones of an address.</summary>
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
            if (!await IsRefusedAsync(context, _addresses.Take(client, cost), "rate-address"))
                await next(context);
            return;
        }

        // Keys are in memory and cannot be guessed: a right one is looked up whatever strangers behind the same address do.
        var key = Presented(context.Request) is { } presented ? await keys.FindAsync(presented, context.RequestAborted) : null;
        if (await IsRefusedAsync(context, key is null ? _wrongKeys.Take(client, 1) : _keys.Take(string.GetHashCode(key.Id), cost), key is null ? "rate-wrong-keys" : "rate-key"))
            return;
        if (key is null)
        {
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
        await next(context);
    }

    private static string? Presented(HttpRequest request)
    {
        var values = request.Headers.Authorization;
        if (values.Count != 1 || values[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        string key = value[Scheme.Length..].Trim();
        return key.Length is > 0 and <= LongestKey ? key : null;
    }

    /// <summary>Refuses who has to wait.</summary>
    private async ValueTask<bool> IsRefusedAsync(HttpContext context, TimeSpan wait, string reason)
    {
        if (wait == TimeSpan.Zero)
            return false;
        metrics.CountRejected(reason);
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        await Problems.TooMany.WriteAsync(context);
        return true;
    }
}
