using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Provenance.Server.Tests.Verification;

/// <summary>Bodies: how large, how packed, where kept (attacks J04, J07 and J10).</summary>
[Collection(Alone.Name)]
public sealed class BodyTests(OwnVerifyingServer server) : IClassFixture<OwnVerifyingServer>
{
    private const string Head = "POST /api/v1/verify HTTP/1.1\r\nHost: 127.0.0.1\r\n";

    [Fact]
    public void What_a_server_that_was_killed_left_in_the_spool_is_gone() => Assert.DoesNotContain(server.SpoolFiles, file => file.Contains("left-behind", StringComparison.Ordinal));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 << 10)]
    [InlineData((64 << 10) + 1)]
    [InlineData(300_000)]
    [InlineData(VerifyingServer.MemoryBodyBytes)]
    [InlineData(VerifyingServer.MemoryBodyBytes + 1)]
    [InlineData(VerifyingServer.BodyBytes)]
    public async Task Every_byte_counts_wherever_a_body_is_kept(int bytes)
    {
        byte[] body = new byte[bytes];
        new Random(bytes).NextBytes(body);
        string expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body));
        foreach (bool isChunked in (bool[])[false, true])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/verify?digest=true") { Content = new ByteArrayContent(body) };
            request.Headers.TransferEncodingChunked = isChunked;
            using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(expected, (string?)JObject.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))["sha256"]);
        }
        await IsEmptyAsync();
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(900_000)]
    [InlineData(3_000_000)]
    public async Task A_signed_picture_is_intact_wherever_it_is_kept(int bytes)
    {
        byte[] picture = SignedPictures.OfAbout(bytes);
        using (var answer = await server.SendAsync(picture))
            Assert.Equal("Valid", (string?)JObject.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))["validationState"]);
        picture[^100] ^= 1;
        using (var answer = await server.SendAsync(picture))
            Assert.Equal("Invalid", (string?)JObject.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))["validationState"]);
    }

    [Fact]
    public async Task One_byte_over_the_bound_is_refused_before_it_is_read()
    {
        string answer = await Wire.ExchangeAsync(server.Address, $"{Head}Content-Length: {VerifyingServer.BodyBytes + 1}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"/api#too-large\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_for_leave_to_send_too_much_is_not_given_it()
    {
        string answer = await Wire.ExchangeAsync(server.Address, $"{Head}Expect: 100-continue\r\nContent-Length: {VerifyingServer.BodyBytes + 1}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_for_leave_to_send_is_given_it()
    {
        using var wire = await Wire.ConnectAsync(server.Address);
        await wire.SendAsync($"{Head}Connection: close\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await wire.ReadAsync());
        await wire.SendAsync("abc");
        Assert.StartsWith("HTTP/1.1 200", await wire.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off_at_the_bound()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes($"{Head}Transfer-Encoding: chunked\r\n\r\n"), TestContext.Current.CancellationToken);
        byte[] chunk = [.. "10000\r\n"u8, .. new byte[0x10000], .. "\r\n"u8];
        long sent = 0;
        var sending = Task.Run(async () =>
        {
            try
            {
                for (; sent < 20L * VerifyingServer.BodyBytes; sent += 0x10000)
                    await socket.SendAsync(chunk);
            }
            catch (SocketException)
            {
                // Cut off.
            }
        }, TestContext.Current.CancellationToken);
        byte[] answer = new byte[100];
        int read = await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 413", Encoding.Latin1.GetString(answer, 0, read), StringComparison.Ordinal);
        await sending;
        Assert.InRange(sent, VerifyingServer.BodyBytes - 0x10000, 2L * VerifyingServer.BodyBytes);
        await IsEmptyAsync();
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\nabc")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")]
    public async Task A_body_that_ends_too_early_has_no_report(string rest)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes(Head + rest), TestContext.Current.CancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        byte[] answer = new byte[1000];
        int read = 0;
        try
        {
            read = await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken);
        }
        catch (SocketException)
        {
            // Reset, which is an answer too.
        }
        Assert.DoesNotContain("HTTP/1.1 200", Encoding.Latin1.GetString(answer, 0, read), StringComparison.Ordinal);
        await IsEmptyAsync();
    }

    [Fact]
    public async Task A_body_of_which_nothing_comes_is_not_waited_for()
    {
        using var wire = await Wire.ConnectAsync(server.Address);
        await wire.SendAsync($"{Head}Content-Length: 100000\r\n\r\nabc");
        string answer = await wire.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"/api#too-slow\"", answer, StringComparison.Ordinal);
        await IsEmptyAsync();
    }

    [Theory]
    [InlineData("/api/v1/verify", "gzip")]
    [InlineData("/api/v1/verify", "br")]
    [InlineData("/api/v1/verify", "identity, gzip")]
    [InlineData("/api/v1/labels", "gzip")]
    [InlineData("/api/v1/verify-url", "deflate")]
    public async Task A_packed_body_is_refused(string address, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent([1, 2, 3]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        await FormTests.IsProblemAsync(answer, "unsupported-media-type");
    }

    [Fact]
    public async Task A_client_that_goes_leaves_nothing_behind()
    {
        byte[] head = Encoding.Latin1.GetBytes($"{Head}Content-Length: {VerifyingServer.BodyBytes}\r\n\r\n");
        // The best of some: other tests are at work on this machine.
        long best = long.MaxValue;
        for (int i = 0; i < 5 && best > 250; i++)
            best = Math.Min(best, await GoAsync(head));
        Assert.InRange(best, 0, 250);
    }

    private async Task<long> GoAsync(byte[] head)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(head, TestContext.Current.CancellationToken);
        await socket.SendAsync(new byte[4 << 20], TestContext.Current.CancellationToken);
        await UntilAsync(() => server.SpoolFiles.Count == 1, TimeSpan.FromSeconds(10));
        socket.Close();
        var gone = Stopwatch.StartNew();
        await UntilAsync(() => server.SpoolFiles.Count == 0, TimeSpan.FromSeconds(10));
        return gone.ElapsedMilliseconds;
    }

    private Task IsEmptyAsync() => UntilAsync(() => server.SpoolFiles.Count == 0, TimeSpan.FromSeconds(10));

    internal static async Task UntilAsync(Func<bool> isSo, TimeSpan patience)
    {
        for (var watch = Stopwatch.StartNew(); !isSo(); await Task.Delay(5, TestContext.Current.CancellationToken))
            Assert.True(watch.Elapsed < patience, "It did not come to that.");
    }
}
