using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json.Linq;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Tests.Guards;
using Provenance.Server.Verification;
using Provenance.Server.Verification.Bodies;
using Provenance.Tests.Fetching;
using Xunit;

namespace Provenance.Server.Tests.Verification.Urls;

/// <summary>What fetched files take of the room that sent ones have.</summary>
public sealed class UrlRoomTests : IAsyncLifetime
{
    private const string One = "192.0.2.1", Other = "192.0.2.2";

    private readonly TestWeb _web = new();
    private readonly TaskCompletionSource _free = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("provenance-spool-test-").FullName;

    /// <summary>Larger than what stays in memory.</summary>
    private readonly byte[] _picture = SignedPictures.OfAbout(300_000);

    private GuardedServer _server = null!;
    private int _asked;

    public async ValueTask InitializeAsync()
    {
        _web.Gives("/x", _picture).On("/slow", async (stream, cancellation) =>
        {
            Interlocked.Increment(ref _asked);
            await _free.Task.WaitAsync(cancellation);
            await TestWeb.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {_picture.Length}\r\n\r\n", _picture, cancellation);
        });
        var settings = new ServerSettings
        {
            Guards = new() { Proxies = ["127.0.0.1"], Address = new() { PerSecond = 1000, Burst = 1000 } },
            Verification = new() { FetchesUrls = true, UrlsAtATime = 3, AtATime = 1, Queue = 1, MemoryBodyBytes = 64 << 10, SpoolFolder = _folder },
        };
        _server = await GuardedServer.StartAsync(settings, replace: services => services.AddSingleton(_web.Network));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _web.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task One_client_has_two_URLs_fetched_at_a_time_and_others_have_theirs()
    {
        var waiting = new[] { AskAsync(One, "slow"), AskAsync(One, "slow") };
        await BodyTests.UntilAsync(() => Volatile.Read(ref _asked) == 2, TimeSpan.FromSeconds(20));
        using (var refused = await AskAsync(One, "x"))
        {
            await GuardedServer.AssertProblemAsync(Problems.TooMany, refused);
            Assert.NotNull(refused.Headers.RetryAfter);
        }
        using (var answered = await AskAsync(Other, "x"))
            Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        _free.SetResult();
        foreach (var answer in await Task.WhenAll(waiting))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            answer.Dispose();
        }
        using (var answered = await AskAsync(One, "x"))
            Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Fact]
    public async Task What_was_fetched_is_checked_where_files_are_that_were_sent_and_waits_in_the_spool()
    {
        var room = _server.App.Services.GetRequiredService<BodyRoom>();
        var work = _server.App.Services.GetRequiredService<WorkPlaces>();
        using var end = new CancellationTokenSource();
        var working = work.RunAsync(WaitAsync, end.Token);
        // One place, and it is taken: what comes waits, counted as every body is.
        var waiting = AskAsync(One, "x");
        await BodyTests.UntilAsync(() => work.IsFull, TimeSpan.FromSeconds(20));
        Assert.Equal((1, _picture.Length), (Directory.GetFiles(_folder).Length, room.Spool.Bytes));
        using (var refused = await AskAsync(One, "x"))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.False(waiting.IsCompleted);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        using var answer = await waiting;
        Assert.Equal("Valid", (string?)JObject.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))["validationState"]);
        Assert.Equal((0, 0), (Directory.GetFiles(_folder).Length, room.Spool.Bytes));
    }

    private static async ValueTask<int> WaitAsync(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        return 0;
    }

    private async Task<HttpResponseMessage> AskAsync(string client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/verify-url") { Content = new StringContent($$"""{"url":"https://a.example/{{path}}"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Forwarded-For", client);
        return await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
