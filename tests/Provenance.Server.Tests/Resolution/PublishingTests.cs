using System.Net;
using System.Text;
using Newtonsoft.Json.Linq;
using Provenance.Server.Resolution;
using Provenance.Server.Storage;
using Provenance.Server.Tests.Storage;
using Provenance.TestKit;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Xunit;

namespace Provenance.Server.Tests.Resolution;

/// <summary>Who may register what, and what is told of it afterwards.</summary>
public sealed class PublishingTests : StoringServerTests
{
    [Fact]
    public async Task A_store_alone_is_registered_by_its_active_manifest_and_given_back_as_it_is()
    {
        var asset = StoringServer.Signed("alone", change: builder => builder.With(StoringServer.SoftBinding("alg.one", [1, 2], [3])));
        using var answer = await Server.PublishAsync(asset.Store);
        string text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        Assert.Equal($"/v1/manifests/{Uri.EscapeDataString(asset.ActiveLabel)}", answer.Headers.Location!.OriginalString);
        Assert.Equal(
            $$"""{"manifestId":"{{asset.ActiveLabel}}","bindings":[{"alg":"alg.one","source":"credential"},{"alg":"alg.one","source":"credential"}]}""", text);

        using var got = await Server.GetAsync(asset.ActiveLabel);
        Assert.Equal((HttpStatusCode.OK, "application/c2pa"), (got.StatusCode, got.Content.Headers.ContentType!.ToString()));
        Assert.Equal(asset.Store, await got.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("public, no-cache", got.Headers.CacheControl!.ToString());

        using var again = new HttpRequestMessage(HttpMethod.Get, answer.Headers.Location);
        again.Headers.IfNoneMatch.Add(got.Headers.ETag!);
        using var unchanged = await Server.Client.SendAsync(again, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(["0102 | 1", "03 | 1"], await Database.AskAsync("SELECT value, source FROM soft_bindings ORDER BY id"));
    }

    [Fact]
    public async Task An_asset_that_holds_its_store_is_compared_with_it()
    {
        var asset = StoringServer.Signed("embedded");
        var changed = (byte[])asset.Bytes.Clone();
        changed[^10] ^= 1;
        await RefusedAsync(Server.PublishAsync(changed), HttpStatusCode.UnprocessableEntity, "The content, a statement or the signature is not what was signed.");
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(asset.Bytes)));
        using var got = await Server.GetAsync(asset.ActiveLabel);
        Assert.Equal(asset.Store, await got.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task An_asset_and_its_store_beside_it_are_compared_too()
    {
        var asset = new ManifestBuilder("beside").Created().SignedBy(StoringServer.Signer).Sidecar(TestJpeg.Small());
        var changed = (byte[])asset.Bytes.Clone();
        changed[^10] ^= 1;
        await RefusedAsync(Server.PublishAsync(("file", changed), ("manifest", asset.Store)), HttpStatusCode.UnprocessableEntity, "The content, a statement or the signature is not what was signed.");
        await RefusedAsync(
            Server.PublishAsync(("file", StoringServer.Signed("own").Bytes), ("manifest", asset.Store)), HttpStatusCode.UnprocessableEntity, "The file holds a manifest store of its own: send it without another one.");
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(("file", asset.Bytes), ("manifest", asset.Store))));
    }

