using Xunit;

namespace Provenance.Server.Tests.Guards;

/// <summary>J16: bytes that a proxy before us may read as other requests than we do. Each gets one answer and loses the connection.</summary>
public sealed class SmugglingTests(GuardedServerOfClass servers) : IClassFixture<GuardedServerOfClass>
{
    private const string Hidden = "GET /api/test/read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private readonly GuardedServer _server = servers.Plain;

    [Theory]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 0\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("Content-Length: 0\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("Content-Length: 0, 0\r\n\r\n")]
    [InlineData("Content-Length: 0x0\r\n\r\n")]
    [InlineData("Content-Length : 0\r\n\r\n")]
    [InlineData("Content-Length:\r\n 0\r\n\r\n")] // folded
    [InlineData("X: a\r\n\tb\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: identity\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 0\n\r\n")] // bare line feeds
    [InlineData("X: a\nContent-Length: 0\r\n\r\n")]
    [InlineData("X: a\rb\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("X: a\0b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("X\0: a\r\nContent-Length: 0\r\n\r\n")]
    [InlineData(": a\r\nContent-Length: 0\r\n\r\n")]
    public async Task J16_a_request_that_can_be_read_in_two_ways_is_refused_and_nothing_after_it_is_read(string rest)
    {
        string answer = await _server.ExchangeAsync($"POST /api/test/dear HTTP/1.1\r\nHost: localhost\r\n{rest}{Hidden}");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0x2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("+2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("-2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2\n{}\r\n0\r\n\r\n")]
    [InlineData("2;a\nb\r\n{}\r\n0\r\n\r\n")] // a line feed in a chunk's extension
    [InlineData("2\r\n{} \r\n0\r\n\r\n")]
    [InlineData("fffffffffffffffff\r\n{}\r\n0\r\n\r\n")]
    public async Task J16_chunks_that_can_be_read_in_two_ways_are_refused_and_nothing_after_them_is_read(string chunks)
    {
        const string Head = "HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        string read = await _server.ExchangeAsync($"POST /api/test/echo {Head}{chunks}{Hidden}");
        Assert.StartsWith("HTTP/1.1 400", read, StringComparison.Ordinal);
        Assert.Equal(1, read.Split("HTTP/1.1 ").Length - 1);

        string unread = await _server.ExchangeAsync($"POST /api/test/dear {Head}{chunks}{Hidden}");
        Assert.Equal(1, unread.Split("HTTP/1.1 ").Length - 1);
    }

    /// <summary>Kestrel reads a sign; then the body is as long as it says, and no request.</summary>
    [Fact]
    public async Task J16_a_length_with_a_sign_hides_no_request()
    {
        string answer = await _server.ExchangeAsync($"POST /api/test/dear HTTP/1.1\r\nHost: localhost\r\nContent-Length: +{Hidden.Length}\r\nConnection: close\r\n\r\n{Hidden}");
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
        Assert.StartsWith("HTTP/1.1 400", await _server.ExchangeAsync($"POST /api/test/dear HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n{Hidden}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET  /api/test/read HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /api/test/read HTTP/1.1\nHost: localhost\n\n")]
    [InlineData("GET /api/test/read\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /api/test/read HTTP/1.2\r\nHost: localhost\r\n\r\n", "HTTP/1.1 505")]
    [InlineData("GET /api/test/read http/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 ")]
    [InlineData("GET /api/test/read HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")]
    [InlineData("GET /api/test/read HTTP/1.1\r\nHost: localhost/evil\r\n\r\n")]
    [InlineData("GET /api/test/read HTTP/1.1\r\nHost: evil.example@localhost\r\n\r\n")]
    [InlineData("GET /api/test/read HTTP/1.1\r\n\r\n")]
    public async Task J16_a_head_that_is_none_is_refused(string head, string expected = "HTTP/1.1 400")
    {
        string answer = await _server.ExchangeAsync(head + Hidden);
        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_requests_that_are_two_get_two_answers()
    {
        string answer = await _server.ExchangeAsync($"POST /api/test/dear HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n{Hidden}");
        Assert.Equal(2, answer.Split("HTTP/1.1 200").Length - 1);
    }
}
