using System.Net;
using System.Net.Sockets;
using Newtonsoft.Json.Linq;
using Provenance.Fetching;
using Provenance.Server.Settings;
using Provenance.Tests.Fetching;
using Xunit;

namespace Provenance.Server.Tests.Verification.Urls;

/// <summary>What strangers may make the server ask for (attacks J01 to J03 and J20), by the cases of ../shared/vectors/ssrf.</summary>
public sealed class VerifyUrlTests : IAsyncDisposable
{
    private const string OneText = """{"type":"/api#not-fetched","title":"This URL could not be fetched, or may not be.","status":422}""";

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(4), s_second = TimeSpan.FromSeconds(16);

    private static readonly byte[] s_picture = SignedPictures.OfAbout(20_000);

    private readonly TestWeb _web = new();

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Fact]
    public async Task It_is_switched_off_unless_the_settings_say_otherwise()
    {
        await using var server = await UrlServer.StartAsync(_web.Network, new VerificationSettings());
        var said = await server.AskAsync("https://a.example/x");
        Assert.Equal(HttpStatusCode.NotImplemented, said.Status);
        Assert.Equal("/api#not-offered", (string?)JObject.Parse(said.Body)["type"]);
        Assert.Empty(_web.Dialled);
    }

    [Fact]
    public async Task What_is_on_the_web_is_answered_as_the_file_is()
    {
        _web.Gives("/photo.jpg", s_picture, "Content-Type: text/plain");
        await using var server = await UrlServer.StartAsync(_web.Network);
        var said = await server.AskAsync("https://a.example/photo.jpg", "?digest=true");
        Assert.Equal(HttpStatusCode.OK, said.Status);
        var report = JObject.Parse(said.Body);
        Assert.Equal(("image/jpeg", "Valid", null), ((string?)report["mediaType"], (string?)report["validationState"], report["file"]));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(s_picture)), (string?)report["sha256"]);
    }

    [Theory]
    [InlineData("https://example.com/photo.jpg")]
    [InlineData("https://EXAMPLE.com.:443/photo.jpg")]
    public async Task J20_nothing_is_asked_of_a_name_of_this_server(string url)
    {
        _web.Gives("/photo.jpg", s_picture);
        await using var server = await UrlServer.StartAsync(_web.Network);
        var said = await server.AskAsync(url);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, OneText), (said.Status, said.Body));
        Assert.Empty(_web.Dialled);
        Assert.Equal(HttpStatusCode.OK, (await server.AskAsync("https://a.example/photo.jpg")).Status);
    }

    [Fact]
    public async Task What_must_be_refused_is_refused_alike_and_nobody_hears_of_it()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        // The scheme alone would refuse most of the list: what else is wrong must be seen too.
        var urls = Vectors("mustRefuse").SelectMany(url => (string[])[url, url.Replace("http:", "https:", StringComparison.Ordinal)])
            .Concat(Vectors("mustRefuse").Select(url => url.Replace("http://", "https://", StringComparison.Ordinal).Replace("/a", ":443/a", StringComparison.Ordinal))).Distinct().ToList();
        Assert.InRange(urls.Count, 130, 1000);
        // Whoever answers to any name lives on this machine: one connection, and it would be seen.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int dialled = 0;
        var network = new GuardedNetwork
        {
            ResolveAsync = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
            DialAsync = async (_, cancellation) =>
            {
                Interlocked.Increment(ref dialled);
                var client = new TcpClient();
                await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, cancellation);
                return client.GetStream();
            },
        };
        await using var server = await UrlServer.StartAsync(network);
        var answers = await Task.WhenAll(urls.Select(async url => (Url: url, Said: await server.AskAsync(url))));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.UnprocessableEntity, OneText), (answer.Said.Status, answer.Said.Body)));
        Assert.All(answers, answer => Assert.True(answer.Said.After >= s_first && answer.Said.After < s_second, $"{answer.Url}: {answer.Said.After}"));
        Assert.Equal(0, dialled);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task A_listener_on_this_machine_hears_nothing_of_the_real_network()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var server = await UrlServer.StartAsync(GuardedNetwork.Real);
        string[] urls =
        [
            $"https://127.0.0.1:{port}/", $"http://127.0.0.1:{port}/", $"https://localhost:{port}/", $"https://[::ffff:127.0.0.1]:{port}/", $"https://127.1:{port}/", $"https://{Dns.GetHostName()}:{port}/",
        ];
        var answers = await Task.WhenAll(urls.Select(url => server.AskAsync(url)));
        Assert.All(answers, said => Assert.Equal((HttpStatusCode.UnprocessableEntity, OneText), (said.Status, said.Body)));
        Assert.False(listener.Pending());
    }

    /// <summary>Hosts that behave badly: what they say is told as if they had said nothing.</summary>
    public static TheoryData<string, int> Behaviours => new()
    {
        { "redirect-to-loopback", 1 }, { "redirect-to-metadata", 1 }, { "redirect-scheme-change", 1 }, { "redirect-https-to-http", 1 }, { "redirect-loop", 4 },
        { "dns-rebinding", 1 }, { "dns-mixed", 0 }, { "v6-only-private", 0 }, { "cname-to-internal", 0 }, { "endless-body", 1 }, { "slow-drip", 1 }, { "slow-headers", 1 },
        { "huge-header", 1 }, { "gzip-bomb", 1 }, { "content-length-lie", 1 }, { "100-continue-hang", 1 }, { "set-cookie-replay", 2 }, { "auth-challenge", 1 },
        { "closed", 1 }, { "filtered", 1 }, { "no-address", 0 }, { "no-certificate", 1 }, { "not-found", 1 }, { "forbidden", 1 },
    };

    [Theory]
    [MemberData(nameof(Behaviours))]
    public async Task What_a_host_does_is_not_told(string behaviour, int dials)
    {
        var network = Arrange(behaviour);
        await using var server = await UrlServer.StartAsync(network);
        var said = await server.AskAsync(behaviour == "no-certificate" ? "https://c.example/x" : "https://a.example/x");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, OneText), (said.Status, said.Body));
        Assert.True(said.After >= (behaviour is "slow-drip" or "slow-headers" or "100-continue-hang" ? s_second : s_first), said.After.ToString());
        Assert.Equal(dials, _web.Dialled.Count);
        Assert.All(_web.Dialled, address => Assert.Equal(TestWeb.Public, address.Address));
        Assert.All(_web.Requests, head => Assert.DoesNotContain("Cookie", head, StringComparison.OrdinalIgnoreCase));
        Assert.All(_web.Requests, head => Assert.DoesNotContain("Authorization", head, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_behaviour_of_the_list_is_here()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var listed = JObject.Parse(File.ReadAllText(Shared.Path("vectors", "ssrf", "urls.json")))["mustRefuseByBehaviour"]!.Select(row => (string)row["name"]!);
        Assert.Empty(listed.Except(Behaviours.Select(row => row.Data.Item1)).Except(["type-lie", "self-request"]));
    }

    [Fact]
    public async Task What_says_that_it_is_a_picture_and_is_a_page_is_no_file_that_can_be_read()
    {
        _web.Gives("/x", "<!DOCTYPE html><title>no</title>"u8.ToArray(), "Content-Type: image/jpeg");
        await using var server = await UrlServer.StartAsync(_web.Network);
        var said = await server.AskAsync("https://a.example/x");
        Assert.Equal((HttpStatusCode.OK, "none", "text/html"), (said.Status, (string?)JObject.Parse(said.Body)["label"], (string?)JObject.Parse(said.Body)["mediaType"]));
    }

    [Fact]
    public async Task What_may_be_asked_is_asked()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        _web.Gives("/a.jpg", s_picture).Gives("/a.jpg?x=1", s_picture);
        await using var server = await UrlServer.StartAsync(_web.Network);
        foreach (string url in Vectors("mustAllow"))
        {
            var said = await server.AskAsync(url);
            // Of the list, http is refused on purpose: who listens would learn what is looked into, and could answer for the host. A certificate
            // for the fourth host the web does not have; it is dialled.
            Assert.Equal(url.StartsWith("https://example.com", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, said.Status);
        }
        Assert.Equal(3, _web.Dialled.Count);
    }

    [Fact]
    public async Task The_server_does_not_ask_itself()
    {
        _web.Gives("/api/v1/verify-url", s_picture);
        await using var server = await UrlServer.StartAsync(_web.Network);
        var said = await server.AskAsync("https://127.0.0.1/api/v1/verify-url");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, OneText), (said.Status, said.Body));

        // Under a name of its own, and under a public address of its own.
        var own = Server.Verification.Urls.OwnAddresses.Without(_web.Network, () => [TestWeb.Public]);
        await using var second = await UrlServer.StartAsync(own);
        Assert.Equal(OneText, (await second.AskAsync("https://a.example/api/v1/verify-url")).Body);
        Assert.Empty(_web.Dialled);
    }

    [Fact]
    public async Task Where_a_credential_is_kept_and_what_answers_there_is_not_told()
    {
        // A file of anybody's could name any place; its report must not say what is there.
        byte[] pointing = SignedPictures.PointingTo("https://b.example/store.c2pa");
        var reasons = new HashSet<string>();
        foreach (var addresses in (IPAddress[][])[[TestWeb.Public], [IPAddress.Parse("10.0.0.1")], []])
        {
            await using var web = new TestWeb();
            web.Addresses["b.example"] = [addresses];
            web.Gives("/x", pointing);
            await using var server = await UrlServer.StartAsync(web.Network);
            var said = await server.AskAsync("https://a.example/x");
            Assert.Equal((HttpStatusCode.OK, "not-checked"), (said.Status, (string?)JObject.Parse(said.Body)["label"]));
            Assert.True(said.After >= s_first, said.After.ToString());
            var report = JObject.Parse(said.Body);
            report["policy"]!["time"]!.Parent!.Remove();
            reasons.Add(report.ToString());
        }
        Assert.True(reasons.Count == 1, string.Join('\n', reasons));
    }

    [Fact]
    public async Task No_more_URLs_than_so_many_are_fetched_at_a_time()
    {
        var (asked, free) = (new TaskCompletionSource(), new TaskCompletionSource());
        _web.On("/slow", async (stream, cancellation) =>
        {
            asked.SetResult();
            await free.Task.WaitAsync(cancellation);
            await TestWeb.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {s_picture.Length}\r\n\r\n", s_picture, cancellation);
        });
        await using var server = await UrlServer.StartAsync(_web.Network, new VerificationSettings { FetchesUrls = true, UrlsAtATime = 1 });
        var first = server.AskAsync("https://a.example/slow");
        await asked.Task;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.AskAsync("https://a.example/x")).Status);
        free.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).Status);
    }

    [Theory]
    [InlineData("""{}""", 400)]
    [InlineData("""{"url":null}""", 400)]
    [InlineData("""{"url":["https://a.example/"]}""", 400)]
    [InlineData("""{"url":"https://a.example/","more":1}""", 400)]
    [InlineData("""[]""", 400)]
    [InlineData("""nonsense""", 400)]
    public async Task What_names_no_URL_is_no_request(string body, int status)
    {
        await using var server = await UrlServer.StartAsync(_web.Network);
        var said = await server.PostAsync("/api/v1/verify-url", new Newtonsoft.Json.Linq.JRaw(body));
        Assert.Equal(status, (int)said.Status);
        Assert.Empty(_web.Dialled);
    }

    private GuardedNetwork Arrange(string behaviour)
    {
        switch (behaviour)
        {
            case "redirect-to-loopback": _web.Says("/x", "302 Found", "Location: http://127.0.0.1:8080/"); break;
            case "redirect-to-metadata": _web.Says("/x", "302 Found", "Location: https://169.254.169.254/latest/meta-data/"); break;
            case "redirect-scheme-change": _web.Says("/x", "301 Moved", "Location: file:///etc/passwd"); break;
            case "redirect-https-to-http": _web.Says("/x", "302 Found", "Location: http://a.example/y").Gives("/y", s_picture); break;
            case "redirect-loop": _web.Says("/x", "302 Found", "Location: /x"); break;
            case "dns-rebinding":
                _web.Addresses["a.example"] = [[TestWeb.Public], [IPAddress.Loopback]];
                _web.Says("/x", "302 Found", "Location: /y").Gives("/y", s_picture);
                break;
            case "dns-mixed": _web.Addresses["a.example"] = [[TestWeb.Public, IPAddress.Parse("10.0.0.1")]]; break;
            case "v6-only-private": _web.Addresses["a.example"] = [[IPAddress.Parse("fd00::1")]]; break;
            case "cname-to-internal": _web.Addresses["a.example"] = [[IPAddress.Parse("169.254.169.254")]]; break;
            case "endless-body":
                _web.On("/x", async (stream, cancellation) =>
                {
                    await TestWeb.WriteAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", [], cancellation);
                    while (true)
                        await TestWeb.WriteAsync(stream, "1000\r\n", [.. new byte[0x1000], .. "\r\n"u8], cancellation);
                });
                break;
            case "slow-drip":
                _web.On("/x", async (stream, cancellation) =>
                {
                    await TestWeb.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", [], cancellation);
                    while (true)
                        await DripAsync(stream, [0], cancellation);
                });
                break;
            case "slow-headers":
                _web.On("/x", async (stream, cancellation) =>
                {
                    foreach (byte letter in "HTTP/1.1 200 OK\r\nX: "u8.ToArray())
                        await DripAsync(stream, [letter], cancellation);
                });
                break;
            case "huge-header": _web.Gives("/x", s_picture, [.. Enumerable.Range(0, 1024).Select(i => $"X{i}: {new string('x', 1024)}")]); break;
            case "gzip-bomb": _web.Gives("/x", [0x1F, 0x8B, 8, 0], "Content-Encoding: gzip"); break;
            case "content-length-lie":
                _web.On("/x", (stream, cancellation) => TestWeb.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", [1, 2, 3, 4, 5], cancellation));
                break;
            case "100-continue-hang":
                _web.On("/x", async (stream, cancellation) =>
                {
                    await TestWeb.WriteAsync(stream, "HTTP/1.1 100 Continue\r\n\r\n", [], cancellation);
                    await Task.Delay(Timeout.Infinite, cancellation);
                });
                break;
            case "set-cookie-replay": _web.Says("/x", "302 Found", "Location: /y", "Set-Cookie: a=b").Says("/y", "403 Forbidden"); break;
            case "auth-challenge": _web.Says("/x", "401 Unauthorized", "WWW-Authenticate: Negotiate"); break;
            case "forbidden": _web.Says("/x", "403 Forbidden"); break;
            case "no-address": _web.Addresses["a.example"] = [[]]; break;
            case "closed":
                return Dialling((_, _) => throw new SocketException((int)SocketError.ConnectionRefused));
            case "filtered":
                return Dialling(async (_, cancellation) =>
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                    throw new InvalidOperationException();
                });
            default: break; // "not-found" and "no-certificate": the web does so by itself
        }
        return _web.Network;
    }

    private GuardedNetwork Dialling(Func<IPEndPoint, CancellationToken, ValueTask<Stream>> dial) => _web.Network with
    {
        DialAsync = (address, cancellation) =>
        {
            _web.Dialled.Enqueue(address);
            return dial(address, cancellation);
        },
    };

    private static async Task DripAsync(Stream stream, byte[] bytes, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromSeconds(5), cancellation);
        await TestWeb.WriteAsync(stream, "", bytes, cancellation);
    }

    private static IEnumerable<string> Vectors(string list) => JObject.Parse(File.ReadAllText(Shared.Path("vectors", "ssrf", "urls.json")))[list]!.Select(row => (string)row["u"]!);
}