    [Fact]
    public async Task What_does_not_hold_is_not_registered()
    {
        var sound = StoringServer.Signed("sound");
        var claim = (byte[])sound.Store.Clone();
        claim[sound.CosePart.Start + sound.CosePart.Length - 1] ^= 1;
        (byte[] Body, string Detail)[] cases =
        [
            (claim, "The content, a statement or the signature is not what was signed."),
            (StoringServer.Signed("unknown", StoringServer.Stranger).Store, "No trust list of this server knows who signed it."),
            (StoringServer.Signed("expired", StoringServer.Expired).Store, "The signer's certificate is not in force, and no trusted time stamp says when it was signed."),
            (new ManifestBuilder("silent").SignedBy(StoringServer.Signer).Embed(TestJpeg.Small()).Store, "What was signed breaks a rule of the standard, or needs what is not supported."),
            (StoringServer.Signed("unbound", change: builder => builder.BoundBy()).Store, "What was signed breaks a rule of the standard, or needs what is not supported."),
            (sound.Store[..^1], "There is no manifest store that can be read in what was sent."),
            (TestJpeg.Small().Bytes, "There is no manifest store that can be read in what was sent."),
            ([], "There is no manifest store that can be read in what was sent."),
            (StoringServer.Signed("label", change: builder => builder.Labelled("urn:c2pa:" + new string('a', 292))).Store, "The label of the active manifest is no identifier: 1 to 300 visible ASCII characters are expected."),
        ];
        foreach (var (body, detail) in cases)
            await RefusedAsync(Server.PublishAsync(body), HttpStatusCode.UnprocessableEntity, detail);
        Assert.Equal(["0"], await Database.AskAsync("SELECT count(*) FROM manifests"));
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(sound.Store)));
    }

    [Fact]
    public async Task An_ingredient_that_does_not_hold_keeps_it_out()
    {
        var broken = StoringServer.Signed("broken parent", change: builder => builder.Cose(cose => cose.SignatureChange = signature => [(byte)(signature[0] ^ 1), .. signature[1..]]));
        var asset = new ManifestBuilder("child").Opened(broken).SignedBy(StoringServer.Signer).Embed(TestJpeg.Small());
        await RefusedAsync(Server.PublishAsync(asset.Store), HttpStatusCode.UnprocessableEntity, "The credential of something it was made from does not hold.");
    }

    [Fact]
    public async Task Unknown_issuers_are_taken_where_the_operator_says_so()
    {
        await using var database = await TestDatabase.MakeAsync(Engine.Sqlite);
        await using var server = await StoringServer.StartAsync(database, settings => settings with { AcceptUnknownIssuers = true });
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(server.PublishAsync(StoringServer.Signed("unknown", StoringServer.Stranger).Store)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(server.PublishAsync(StoringServer.Signed("expired", StoringServer.Expired).Store)));
    }

    [Fact]
    public async Task The_active_manifest_can_be_had_alone()
    {
        var parent = StoringServer.Signed("parent");
        var child = new ManifestBuilder("child").Opened(parent).SignedBy(StoringServer.Signer).Embed(TestJpeg.Small());
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(child.Store)));

        using var whole = await Server.GetAsync(child.ActiveLabel);
        using var active = await Server.GetAsync(child.ActiveLabel, "?returnActiveManifest=true");
        Assert.NotEqual(whole.Headers.ETag, active.Headers.ETag);
        var bytes = await active.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal([child.ActiveLabel], TestBox.Parse(bytes).Children.Where(box => box.IsSuperbox).Select(box => box.Label));
        // The signature is over what is there; what it was made from is missing.
        var report = await Provenance.Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(bytes), VerificationPolicy.WithoutTrustAnchorsUnsafe(StoringServer.Now), Cancellation);
        Assert.True(report.Manifests[0].SignatureHolds);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Server.GetAsync(parent.ActiveLabel))); // it was never registered itself
    }

    [Fact]
    public async Task A_store_that_holds_what_no_signature_covers_is_refused()
    {
        string label = StoringServer.Signed("junk").ActiveLabel;
        TestBox[] junk = [TestBox.Super("json", label, TestBox.Content("json", "{}"u8.ToArray())), TestBox.Content("free", [1, 2, 3])];
        foreach (var box in junk)
        {
            var asset = StoringServer.Signed("junk", change: builder => builder.Store(store => store.Children.Insert(0, box)));
            await RefusedAsync(Server.PublishAsync(asset.Store), HttpStatusCode.UnprocessableEntity, "The manifest store holds boxes that are no manifests of a known type, which no signature covers.");
            // Stores that were registered before may hold some: it is not what is given out as the active manifest.
            var without = TestBox.Parse(asset.Store);
            without.Children.RemoveAt(0);
            Assert.Equal(without.ToBytes(), ActiveManifest.Alone(asset.Store, label));
        }
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(StoringServer.Signed("junk").Store)));
    }

    [Fact]
    public async Task A_watermark_is_taken_from_the_credential_and_not_on_a_publishers_word()
    {
        var asset = StoringServer.Signed("mark", change: builder => builder.With(StoringServer.SoftBinding("com.adobe.trustmark.P", [1])));
        await RefusedAsync(Server.PublishAsync(("file", asset.Store), ("fingerprints", """[{"alg":"io.iscc.v0","value":"AgM="},{"alg":"com.adobe.trustmark.P","value":"AgM="}]"""u8.ToArray())),
            HttpStatusCode.UnprocessableEntity, "Fingerprint 2 is the value of a watermark: those are taken only from a soft binding in the credential.");
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(("file", asset.Store), ("fingerprints", """[{"alg":"io.iscc.v0","value":"AgM="}]"""u8.ToArray()))));
        Assert.Equal(["com.adobe.trustmark.P | 01 | 1", "io.iscc.v0 | 0203 | 2"], await Database.AskAsync("SELECT algorithm, value, source FROM soft_bindings ORDER BY id"));
    }

    [Fact]
    public async Task A_compressed_manifest_can_be_had_alone_too()
    {
        var asset = StoringServer.Signed("compressed", change: builder => builder.Compressed());
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(asset.Bytes)));
        using var active = await Server.GetAsync(asset.ActiveLabel, "?returnActiveManifest=true");
        Assert.Equal(asset.Store, await active.Content.ReadAsByteArrayAsync(Cancellation)); // there is no other one to leave out
    }

    [Fact]
    public async Task The_same_again_is_told_to_be_there_and_another_store_is_a_conflict()
    {
        var asset = StoringServer.Signed("one");
        var other = StoringServer.Signed("one", change: builder => builder.Titled("Another"));
        Assert.Equal(asset.ActiveLabel, other.ActiveLabel);
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(asset.Store)));
        using var again = await Server.PublishAsync(("file", asset.Store), ("fingerprints", """[{"alg":"alg.two","value":"AgM="}]"""u8.ToArray()));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal($$"""{"manifestId":"{{asset.ActiveLabel}}","bindings":[]}""", await again.Content.ReadAsStringAsync(Cancellation)); // the further one is not there
        await RefusedAsync(Server.PublishAsync(other.Store), HttpStatusCode.Conflict, "Another store is registered under the label of this active manifest.");
    }

    [Fact]
    public async Task Publishing_needs_a_key_that_allows_it()
    {
        var store = StoringServer.Signed("keys").Store;
        string without = await Server.MakeKeyAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Server.SendAsync(HttpMethod.Post, "/v1/manifests", new ByteArrayContent(store), "")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Server.PublishAsync(store, Server.Key[..^1] + (Server.Key[^1] == 'A' ? 'B' : 'A'))));
        await Task.Delay(ApiKeys.Fresh, Cancellation); // so long another node may not know of a key
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Server.PublishAsync(store, without)));
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(store)));
    }

    [Fact]
    public async Task Only_who_published_withdraws_and_then_it_stays_withdrawn()
    {
        var asset = StoringServer.Signed("withdrawn");
        string other = await Server.MakeKeyAsync("publish");
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(asset.Store)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Server.WithdrawAsync(asset.ActiveLabel, "")));
        await RefusedAsync(Server.WithdrawAsync(asset.ActiveLabel, other), HttpStatusCode.Forbidden, "It was registered with another key.");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Server.GetAsync(asset.ActiveLabel)));

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(Server.WithdrawAsync(asset.ActiveLabel)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Server.GetAsync(asset.ActiveLabel)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Server.WithdrawAsync(asset.ActiveLabel)));
        await RefusedAsync(Server.PublishAsync(asset.Store), HttpStatusCode.Conflict, "The store of this active manifest was withdrawn with this key, or by whoever runs this server, and stays so.");
        await Task.Delay(ApiKeys.Fresh, Cancellation); // so long another node may not know of a key
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(asset.Store, other)));
    }

    [Fact]
    public async Task Fingerprints_beside_the_credential_are_kept_as_the_publishers_word()
    {
        var asset = StoringServer.Signed("given", change: builder => builder.With(StoringServer.SoftBinding("alg.one", [1])));
        using var answer = await Server.PublishAsync(("file", asset.Store), ("fingerprints", """[{"alg":"alg.two","value":"AgM="},{"alg":"alg.one","value":"AQ=="}]"""u8.ToArray()));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var bindings = (JArray)JObject.Parse(await answer.Content.ReadAsStringAsync(Cancellation))["bindings"]!;
        Assert.Equal(["alg.one credential", "alg.two publisher"], bindings.Select(binding => $"{binding["alg"]} {binding["source"]}")); // what the signer says need not be said again
        Assert.Equal(["alg.one | 01 | 1", "alg.two | 0203 | 2"], await Database.AskAsync("SELECT algorithm, value, source FROM soft_bindings ORDER BY id"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""[{"alg":"a"}]""")]
    [InlineData("""[{"alg":"a","value":"AA==","more":1}]""")]
    [InlineData("""[{"alg":"a","alg":"b","value":"AA=="}]""")]
    [InlineData("""[{"alg":1,"value":"AA=="}]""")]
    [InlineData("""[{"alg":"a","value":"no Base-64"}]""")]
    [InlineData("""[{"alg":"a","value":"AA =="}]""")]
    [InlineData("""[{"alg":"a","value":"AB=="}]""")]
    [InlineData("""[{"alg":"a","value":"AA=="}] []""")]
    [InlineData("""[{"alg":"a","value":"AA==","quality":101}]""")]
    [InlineData("""[{"alg":"a","value":"AA==","quality":-1}]""")]
    [InlineData("""[{"alg":"a","value":"AA==","quality":"good"}]""")]
    [InlineData("[[[[[[]]]]]]")]
    public async Task A_list_of_fingerprints_that_is_none_is_refused(string list) =>
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(Server.PublishAsync(("file", StoringServer.Signed("list").Store), ("fingerprints", Encoding.UTF8.GetBytes(list)))));

    [Fact]
    public async Task So_many_fingerprints_are_taken_and_no_more()
    {
        static byte[] List(int count) => Encoding.UTF8.GetBytes(new JArray(Enumerable.Range(0, count).Select(i => new JObject { ["alg"] = "a", ["value"] = Convert.ToBase64String(BitConverter.GetBytes(i)) })).ToString());
        var store = StoringServer.Signed("many").Store;
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(Server.PublishAsync(("file", store), ("fingerprints", List(PublicationReader.MostFingerprints + 1)))));
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(("file", store), ("fingerprints", List(PublicationReader.MostFingerprints)))));
    }

    [Fact]
    public async Task A_fingerprint_that_cannot_be_kept_is_refused_and_one_of_the_credential_passed_over()
    {
        byte[] longest = new byte[1024], tooLong = new byte[1025];
        var asset = StoringServer.Signed("long", change: builder => builder.With(StoringServer.SoftBinding("alg", longest, tooLong, [])));
        string given = $$"""[{"alg":"alg","value":"{{Convert.ToBase64String(tooLong)}}"}]""";
        await RefusedAsync(Server.PublishAsync(("file", asset.Store), ("fingerprints", Encoding.UTF8.GetBytes(given))), HttpStatusCode.UnprocessableEntity,
            "Fingerprint 1 is of no algorithm that is looked up here, or none of its values, or tells too little.");
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(asset.Store)));
        Assert.Equal(["1024"], await Database.AskAsync("SELECT length(value) FROM soft_bindings"));
    }

    [Fact]
    public async Task Hashes_of_pictures_with_little_to_tell_are_not_kept()
    {
        var store = StoringServer.Signed("quality").Store;
        string Hash(byte first, int quality) => $$"""[{"alg":"{{SoftBindingAlgorithm.Pdq}}","value":"{{Convert.ToBase64String([first, .. Seeded.Bytes("a picture", 31)])}}","quality":{{quality}}}]""";
        string blank = $$"""[{"alg":"{{SoftBindingAlgorithm.Pdq}}","value":"{{Convert.ToBase64String(new byte[32])}}"}]""";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(Server.PublishAsync(("file", store), ("fingerprints", Encoding.UTF8.GetBytes(Hash(1, 49))))));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(Server.PublishAsync(("file", store), ("fingerprints", Encoding.UTF8.GetBytes(blank)))));
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(("file", store), ("fingerprints", Encoding.UTF8.GetBytes(Hash(1, 50))))));
    }

    [Fact]
    public async Task The_part_of_the_content_that_a_value_stands_for_is_kept()
    {
        CborFields[] blocks =
        [
            new() { { "scope", new CborFields { { "timespan", new CborFields { { "start", 0 }, { "end", 1500 } } } } }, { "value", new byte[] { 1 } } },
            new() { { "scope", new CborFields() }, { "value", new byte[] { 2 } } },
        ];
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(StoringServer.Signed("parts", change: builder => builder.With(StoringServer.SoftBinding("alg", blocks))).Store)));
        Assert.Equal(["""01 | {"start":0,"end":1500}""", "02 | "], await Database.AskAsync("SELECT value, part FROM soft_bindings ORDER BY id"));
    }

    [Fact]
    public async Task Stores_up_to_the_limit_are_taken()
    {
        var asset = StoringServer.Signed("limit");
        await using var database = await TestDatabase.MakeAsync(Engine.Sqlite);
        await using (var server = await StoringServer.StartAsync(database, settings => settings with { MostStoreBytes = asset.Store.Length - 1 }))
            await RefusedAsync(server.PublishAsync(asset.Store), HttpStatusCode.RequestEntityTooLarge, $"A manifest store may have {asset.Store.Length - 1} bytes.");
        await using (var server = await StoringServer.StartAsync(database, settings => settings with { MostStoreBytes = asset.Store.Length }))
            Assert.Equal(HttpStatusCode.Created, await StatusAsync(server.PublishAsync(asset.Store)));
    }

    [Fact]
    public async Task There_are_no_receipts_and_nothing_under_unknown_labels()
    {
        Assert.Equal(HttpStatusCode.NotImplemented, await StatusAsync(Server.Client.GetAsync("/v1/manifests/urn:c2pa:x/receipts", Cancellation)));
        using var answer = await Server.GetAsync("urn:c2pa:x");
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Server.GetAsync(new string('x', 1000))));
    }

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        return answer.StatusCode;
    }

    private static async Task RefusedAsync(Task<HttpResponseMessage> asking, HttpStatusCode status, string detail)
    {
        using var answer = await asking;
        string text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == status, $"{text} where expected: {detail}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(detail, (string?)JObject.Parse(text)["detail"]);
    }
}
