using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using Provenance.Fetching;
using Xunit;

namespace Provenance.Tests.Fetching;

/// <summary>The client against a real HTTPS server that behaves in the ways of ../shared/vectors/ssrf, and in good ones.</summary>
public sealed class GuardedClientTests : IAsyncDisposable
{
    private const string Url = "https://a.example/x";

    private static readonly FetchLimits Limits = FetchLimits.Manifest with { Bytes = 1000, Time = TimeSpan.FromSeconds(20) };

    /// <summary>For what must be cut off by time: as short as a busy machine allows.</summary>
    private static readonly FetchLimits Impatient = Limits with { Time = TimeSpan.FromSeconds(2) };

    private readonly TestWeb _web = new();

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Fact]
    public async Task What_a_host_gives_is_fetched_with_its_links()
    {
        _web.Gives("/x", [1, 2, 3], "Link: <m.c2pa>; rel=c2pa-manifest", "Link: <n>; rel=next", "Content-Type: text/html");

        await using var answer = await _web.Client.FetchAsync(Url, Limits, TestContext.Current.CancellationToken);

        Assert.Equal(FetchFault.None, answer.Fault);
        Assert.Equal([1, 2, 3], await BytesAsync(answer));
        Assert.Equal(["<m.c2pa>; rel=c2pa-manifest", "<n>; rel=next"], answer.Links);
        Assert.Equal(Url, answer.Url!.AbsoluteUri);
        Assert.Equal(new IPEndPoint(TestWeb.Public, 443), Assert.Single(_web.Dialled));
    }

    [Fact]
    public async Task The_request_says_what_it_must_and_no_more()
    {
        _web.Gives("/x?q=%C3%A4", [1]);

        await using var answer = await _web.Client.FetchAsync("https://A.example/x?q=ä#f", Limits, TestContext.Current.CancellationToken);

        Assert.True(answer.IsFetched, answer.Why);
        Assert.Equal(
            ["GET /x?q=%C3%A4 HTTP/1.1", "Accept-Encoding: identity", "Host: a.example", "User-Agent: Provenance"],
            _web.Requests.Single().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).OrderBy(line => !line.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Proxies_of_the_environment_are_not_used()
    {
        // What a process inherits decides nothing: the handler is told to use no proxy, whatever is set when it is made.
        string? before = Environment.GetEnvironmentVariable("HTTPS_PROXY");
        Environment.SetEnvironmentVariable("HTTPS_PROXY", "http://127.0.0.1:9");
        try
        {
            _web.Gives("/x", [1]);
            await using var answer = await _web.Client.FetchAsync(Url, Limits, TestContext.Current.CancellationToken);
            Assert.True(answer.IsFetched, answer.Why);
        }
        finally
        {
            Environment.SetEnvironmentVariable("HTTPS_PROXY", before);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:1234/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://a.example/y")]
    [InlineData("https://a.example:8443/y")]
    [InlineData("//127.0.0.1/y")]
    [InlineData("https://user:pw@a.example/y")]
    [InlineData("\\\\a.example\\y")]
    public async Task A_redirect_to_what_may_not_be_asked_is_refused_at_the_hop(string location)
    {
        _web.Says("/x", "302 Found", $"Location: {location}").Gives("/y", [1]);

        await RefusesAsync(FetchFault.NotAllowed, "a.example sends on to a URL that is not followed", Limits);

        Assert.Single(_web.Requests);
        Assert.Single(_web.Dialled);
    }

    [Fact]
    public async Task A_redirect_to_a_host_with_a_private_address_is_refused_before_it_is_dialled()
    {
        _web.Addresses["b.example"] = [[IPAddress.Parse("10.0.0.1")]];
        _web.Says("/x", "301 Moved", "Location: https://b.example/x");

        await RefusesAsync(FetchFault.NotAllowed, "b.example has an address that is not public: a private network", Limits);

        Assert.Single(_web.Dialled);
    }

    [Theory]
    [InlineData("301 Moved", "y", "https://a.example/y")]
    [InlineData("302 Found", "/y", "https://a.example/y")]
    [InlineData("303 See Other", "https://a.example/y", "https://a.example/y")]
    [InlineData("307 Temporary Redirect", "//b.example/y", "https://b.example/y")]
    [InlineData("308 Permanent Redirect", "https://B.example:443/y#z", "https://b.example/y")]
    public async Task A_redirect_to_what_may_be_asked_is_followed(string status, string location, string end)
    {
        _web.Says("/x", status, $"Location: {location}").Gives("/y", [7]);

        await using var answer = await _web.Client.FetchAsync(Url, Limits, TestContext.Current.CancellationToken);

        Assert.Equal([7], await BytesAsync(answer));
        Assert.Equal(end, answer.Url!.AbsoluteUri);
        Assert.DoesNotContain("Referer", _web.Requests.Last(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_third_redirect_is_followed_and_the_fourth_is_not()
    {
        _web.Says("/x", "302 Found", "Location: /1").Says("/1", "302 Found", "Location: /2").Says("/2", "302 Found", "Location: /3").Gives("/3", [7]);
        await using (var answer = await _web.Client.FetchAsync(Url, Limits, TestContext.Current.CancellationToken))
            Assert.True(answer.IsFetched, answer.Why);

        _web.Says("/3", "302 Found", "Location: /4").Gives("/4", [7]);
        await RefusesAsync(FetchFault.NotGiven, "a.example sends on to other URLs, more than 3 times", Limits);
    }

    [Fact]
    public async Task A_redirect_to_itself_comes_to_an_end()
    {
        _web.Says("/x", "302 Found", "Location: /x");
        await RefusesAsync(FetchFault.NotGiven, "more than 3 times", Limits);
        Assert.Equal(4, _web.Requests.Count);
    }

    [Theory]
    [InlineData]
    [InlineData("Location: /y", "Location: /z")]
    public async Task A_redirect_that_says_nothing_or_two_things_is_not_followed(params string[] headers)
    {
        _web.Says("/x", "302 Found", headers).Gives("/y", [1]);
        await RefusesAsync(FetchFault.Broken, "sends on without saying where", Limits);
    }

    [Fact]
    public async Task The_address_that_was_judged_is_the_one_that_is_dialled()
    {
        // DNS rebinding: the second answer would be this machine. There is no second question.
        _web.Addresses["a.example"] = [[TestWeb.Public], [IPAddress.Loopback]];
        _web.Gives("/x", [1]);

        await using var answer = await _web.Client.FetchAsync(Url, Limits, TestContext.Current.CancellationToken);

        Assert.True(answer.IsFetched, answer.Why);
        Assert.Equal(["a.example"], _web.Resolved);
        Assert.Equal([new IPEndPoint(TestWeb.Public, 443)], _web.Dialled);
    }

    [Fact]
    public async Task After_a_redirect_a_host_is_judged_anew()
    {
        _web.Addresses["a.example"] = [[TestWeb.Public], [IPAddress.Loopback]];
        _web.Says("/x", "302 Found", "Location: /y").Gives("/y", [1]);

        await RefusesAsync(FetchFault.NotAllowed, "a.example has an address that is not public: this machine", Limits);

        Assert.Equal([new IPEndPoint(TestWeb.Public, 443)], _web.Dialled);
    }

    [Theory]
    [InlineData("93.184.215.14 10.0.0.1")]
    [InlineData("10.0.0.1 93.184.215.14")]
    [InlineData("fd00::1")]
    [InlineData("2606:2800:21f::1 ::1")]
    [InlineData("::ffff:93.184.215.14")]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    public async Task One_address_that_is_not_public_refuses_the_host(string addresses)
    {
        // Whether they are the name's own or those of the name that a CNAME leads to, a resolver gives them alike.
        _web.Addresses["a.example"] = [[.. addresses.Split(' ').Select(IPAddress.Parse)]];
        _web.Gives("/x", [1]);

        await RefusesAsync(FetchFault.NotAllowed, "a.example has an address that is not public", Limits);

        Assert.Empty(_web.Dialled);
    }

    [Fact]
    public async Task A_host_without_an_address_cannot_be_reached()
    {
        _web.Addresses["a.example"] = [[]];
        await RefusesAsync(FetchFault.Unreachable, "a.example has no address", Limits);
    }

    [Fact]
    public async Task The_next_address_is_dialled_where_one_does_not_answer()
    {
        var dialled = new List<IPAddress>();
        var client = new GuardedClient(new GuardedNetwork
        {
            ResolveAsync = (_, _) => Task.FromResult<IPAddress[]>([TestWeb.Public, IPAddress.Parse("2606:2800:21f::1")]),
            DialAsync = async (address, cancellation) =>
            {
                dialled.Add(address.Address);
                if (dialled.Count == 1)
                    await Task.Delay(Timeout.Infinite, cancellation);
                throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused);
            },
        });

        await using var answer = await client.FetchAsync(Url, Limits with { ConnectTime = TimeSpan.FromSeconds(0.2) }, TestContext.Current.CancellationToken);

        Assert.Equal((FetchFault.Unreachable, "a.example cannot be reached"), (answer.Fault, answer.Why));
        Assert.Equal(2, dialled.Count);
    }

    [Fact]
    public async Task A_certificate_of_another_host_is_not_accepted()
    {
        _web.Gives("/x", [1]);
        await using var answer = await _web.Client.FetchAsync("https://c.example/x", Limits, TestContext.Current.CancellationToken);
        Assert.Equal((FetchFault.Unreachable, "c.example does not prove that it is c.example"), (answer.Fault, answer.Why));
        Assert.Empty(_web.Requests);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_root_is_not_accepted()
    {
        _web.Gives("/x", [1]);
        await using var answer = await _web.ClientWithoutOurRoot.FetchAsync(Url, Limits, TestContext.Current.CancellationToken);
        Assert.Equal(FetchFault.Unreachable, answer.Fault);
        Assert.Empty(_web.Requests);
    }

    [Fact]
    public async Task The_last_byte_allowed_is_fetched_and_one_more_is_not()
    {
        _web.Gives("/x", new byte[1000]);
        await using (var answer = await _web.Client.FetchAsync(Url, Limits, TestContext.Current.CancellationToken))
            Assert.Equal(1000, answer.Body!.Length);

        _web.Gives("/x", new byte[1001]);
        await RefusesAsync(FetchFault.TooLarge, "a.example sends more than 1000 bytes", Limits);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_cut_off()
    {
        long sent = 0;
        _web.On("/x", async (stream, cancellation) =>
        {
            await TestWeb.WriteAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", [], cancellation);
            for (; ; sent += 256)
                await TestWeb.WriteAsync(stream, "100\r\n", [.. new byte[256], .. "\r\n"u8], cancellation);
        });

        await RefusesAsync(FetchFault.TooLarge, "a.example sends more than 1000 bytes", Limits);

        Assert.InRange(sent, 0, 64 << 20);
    }

    [Fact]
    public async Task A_body_that_drips_is_cut_off() => await IsCutOffAsync(async (stream, cancellation) =>
    {
        await TestWeb.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", [], cancellation);
        await DripAsync(stream, new byte[900], cancellation);
    });

    [Fact]
    public async Task A_header_that_drips_is_cut_off() => await IsCutOffAsync((stream, cancellation) =>
        DripAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\nX: "u8.ToArray(), cancellation));

    [Fact]
    public async Task An_answer_that_only_says_continue_is_cut_off() => await IsCutOffAsync(async (stream, cancellation) =>
    {
        await TestWeb.WriteAsync(stream, "HTTP/1.1 100 Continue\r\n\r\n", [], cancellation);
        await Task.Delay(Timeout.Infinite, cancellation);
    });

    [Fact]
    public async Task A_body_that_keeps_coming_has_the_time_it_earns_and_no_more()
    {
        _web.On("/x", async (stream, cancellation) =>
        {
            await TestWeb.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", [], cancellation);
            for (int i = 0; i < 10; i++)
            {
                await TestWeb.WriteAsync(stream, "", new byte[50], cancellation);
                await Task.Delay(200, cancellation);
            }
        });
        // Two seconds of dripping in one second and half a second for each 50 bytes.
        var earning = Limits with { Time = TimeSpan.FromSeconds(1), BytesPerSecond = 100 };

        await using (var answer = await _web.Client.FetchAsync(Url, earning with { Longest = TimeSpan.FromMinutes(1) }, TestContext.Current.CancellationToken))
            Assert.True(answer.IsFetched, answer.Why);
        await RefusesAsync(FetchFault.TooSlow, "a.example took too long", earning);
    }

    [Fact]
    public async Task A_header_of_32_KiB_is_read_and_a_longer_one_is_not()
    {
        _web.Gives("/x", [1], $"X: {new string('x', 32_000)}");
        await using (var answer = await _web.Client.FetchAsync(Url, Limits, TestContext.Current.CancellationToken))
            Assert.True(answer.IsFetched, answer.Why);

        _web.Gives("/x", [1], $"X: {new string('x', 32 << 10)}");
        await RefusesAsync(FetchFault.TooLarge, "the header of a.example's answer is too long", Limits);
        _web.Gives("/x", [1], [.. Enumerable.Range(0, 1024).Select(i => $"X{i}: {new string('x', 1024)}")]);
        await RefusesAsync(FetchFault.TooLarge, "the header of a.example's answer is too long", Limits);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    public async Task A_packed_body_is_refused_and_not_unpacked(string encoding)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            await gzip.WriteAsync(new byte[500_000], TestContext.Current.CancellationToken);
        _web.Gives("/x", packed.ToArray(), $"Content-Encoding: {encoding}");

        await RefusesAsync(FetchFault.Broken, "packed", Limits);
    }

    [Fact]
    public async Task A_body_that_is_shorter_than_it_says_is_an_error()
    {
        _web.On("/x", (stream, cancellation) => TestWeb.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", [1, 2, 3, 4, 5], cancellation));
        await RefusesAsync(FetchFault.Broken, "the answer of a.example ended early", Limits);
    }

    [Fact]
    public async Task Of_a_body_that_is_longer_than_it_says_only_what_it_says_counts()
    {
        _web.On("/x", (stream, cancellation) => TestWeb.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", new byte[10_000], cancellation));
        await using var answer = await _web.Client.FetchAsync(Url, Limits, TestContext.Current.CancellationToken);
        Assert.Equal(10, answer.Body!.Length);
    }

    [Fact]
    public async Task A_cookie_is_never_sent_back()
    {
        _web.On("/x", (head, stream, cancellation) => head.Contains("Cookie", StringComparison.OrdinalIgnoreCase)
            ? TestWeb.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", [], cancellation)
            : TestWeb.WriteAsync(stream, "HTTP/1.1 302 Found\r\nSet-Cookie: a=b; Path=/\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n", [], cancellation));

        await RefusesAsync(FetchFault.NotGiven, "more than 3 times", Limits);

        Assert.All(_web.Requests, head => Assert.DoesNotContain("Cookie", head, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("401 Unauthorized", "WWW-Authenticate: Negotiate")]
    [InlineData("401 Unauthorized", "WWW-Authenticate: Basic realm=x")]
    [InlineData("407 Proxy Authentication Required", "Proxy-Authenticate: Negotiate")]
    public async Task A_host_that_asks_who_we_are_gets_no_answer(string status, string challenge)
    {
        _web.Says("/x", status, challenge);

        await RefusesAsync(FetchFault.NotGiven, $"a.example answered {status[..3]}", Limits);

        Assert.DoesNotContain("Authorization", Assert.Single(_web.Requests), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("204 No Content")]
    [InlineData("206 Partial Content")]
    [InlineData("500 Oops")]
    [InlineData("304 Not Modified")]
    public async Task Anything_but_a_whole_answer_is_none(string status)
    {
        _web.Says("/x", status);
        await RefusesAsync(FetchFault.NotGiven, $"a.example answered {status[..3]}", Limits);
    }

    [Theory]
    [InlineData("hello\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("")]
    public async Task An_answer_that_is_no_HTTP_is_none(string answer)
    {
        _web.On("/x", (stream, cancellation) => TestWeb.WriteAsync(stream, answer, [], cancellation));
        await using var fetched = await _web.Client.FetchAsync(Url, Limits, TestContext.Current.CancellationToken);
        Assert.False(fetched.IsFetched);
        Assert.NotEqual("", fetched.Why);
    }

    [Fact]
    public async Task Cancellation_travels()
    {
        _web.On("/x", (stream, cancellation) => Task.Delay(Timeout.Infinite, cancellation));
        using var cancelling = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _web.Client.FetchAsync(Url, Limits, cancelling.Token));
    }

    [Fact]
    public async Task No_reason_repeats_what_may_be_secret()
    {
        _web.Says("/x?token=hush", "302 Found", "Location: https://hush:hush@a.example/hush");
        await using var answer = await _web.Client.FetchAsync("https://a.example/x?token=hush", Limits, TestContext.Current.CancellationToken);
        Assert.False(answer.IsFetched);
        Assert.DoesNotContain("hush", answer.Why, StringComparison.Ordinal);
    }

    private async Task RefusesAsync(FetchFault fault, string why, FetchLimits limits)
    {
        await using var answer = await _web.Client.FetchAsync(Url, limits, TestContext.Current.CancellationToken);
        Assert.Equal(fault, answer.Fault);
        Assert.Contains(why, answer.Why, StringComparison.Ordinal);
        Assert.Null(answer.Body);
    }

    private async Task IsCutOffAsync(Func<Stream, CancellationToken, Task> answer)
    {
        _web.On("/x", answer);
        var watch = Stopwatch.StartNew();
        await RefusesAsync(FetchFault.TooSlow, "a.example took too long", Impatient);
        Assert.InRange(watch.Elapsed.TotalSeconds, 1.5, 10);
    }

    private static async Task DripAsync(Stream stream, byte[] bytes, CancellationToken cancellation)
    {
        foreach (byte b in bytes)
        {
            await TestWeb.WriteAsync(stream, "", [b], cancellation);
            await Task.Delay(500, cancellation);
        }
    }

    private static async Task<byte[]> BytesAsync(FetchAnswer answer)
    {
        Assert.True(answer.IsFetched, answer.Why);
        return (await answer.Body.ReadAsync(new(0, answer.Body.Length), TestContext.Current.CancellationToken)).ToArray();
    }
}
