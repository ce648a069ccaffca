using System.Globalization;
using System.Net.Sockets;
using Xunit;

namespace Provenance.Server.Tests;

/// <summary>How much a request may bring: each bound as a pair.</summary>
public sealed class RequestLimitsTests(RunningServer server)
{
    private const string Head = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";

    [Fact]
    public async Task A_request_line_has_four_KiB()
    {
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(ConnectionLimits.RequestLineBytes), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414", await AskAsync(ConnectionLimits.RequestLineBytes + 1), StringComparison.Ordinal);

        Task<string> AskAsync(int bytes)
        {
            string start = "GET /?", end = " HTTP/1.1\r\n";
            return ExchangeAsync($"{start}{new string('q', bytes - start.Length - end.Length)}{end}Host: 127.0.0.1\r\nConnection: close\r\n\r\n");
        }
    }

    [Fact]
    public async Task Headers_have_sixteen_KiB_together()
    {
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(ConnectionLimits.HeaderBytes), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431", await AskAsync(ConnectionLimits.HeaderBytes + 1), StringComparison.Ordinal);

        Task<string> AskAsync(int bytes)
        {
            string others = "Host: 127.0.0.1\r\nConnection: close\r\n", name = "Cookie: ", end = "\r\n";
            return ExchangeAsync($"GET / HTTP/1.1\r\n{others}{name}{new string('c', bytes - others.Length - name.Length - end.Length)}{end}\r\n");
        }
    }

    [Fact]
    public async Task There_are_sixty_four_headers()
    {
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(ConnectionLimits.Headers), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431", await AskAsync(ConnectionLimits.Headers + 1), StringComparison.Ordinal);

        Task<string> AskAsync(int headers) =>
            ExchangeAsync(Head + string.Concat(Enumerable.Range(0, headers - 2).Select(i => $"X-{i}: 1\r\n")) + "\r\n");
    }

    [Fact]
    public async Task A_megabyte_of_headers_is_not_read_to_its_end()
    {
        using var wire = await Wire.ConnectAsync(server.Address);
        var sending = SendAsync();
        Assert.StartsWith("HTTP/1.1 431", await wire.ReadToEndAsync(), StringComparison.Ordinal);
        await sending;

        async Task SendAsync()
        {
            try
            {
                await wire.SendAsync($"{Head}X-Huge: {new string('h', 1024 * 1024)}\r\n\r\n");
            }
            catch (SocketException)
            {
                // The server closed the connection before it took everything.
            }
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")] // no host
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost : a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n")] // TLS
    [InlineData("GET /\r\n\r\n")]
    public async Task What_is_no_request_is_refused_and_the_connection_closed(string bytes) =>
        Assert.StartsWith("HTTP/1.1 400", await ExchangeAsync(bytes), StringComparison.Ordinal);

    [Theory]
    [InlineData("POST", "Content-Length: {0}\r\n\r\n{1}")]
    [InlineData("GET", "Content-Length: {0}\r\n\r\n{1}")]
    [InlineData("POST", "Transfer-Encoding: chunked\r\n\r\n{0:x}\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("POST", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n{0:x}\r\n{1}\r\n0\r\n\r\n")]
    public async Task A_body_does_not_become_a_second_request(string method, string rest)
    {
        const string Hidden = "GET /words.json HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
        string request = $"{method} / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + string.Format(CultureInfo.InvariantCulture, rest, Hidden.Length, Hidden);
        string answer = await ExchangeAsync(request);
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
        Assert.DoesNotContain("application/json", answer, StringComparison.Ordinal);
    }

    private Task<string> ExchangeAsync(string request) => Wire.ExchangeAsync(server.Address, request);
}
