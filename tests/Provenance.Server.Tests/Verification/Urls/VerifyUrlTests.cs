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

    /// <summary>The moments at which a failure is told, less what a timer may be early.</summary>
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(4 - 0.05), s_second = TimeSpan.FromSeconds(16 - 0.05);

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
    [InlineData("https://b.example/photo.jpg")]
    [InlineData("https://B.Example.:443/photo.jpg")]
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

    /// <summary>All of them at once, each with a web of its own: most of the time is spent waiting.</summary>
    [Fact]
    public Task What_a_host_does_is_not_told() => Task.WhenAll(Behaviours.Select(async row =>
    {
        await using var tests = new VerifyUrlTests();
        await tests.IsNotToldAsync(row.Data.Item1, row.Data.Item2);
    }));

    private async Task IsNotToldAsync(string behaviour, int dials)
    {
        var network = Arrange(behaviour);
        await using var server = await UrlServer.StartAsync(network);
        var said = await server.AskAsync(behaviour == "no-certificate" ? "https://c.example/x" : "https://a.example/x");
        Assert.Equal((behaviour, HttpStatusCode.UnprocessableEntity, OneText), (behaviour, said.Status, said.Body));
        // Who sends on chooses when: what is behind it is told at one time only.
        bool isLate = behaviour is "slow-drip" or "slow-headers" or "100-continue-hang" or "dns-rebinding" or "set-cookie-replay" || behaviour.StartsWith("redirect-", StringComparison.Ordinal);
        Assert.True(said.After >= (isLate ? s_second : s_first) && (isLate || said.After < s_second), $"{behaviour}: {said.After}");
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

    /// <summary>What answers at the place that a file names, and whether it sends on to another one.</summary>
    private static readonly (string Name, bool IsLate, Action<TestWeb> Arrange)[] s_places =
    [
        ("not found", false, _ => { }),
        ("a page", false, web => web.Gives("/store.c2pa", "<!DOCTYPE html><title>no</title>"u8.ToArray())),
        ("packed", false, web => web.Gives("/store.c2pa", new byte[100], "Content-Encoding: gzip")),
        ("not public", false, web => web.Addresses["b.example"] = [[IPAddress.Parse("10.0.0.1")]]),
        ("no address", false, web => web.Addresses["b.example"] = [[]]),
        ("sent on to a page", true, web => web.Says("/store.c2pa", "302 Found", "Location: https://a.example/page").Gives("/page", "<!DOCTYPE html><title>no</title>"u8.ToArray())),
        ("sent on to nothing", true, web => web.Says("/store.c2pa", "302 Found", "Location: https://a.example/page")),
        ("sent on inside", true, web => web.Says("/store.c2pa", "302 Found", "Location: https://10.0.0.1/")),
    ];

    [Fact]
    public async Task Where_a_credential_is_kept_and_what_answers_there_is_not_told()
    {
        // A file of anybody's could name any place; its report must not say what is there.
        byte[] pointing = SignedPictures.PointingTo("https://b.example/store.c2pa");
        var reports = await Task.WhenAll(s_places.Select(async place =>
        {
            await using var web = new TestWeb();
            place.Arrange(web);
            web.Gives("/x", pointing);
            await using var server = await UrlServer.StartAsync(web.Network);
            var said = await server.AskAsync("https://a.example/x");
            Assert.Equal((HttpStatusCode.OK, "not-checked"), (said.Status, (string?)JObject.Parse(said.Body)["label"]));
            Assert.True(place.IsLate ? said.After >= s_second : said.After >= s_first && said.After < s_second, $"{place.Name}: {said.After}");
            return said.Body;
        }));
        Assert.Contains("https://b.example/store.c2pa", reports[0], StringComparison.Ordinal);
        foreach (var (report, place) in reports.Zip(s_places))
            Assert.True(report == reports[0], $"{place.Name}: {report}");
    }

    [Fact]
    public async Task Where_a_credential_was_found_behind_a_redirect_is_not_told_either()
    {
        var asset = SignedPictures.Detached("https://b.example/store.c2pa");
        _web.Gives("/x", asset.Bytes).Says("/store.c2pa", "302 Found", "Location: /elsewhere").Gives("/elsewhere", asset.Store);
        await using var server = await UrlServer.StartAsync(_web.Network);
        var said = await server.AskAsync("https://a.example/x");
        Assert.Equal((HttpStatusCode.OK, "Valid"), (said.Status, (string?)JObject.Parse(said.Body)["validationState"]));
        Assert.DoesNotContain("elsewhere", said.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("named by a header", 4)]
    [InlineData("beside, sent on", 16)]
    [InlineData("beside, not found", 0)] // the host that gave the file says so for itself
    public async Task Whatever_was_looked_for_in_vain_elsewhere_is_told_late(string place, int seconds)
    {
        _web.Gives("/x", TestKit.TestJpeg.Small().Bytes, place == "named by a header" ? ["Link: <https://b.example/store.c2pa>; rel=c2pa-manifest"] : []);
        if (place == "beside, sent on")
            _web.Says("/x.c2pa", "302 Found", "Location: https://b.example/inside");
        await using var server = await UrlServer.StartAsync(_web.Network);
        var said = await server.AskAsync("https://a.example/x");
        Assert.Equal(HttpStatusCode.OK, said.Status);
        var next = TimeSpan.FromSeconds(seconds switch { 0 => 4, 4 => 16, _ => 60 });
        Assert.True(said.After >= TimeSpan.FromSeconds(seconds - 0.05) && said.After < next, said.After.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_host_that_takes_its_time_does_not_learn_whether_another_one_answers(bool isFiltered)
    {
        // Late enough for a place that does not answer to be given up behind the first moment, and for a closed one before it.
        var late = TimeSpan.FromSeconds(2);
        byte[] pointing = SignedPictures.PointingTo("https://b.example/store.c2pa");
        var other = IPAddress.Parse("93.184.215.15");
        _web.Addresses["b.example"] = [[other]];
        _web.On("/x", async (stream, cancellation) =>
        {
            await Task.Delay(late, cancellation);
            await TestWeb.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {pointing.Length}\r\n\r\n", pointing, cancellation);
        });
        await using var server = await UrlServer.StartAsync(_web.Network with
        {
            DialAsync = async (address, cancellation) =>
            {
                if (!address.Address.Equals(other))
                    return await _web.Network.DialAsync(address, cancellation);
                await Task.Delay(isFiltered ? Timeout.Infinite : 0, cancellation);
                throw new SocketException((int)SocketError.ConnectionRefused);
            },
        });
        var said = await server.AskAsync("https://a.example/x");
        Assert.Equal("not-checked", (string?)JObject.Parse(said.Body)["label"]);
        Assert.InRange(said.After, late + s_first, s_second);
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
