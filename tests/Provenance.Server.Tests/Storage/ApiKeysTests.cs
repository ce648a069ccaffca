using Provenance.Server.Storage;
using Xunit;

namespace Provenance.Server.Tests.Storage;

/// <summary>Keys are found by themselves alone, and nothing that is kept is one.</summary>
public sealed class ApiKeysTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBoth]
    public async Task A_key_is_found_until_it_is_revoked(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var clock = new Hands();
        var keys = new ApiKeys(database.Node(), clock);
        var operators = new ApiKeys(database.Node(), TimeProvider.System);
        var (kept, key) = await operators.AddAsync("Somebody", ["publish"], Cancellation);

        var found = await keys.FindAsync(key, Cancellation);
        Assert.Equal((kept.Id, "Somebody", true, false), (found!.Id, found.Name, found.May("publish"), found.May("other")));

        Assert.True(await operators.RevokeAsync(kept.Id, Cancellation));
        clock.Now += ApiKeys.Fresh - TimeSpan.FromMilliseconds(1);
        Assert.NotNull(await keys.FindAsync(key, Cancellation));
        clock.Now += TimeSpan.FromMilliseconds(1);
        Assert.Null(await keys.FindAsync(key, Cancellation));
        Assert.False(await operators.RevokeAsync("nobody", Cancellation));
    }

    [Fact]
    public async Task Nothing_but_the_key_itself_is_it()
    {
        await using var database = await TestDatabase.MakeAsync(Engine.Sqlite);
        var keys = new ApiKeys(database.Node(), TimeProvider.System);
        var (_, key) = await keys.AddAsync("Somebody", [], Cancellation);
        var (_, other) = await keys.AddAsync("Somebody else", [], Cancellation);
        Assert.NotNull(await keys.FindAsync(key, Cancellation));
        string[] wrong = ["", key[..^1], key + "A", key.ToUpperInvariant(), " " + key[1..], key[..^1] + (key[^1] == 'A' ? 'B' : 'A'), key[..24] + other[24..], new('x', key.Length), key[..^1] + 'é'];
        foreach (string presented in wrong)
            Assert.Null(await keys.FindAsync(presented, Cancellation));
    }

    [Fact]
    public async Task A_key_has_256_random_bits_and_is_not_kept()
    {
        await using var database = await TestDatabase.MakeAsync(Engine.Sqlite);
        var keys = new ApiKeys(database.Node(), TimeProvider.System);
        var (kept, key) = await keys.AddAsync("Somebody", [], Cancellation);
        Assert.Matches($"^provenance_{kept.Id}_[A-Za-z0-9_-]{{43}}$", key);
        string secret = key[24..];
        var row = Assert.Single(await database.AskAsync("SELECT * FROM api_keys"));
        Assert.DoesNotContain(secret, row, StringComparison.Ordinal);
        var file = await File.ReadAllBytesAsync(database.Connection.File!, Cancellation);
        Assert.Equal(-1, file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(secret)));
    }

    private sealed class Hands : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
