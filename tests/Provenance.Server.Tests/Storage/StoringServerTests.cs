using Xunit;

namespace Provenance.Server.Tests.Storage;

/// <summary>Tests that each have a server of their own, over an empty SQLite database.</summary>
public abstract class StoringServerTests : IAsyncLifetime
{
    private protected TestDatabase Database { get; private set; } = null!;

    private protected StoringServer Server { get; private set; } = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.MakeAsync(Engine.Sqlite);
        Server = await StoringServer.StartAsync(Database);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
