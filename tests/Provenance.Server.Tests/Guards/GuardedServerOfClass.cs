using Provenance.Server.Settings;
using Xunit;

namespace Provenance.Server.Tests.Guards;

/// <summary>One server for all tests of a class that only ask; it lets them ask as much as they like.</summary>
public sealed class GuardedServerOfClass : IAsyncLifetime
{
    /// <summary>An origin that may ask.</summary>
    public const string Origin = "https://example.org";

    public const string ExtensionOrigin = "chrome-extension://abcdefghijklmnop";

    public const string Host = "c2pa.example.org";

    internal GuardedServer Plain { get; private set; } = null!;

    /// <summary>One that knows other sites and a name of its own.</summary>
    internal GuardedServer Named { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var generous = new GuardSettings { Address = new() { PerSecond = 100_000, Burst = 100_000 } };
        Plain = await GuardedServer.StartAsync(generous, Faulty.Map);
        Named = await GuardedServer.StartAsync(generous with { Origins = [Origin, ExtensionOrigin], Hosts = [Host] }, Faulty.Map);
    }

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync();
        await Named.DisposeAsync();
    }
}
