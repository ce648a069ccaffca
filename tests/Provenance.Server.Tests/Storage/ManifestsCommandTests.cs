using Provenance.Server.Resolution;
using Provenance.Server.Storage;
using Xunit;

namespace Provenance.Server.Tests.Storage;

/// <summary>The operator's way to take back what publishers registered.</summary>
public sealed class ManifestsCommandTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private string _settings = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MakeAsync(Engine.Sqlite);
        _settings = Path.ChangeExtension(_database.Connection.File!, "json");
        await File.WriteAllTextAsync(_settings, $$"""{ "storage": { "connection": "{{_database.Setting}}" } }""", Cancellation);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task What_anybody_published_is_withdrawn_for_everybody()
    {
        var node = _database.Node();
        var (kept, _) = await new ApiKeys(node, TimeProvider.System).AddAsync("Somebody", ["publish"], Cancellation);
        var store = new RegisteredManifests(node, TimeProvider.System);
        await store.PublishAsync(ManifestStoreTests.Manifest("urn:c2pa:one", kept.Id, [1], ("alg", [7])), Cancellation);

        Assert.Equal((0, "It is withdrawn. Running servers know it within seconds.\n", ""), await RunAsync("urn:c2pa:one"));
        Assert.Null(await store.GetStoreAsync("urn:c2pa:one", false, Cancellation));
        Assert.Equal(PublishOutcome.Withdrawn, (await store.PublishAsync(ManifestStoreTests.Manifest("urn:c2pa:one", kept.Id, [1]), Cancellation)).Outcome);
        Assert.Equal((0, "It was withdrawn for everybody before. Nothing was changed.\n", ""), await RunAsync("urn:c2pa:one"));

        string longest = new('u', 300);
        Assert.Equal((0, "No store is registered under this ID. From now on nobody can register one.\n", ""), await RunAsync(longest));
        Assert.Equal(PublishOutcome.Withdrawn, (await store.PublishAsync(ManifestStoreTests.Manifest(longest, kept.Id, [1]), Cancellation)).Outcome);
    }

    [Fact]
    public async Task What_cannot_be_done_is_told_in_a_sentence()
    {
        foreach (string id in new[] { "", "a b", "ä", new string('u', 301) })
            Assert.Equal((2, "", "An ID has 1 to 300 visible ASCII characters.\nSee --help.\n"), await RunAsync(id));
        Assert.Equal(2, (await ServerProcess.RunAsync("manifests", "withdraw")).ExitCode);
        await _database.UpgradeAsync();
        await _database.RunAsync("INSERT INTO schema_version (version, applied_at) VALUES (99, 1)");
        var (exitCode, _, error) = await RunAsync("urn:c2pa:one");
        Assert.Equal((1, true), (exitCode, error.StartsWith("The database has version 99, and this server knows versions up to", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Help_tells_what_it_does()
    {
        var (exitCode, output, _) = await ServerProcess.RunAsync("manifests", "withdraw", "--help");
        Assert.Equal(0, exitCode);
        Assert.Contains("keeps everybody from publishing it again", output, StringComparison.Ordinal);
        Assert.Contains("--settings", output, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string id) => ServerProcess.RunAsync("manifests", "withdraw", id, "--settings", _settings);
}
