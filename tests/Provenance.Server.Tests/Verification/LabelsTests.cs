using System.Net;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;
using Provenance.Server.Settings;
using Provenance.Server.Tests.Storage;
using Provenance.Server.Tests.Verification.Urls;
using Provenance.Server.Verification.Labels;
using Provenance.TestKit;
using Provenance.Tests.Fetching;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Server.Tests.Verification;

/// <summary>Labels of what was checked before: by digest and lists, never by a name (attack J12).</summary>
public sealed class LabelsTests(VerifyingServer server)
{
    [Fact]
    public async Task A_label_is_remembered_of_who_asked_for_the_digest_and_of_nobody_else()
    {
        byte[] picture = SignedPictures.OfAbout(31_000), unasked = SignedPictures.OfAbout(32_000);
        (await server.SendAsync(picture, "?digest=true")).Dispose();
        (await server.SendAsync(unasked)).Dispose();
        string digest = Hex(picture);
        var answer = JObject.Parse(await AskAsync(digest, digest.ToUpperInvariant(), Hex(unasked), new string('0', 64), "https://a.example/never-asked", "http://169.254.169.254/"));
        Assert.Equal(["intact-unknown-issuer", "intact-unknown-issuer", null, null, null, null], answer["labels"]!.Select(label => (string?)label));
        Assert.NotNull((string?)answer["trustVersion"]);
    }

    [Fact]
    public async Task A_verdict_on_a_file_with_a_store_beside_it_is_not_one_on_the_file()
    {
        byte[] bare = [.. await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "tests", "samples", "none.jpg"), TestContext.Current.CancellationToken), 0];
        (await server.SendFormAsync(bare, "a.jpg", manifest: [1, 2, 3], query: "?digest=true")).Dispose();
        Assert.Equal([null], JObject.Parse(await AskAsync(Hex(bare)))["labels"]!.Select(label => (string?)label));
    }

    [Fact]
    public async Task A_document_alone_is_not_remembered()
    {
        byte[] picture = SignedPictures.OfAbout(33_000);
        (await server.SendAsync(picture, "?format=html")).Dispose();
        Assert.Equal([null], JObject.Parse(await AskAsync(Hex(picture)))["labels"]!.Select(label => (string?)label));
    }

    /// <summary>Who serves a file says what lies beside it; that is no word on the bytes.</summary>
    [Theory]
    [InlineData("beside", "/bare.jpg.c2pa")]
    [InlineData("link", "/elsewhere.c2pa")]
    [InlineData("dead link", "/nothing.c2pa")]
    public async Task A_store_that_a_host_offers_says_nothing_of_the_same_bytes_elsewhere(string how, string place)
    {
        byte[] bare = [.. await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "tests", "samples", "none.jpg"), TestContext.Current.CancellationToken), 1];
        byte[] store = new ManifestBuilder("other").Created().SignedBy(StoringServer.Signer).Sidecar(TestJpeg.Small()).Store;
        await using var web = new TestWeb();
        web.Gives("/bare.jpg", bare, how == "beside" ? [] : [$"Link: <https://a.example{place}>; rel=\"c2pa-manifest\""]);
        if (how != "dead link")
            web.Gives(place, store, "Content-Type: application/c2pa");
        await using var own = await UrlServer.StartAsync(web.Network);
        var said = await own.AskAsync("https://a.example/bare.jpg", "?digest=true");
        Assert.Equal(Hex(bare), (string?)JObject.Parse(said.Body)["sha256"]);
        Assert.Equal(how == "dead link" ? "not-checked" : "broken", (string?)JObject.Parse(said.Body)["label"]);
        said = await own.PostAsync("/api/v1/labels", new { items = (string[])[Hex(bare)] });
        Assert.Equal([null], JObject.Parse(said.Body)["labels"]!.Select(label => (string?)label));
    }

    [Fact]
    public async Task A_URL_that_was_asked_for_is_found_in_every_spelling()
    {
        await using var web = new TestWeb();
        web.Gives("/photo.jpg", SignedPictures.OfAbout(20_000));
        await using var own = await UrlServer.StartAsync(web.Network);
        Assert.Equal(HttpStatusCode.OK, (await own.AskAsync("https://a.example/photo.jpg")).Status);
        var said = await own.PostAsync("/api/v1/labels", new { items = (string[])["HTTPS://A.example:443/photo.jpg#x", "https://a.example/other.jpg"] });
        Assert.Equal(["intact-unknown-issuer", null], JObject.Parse(said.Body)["labels"]!.Select(label => (string?)label));
        Assert.Single(web.Requests);
    }

    [Fact]
    public async Task A_hundred_items_are_answered_and_one_more_is_refused()
    {
        string[] items = [.. Enumerable.Range(0, 101).Select(i => $"{i:x64}")];
        Assert.Equal(100, JObject.Parse(await AskAsync(items[..100]))["labels"]!.Count());
        foreach (string body in (string[])[Body(items), Body(), """{"items":[null]}""", """{"items":["photo.jpg"]}""", """{"items":"x"}""", """{"items":["00"],"more":1}""", """{"items":["zz"]}""", "{}", "["])
        {
            using var answer = await PostAsync(body);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_list_that_is_too_long_is_not_read()
    {
        using var answer = await PostAsync($"{{\"items\":[\"{new string('x', 513 << 10)}\"]}}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public void Other_lists_another_kind_and_another_subject_are_other_questions()
    {
        var labels = new RememberedLabels(new VerificationSettings(), TimeProvider.System);
        labels.RememberUrl("https://a.example/", Label.IntactKnown, "lists 1");
        Assert.Equal(Label.IntactKnown, labels.FindUrl("https://a.example/", "lists 1"));
        Assert.Null(labels.FindUrl("https://a.example/", "lists 2"));
        Assert.Null(labels.FindUrl("https://a.example/x", "lists 1"));
        Assert.Null(labels.Find(Encoding.UTF8.GetBytes("https://a.example/"), "lists 1"));
        Assert.Null(labels.FindUrl("https://a.example/l", "ists 1"));
    }

    [Fact]
    public void The_longest_unused_is_forgotten_first()
    {
        var labels = new RememberedLabels(new VerificationSettings { RememberedLabels = 2 }, TimeProvider.System);
        labels.RememberUrl("1", Label.Broken, "");
        labels.RememberUrl("2", Label.Broken, "");
        Assert.NotNull(labels.FindUrl("1", ""));
        labels.RememberUrl("3", Label.Broken, "");
        Assert.Null(labels.FindUrl("2", ""));
        Assert.NotNull(labels.FindUrl("1", ""));
        labels.RememberUrl("1", Label.None, "");
        Assert.Equal(Label.None, labels.FindUrl("1", ""));
    }

    [Fact]
    public void A_label_is_forgotten_in_time()
    {
        var clock = new HandClock();
        var labels = new RememberedLabels(new VerificationSettings { RememberedHours = 2 }, clock);
        labels.RememberUrl("1", Label.Broken, "");
        clock.Gone = TimeSpan.FromHours(2);
        Assert.NotNull(labels.FindUrl("1", ""));
        clock.Gone += TimeSpan.FromSeconds(1);
        Assert.Null(labels.FindUrl("1", ""));
    }

    private async Task<string> AskAsync(params string[] items)
    {
        using var answer = await PostAsync(Body(items));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private Task<HttpResponseMessage> PostAsync(string body) =>
        server.Client.PostAsync("/api/v1/labels", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    private static string Body(params string[] items) => new JObject { ["items"] = new JArray(items) }.ToString();

    private static string Hex(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Gone { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Gone.Ticks;
    }
}
