using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Tests.Guards;
using Provenance.Server.Verification.Bodies;
using Xunit;

namespace Provenance.Server.Tests.Verification;

/// <summary>How much of the room for files one client takes.</summary>
public sealed class SharesTests : IAsyncLifetime
{
    private const string One = "192.0.2.1", Other = "192.0.2.2";

    /// <summary>Enough to be waited for, for half a minute, at the least rate of files.</summary>
    private const int Begun = 1 << 20;

    private const int Small = SlabPool.Smallest;

    private readonly string _folder = Directory.CreateTempSubdirectory("provenance-spool-test-").FullName;
    private GuardedServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await GuardedServer.StartAsync(new ServerSettings
    {
        Guards = new() { Proxies = ["127.0.0.1"], Address = new() { PerSecond = 1000, Burst = 1000 } },
        Verification = new() { BodiesPerClient = 2, SpoolFolder = _folder },
    });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_client_sends_so_many_large_files_at_once_and_others_send_theirs()
    {
        using (var first = await BeginAsync(One, new string('a', Begun)))
        using (var second = await BeginAsync(One, new string('a', Begun)))
        {
            await UntilHeldAsync(2);
            using (var refused = await SendAsync(One, Small + 1))
            {
                await GuardedServer.AssertProblemAsync(Problems.TooMany, refused);
                Assert.NotNull(refused.Headers.RetryAfter);
            }
            await IsAnsweredAsync(One, Small);
            await IsAnsweredAsync(Other, Small + 1);
        }
        await UntilHeldAsync(0);
        await IsAnsweredAsync(One, Small + 1);
    }

    [Fact]
    public async Task A_form_counts_until_its_last_part_is_here()
    {
        string form = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n" + new string('a', Begun) + "\r\n--b\r\nContent-Disposition: form-data; name=\"manifest\"\r\n\r\n" + new string('b', 1000);
        using (var first = await BeginAsync(One, form, "Content-Type: multipart/form-data; boundary=b\r\n"))
        using (var second = await BeginAsync(One, form, "Content-Type: multipart/form-data; boundary=b\r\n"))
        {
            await UntilHeldAsync(2);
            await Task.Delay(500, TestContext.Current.CancellationToken); // the first part is over
            using var refused = await SendAsync(One, Small + 1);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            await IsAnsweredAsync(Other, Small + 1);
        }
        await UntilHeldAsync(0);
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    public async Task What_is_not_offered_takes_in_no_file(int bytes)
    {
        const string Next = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
        using var wire = await Wire.ConnectAsync(_server.Address);
        var clock = Stopwatch.StartNew();
        await wire.SendAsync($"POST /v1/matches/byContent HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {bytes}\r\n\r\n");
        string answer = await wire.ReadAsync();
        Assert.StartsWith("HTTP/1.1 501", answer, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        if (bytes == 1 << 20)
            await wire.SendAsync(new string('a', bytes) + Next);
        // As much as behind every refusal is thrown away, and the connection stays; more is not, and it ends at once.
        Assert.Equal(bytes == 1 << 20, (await wire.ReadToEndAsync()).Contains("HTTP/1.1 200", StringComparison.Ordinal));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    private static string Head(string client, long length, string more = "") =>
        $"POST /api/v1/verify HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX-Forwarded-For: {client}\r\n{more}Content-Length: {length}\r\n\r\n";

    private async Task<Wire> BeginAsync(string client, string body, string more = "")
    {
        var wire = await Wire.ConnectAsync(_server.Address);
        await wire.SendAsync(Head(client, 16 << 20, more) + body);
        return wire;
    }

    private async Task<HttpResponseMessage> SendAsync(string client, int bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/verify") { Content = new ByteArrayContent(new byte[bytes]) };
        request.Headers.Add("X-Forwarded-For", client);
        return await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task IsAnsweredAsync(string client, int bytes)
    {
        using var answer = await SendAsync(client, bytes);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Waits until so many places are held, all of them one client's.</summary>
    private Task UntilHeldAsync(int places) => BodyTests.UntilAsync(
        () => _server.App.Services.GetRequiredService<BodyRoom>().Senders.Held(ClientNetwork.Of(IPAddress.Parse(One))) == places, TimeSpan.FromSeconds(20));
}
