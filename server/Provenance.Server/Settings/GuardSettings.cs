using Provenance.Server.Guards;

namespace Provenance.Server.Settings;

/// <summary>Who may ask how much.</summary>
internal sealed record GuardSettings : ISettings
{
    private const int MostRequests = 100_000;
    private const int MostSeconds = 3600;

    /// <summary>
    /// The host names under which this server is asked, as in "c2pa.example.org"; addresses and "localhost" need no name. A request for another
    /// name is refused, so that no site can point a name of its own at this machine and read what is here (DNS rebinding).
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>
    /// The proxies before this server, as addresses or ranges ("10.0.0.0/8", "2001:db8::/32"). Only they are believed when they say for whom they
    /// ask (X-Forwarded-For). They have to hand on the Host header.
    /// </summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>The origins of other sites whose pages may ask the API and read the answers, as in "https://example.org". Never with cookies.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>What one address may ask; of IPv6, one network of 64 bits.</summary>
    public RateSettings Address { get; init; } = new();

    /// <summary>What one key may ask, from whatever address.</summary>
    public RateSettings Key { get; init; } = new() { PerSecond = 200, Burst = 2000 };

    /// <summary>Requests to the API that are under way at once; the ones that send slowly count too.</summary>
    public int Concurrency { get; init; } = 1000;

    /// <summary>Requests to the API that wait for that; further ones are refused at once.</summary>
    public int Queue { get; init; } = 100;

    /// <summary>
    /// How many requests, under way or waiting, one address may have (of IPv6, one network of 64 bits), with a key or without; further ones are refused
    /// with 429. All who come through a proxy that <see cref="Proxies"/> does not name are one address.
    /// </summary>
    public int ConcurrencyPerClient { get; init; } = 64;

    /// <summary>What one request to the API may take, in seconds, its body and all. Parts that take files have bounds of their own below that.</summary>
    public int RequestSeconds { get; init; } = 660;

    /// <summary>How long the server goes on as before, but says that it is not ready, when it is told to stop: in seconds, for balancers to notice.</summary>
    public int DrainSeconds { get; init; }

    /// <summary>How long requests under way may take to end then, in seconds.</summary>
    public int StopSeconds { get; init; } = 30;

    public IEnumerable<string> Complaints()
    {
        foreach (string host in Hosts)
        {
            if (!HostNames.IsName(host))
                yield return $"hosts has \"{host}\", which is no host name: give it without scheme and port, as in \"c2pa.example.org\".";
        }
        foreach (string proxy in Proxies)
        {
            var range = AddressRange.TryParse(proxy);
            if (range is null)
                yield return $"proxies has \"{proxy}\", which is no address and no range: give it as in \"10.0.0.0/8\", with zeros after the prefix.";
            else if (range.IsTooWide)
                yield return $"proxies has \"{proxy}\", which is half the world: whoever asks would choose the address by which they are counted.";
        }
        foreach (string origin in Origins)
        {
            if (!CrossOrigin.IsOrigin(origin))
                yield return $"origins has \"{origin}\", which is no origin: give it as browsers do, as in \"https://example.org\", in lower case, without a path.";
        }
        foreach (string complaint in Address.Complaints())
            yield return $"address.{complaint}";
        foreach (string complaint in Key.Complaints())
            yield return $"key.{complaint}";
        if (Concurrency is < 1 or > MostRequests)
            yield return $"concurrency is {Concurrency}; it goes from 1 to {MostRequests}.";
        if (Queue is < 0 or > MostRequests)
            yield return $"queue is {Queue}; it goes from 0 to {MostRequests}.";
        if (ConcurrencyPerClient is < 1 or > MostRequests)
            yield return $"concurrencyPerClient is {ConcurrencyPerClient}; it goes from 1 to {MostRequests}.";
        if (RequestSeconds is < 1 or > MostSeconds)
            yield return $"requestSeconds is {RequestSeconds}; it goes from 1 to {MostSeconds}.";
        if (DrainSeconds is < 0 or > MostSeconds)
            yield return $"drainSeconds is {DrainSeconds}; it goes from 0 to {MostSeconds}.";
        if (StopSeconds is < 1 or > MostSeconds)
            yield return $"stopSeconds is {StopSeconds}; it goes from 1 to {MostSeconds}.";
    }
}
