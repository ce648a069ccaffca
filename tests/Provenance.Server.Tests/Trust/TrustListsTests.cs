using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Provenance.Server.Settings;
using Provenance.TestKit;
using Provenance.TrustStore;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Trust;
using Xunit;

namespace Provenance.Server.Tests.Trust;

/// <summary>What the server hands on, over HTTP: the index, the lists, and the signatures over both.</summary>
public sealed class TrustListsTests : IAsyncDisposable
{
    private readonly Lists _lists = new();

    public ValueTask DisposeAsync() => _lists.DisposeAsync();

    [Fact]
    public async Task The_index_names_every_list_with_its_issue()
    {
        await _lists.InstallOfficialAsync();
        await _lists.InstallPemAsync("Our partners");
        var (client, _) = await _lists.ServeAsync();
        using var answer = await client.GetAsync("/api/v1/trust-lists", Token);
        byte[] bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, no-cache", Assert.Single(answer.Headers.GetValues("Cache-Control")));
        Assert.Equal($"\"{Sha256(bytes)}\"", answer.Headers.ETag!.ToString());

        var index = ServedIndex.Parse(bytes);
        Assert.Equal((new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), null), (index.Issued, index.Signature));
        Assert.Equal(new DateTimeOffset(_lists.Folder.Changed!.Value, TimeSpan.Zero).ToUnixTimeMilliseconds(), index.Sequence);
        byte[] official = _lists.Folder.Read(_lists.Folder.ReadIndex()![0], _lists.Folder.ReadIndex()![0].Main);
        Assert.Equal(
            [
                new("C2PA Trust List", "any", "/api/v1/trust-lists/c2pa-signers", Sha256(official), new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero), 1, Sources.Official[0].JsonUrl, null),
                new("Our partners", "anchors", "/api/v1/trust-lists/our-partners", Sha256(TestLists.Pem(Lists.Two)), _lists.Now, 0, null, null),
            ],
            index.Lists);
        Assert.Equal(official, await client.GetByteArrayAsync(index.Lists[0].Url, Token));
        Assert.Equal(TestLists.Pem(Lists.Two), await client.GetByteArrayAsync(index.Lists[1].Url, Token));
    }

    [Theory]
    [InlineData("/api/v1/trust-lists")]
    [InlineData("/api/v1/trust-lists.p7s")]
    [InlineData("/api/v1/trust-lists/c2pa-signers")]
    [InlineData("/api/v1/trust-lists/c2pa-signers.p7s")]
    public async Task A_tag_saves_sending_it_again_and_HEAD_sends_nothing(string address)
    {
        await _lists.InstallOfficialAsync();
        var (client, _) = await _lists.ServeAsync(_lists.Settings with { Signing = _lists.Key() });
        using var first = await client.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.False(first.Headers.ETag!.IsWeak);
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(first.Headers.ETag));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(new EntityTagHeaderValue("\"another\"")));

        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), Token);
        Assert.Equal((HttpStatusCode.OK, first.Headers.ETag, first.Content.Headers.ContentLength), (head.StatusCode, head.Headers.ETag, head.Content.Headers.ContentLength));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
        using var post = await client.PostAsync(address, null, Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);

        async Task<HttpStatusCode> StatusAsync(EntityTagHeaderValue tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { tag } } };
            using var answer = await client.SendAsync(request, Token);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task With_a_key_everything_is_signed_over_exactly_its_bytes()
    {
        await _lists.InstallOfficialAsync();
        var key = _lists.Key();
        string pin = Lists.PinOf(key.Certificate!);
        var (client, _) = await _lists.ServeAsync(_lists.Settings with { Signing = key });
        byte[] index = await client.GetByteArrayAsync("/api/v1/trust-lists", Token);
        var list = ServedIndex.Parse(index).Lists.Single();
        Assert.Equal("/api/v1/trust-lists.p7s", ServedIndex.Parse(index).Signature);
        Assert.Equal(list.Url + ".p7s", list.Signature);

        await CheckAsync(index, ServedIndex.Parse(index).Signature!);
        await CheckAsync(await client.GetByteArrayAsync(list.Url, Token), list.Signature!);

        async Task CheckAsync(byte[] content, string address)
        {
            using var answer = await client.GetAsync(address, Token);
            Assert.Equal("application/pkcs7-signature", answer.Content.Headers.ContentType!.ToString());
            byte[] signature = await answer.Content.ReadAsByteArrayAsync(Token);
            var check = await ListSignature.CheckAsync(content, signature, pin, new SystemCrypto());
            Assert.True(check.IsGood, check.Reason);
            content[^2] ^= 1;
            Assert.False((await ListSignature.CheckAsync(content, signature, pin, new SystemCrypto())).IsGood);
            // Made once, not for each request.
            Assert.Equal(signature, await client.GetByteArrayAsync(address, Token));
        }
    }

    [Theory]
    [InlineData("/api/v1/trust-lists.p7s")]
    [InlineData("/api/v1/trust-lists/c2pa-signers.p7s")]
    [InlineData("/api/v1/trust-lists/nobody")]
    [InlineData("/api/v1/trust-lists/..%2fc2pa-signers")]
    public async Task What_is_not_there_is_told_as_a_problem(string address)
    {
        await _lists.InstallOfficialAsync();
        var (client, _) = await _lists.ServeAsync();
        using var answer = await client.GetAsync(address, Token);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Who_hands_nothing_on_has_no_index()
    {
        await _lists.InstallOfficialAsync();
        var (client, _) = await _lists.ServeAsync(_lists.Settings with { HandsOn = false });
        foreach (string address in new[] { "/api/v1/trust-lists", "/api/v1/trust-lists/c2pa-signers" })
        {
            using var answer = await client.GetAsync(address, Token);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task What_others_would_take_for_more_than_it_is_stays_here()
    {
        byte[] purposes = "1.3.6.1.5.5.7.3.36"u8.ToArray();
        await _lists.InstallPemAsync("Plain");
        await _lists.InstallPemAsync("Clocks", isForTimeStamps: true);
        await _lists.InstallPemAsync("With purposes", purposes: purposes);
        await _lists.InstallAsync(ListCandidate.OfInterim(TestLists.Pem(Lists.One), null, null), "/interim");
        await _lists.InstallAsync(ListCandidate.OfPem("C2PA Trust List", TestLists.Pem(Lists.One), null, null, false, "c2pa-signers"), "/official.pem");
        await _lists.InstallAsync(ListCandidate.OfTrustedEntities(TestLists.TrustedEntities("Foreign", 1, "2026-05-01T00:00:00Z", Lists.One)), "/foreign.json");
        await _lists.InstallAsync(ListCandidate.OfTrustedEntities(TestLists.TrustedEntities("Foreign clocks", 1, "2026-05-01T00:00:00Z", Lists.Time), null, null, isForTimeStamps: true), "/foreign.json");
        await _lists.InstallAsync(ListCandidate.OfCertificates(System.Text.Encoding.ASCII.GetBytes(Lists.One.Issue("Reporter").Pem)), "/reporter.pem");

        var trust = await _lists.TrustAsync();
        Assert.Equal([("plain", "anchors"), ("clocks", "time-stamp-anchors"), ("foreign", "any")], trust.Loaded.Handed.Select(list => (list.Id, list.Role)));
        // They count here all the same.
        Assert.Equal(8, trust.Loaded.Choice.Lists.Count);
    }

    [Fact]
    public async Task Files_of_the_settings_are_handed_on_too()
    {
        string anchors = _lists.Save("own.pem", TestLists.Pem(Lists.One)), clocks = _lists.Save("own-clocks.pem", TestLists.Pem(Lists.Time)), people = _lists.Save("people.pem", TestLists.Pem(Lists.Two));
        string bad = _lists.Save("bad.json", """{"format":"provenance-list","version":1,"kind":"incidents","name":"Bad","sequenceNumber":3,"issued":"2026-05-01T00:00:00Z","incidents":[{"authoritySha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","reason":"r"}]}"""u8.ToArray());
        var trust = await _lists.TrustAsync(_lists.Settings with { Anchors = [anchors, anchors], TimeStampAnchors = [clocks], IdentityAnchors = [people], Incidents = [bad] });
        Assert.Equal([("own-pem", "anchors"), ("own-pem-2", "anchors"), ("own-clocks-pem", "time-stamp-anchors"), ("people-pem", "identity-anchors"), ("bad-json", "incidents")], trust.Loaded.Handed.Select(list => (list.Id, list.Role)));
        var policy = trust.Current.PolicyAt(_lists.Now);
        Assert.Equal(["own.pem", "own.pem", "own-clocks.pem", "people.pem"], trust.Loaded.Choice.Lists.Select(list => list.Name));
        Assert.Single(policy.Incidents);
    }

    [Theory]
    [InlineData(ServedIndex.MostLists, true)]
    [InlineData(ServedIndex.MostLists + 1, false)]
    public async Task More_than_anybody_takes_is_told_at_the_start(int count, bool isTaken)
    {
        string file = _lists.Save("own.pem", TestLists.Pem(Lists.One));
        var settings = _lists.Settings with { Anchors = [.. Enumerable.Repeat(file, count)] };
        if (isTaken)
            Assert.Equal(count, (await _lists.TrustAsync(settings)).Loaded.Handed.Count);
        else
            await Assert.ThrowsAsync<SettingsException>(() => _lists.TrustAsync(settings));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
