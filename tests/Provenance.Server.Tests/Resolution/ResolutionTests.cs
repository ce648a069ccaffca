using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Newtonsoft.Json.Linq;
using Provenance.Server.Fingerprints;
using Provenance.Server.Guards;
using Provenance.Server.Resolution;
using Provenance.Server.Settings;
using Provenance.Server.Storage;
using Provenance.Server.Tests.Fingerprints;
using Provenance.Server.Tests.Storage;
using Provenance.Server.Verification;
using Xunit;

namespace Provenance.Server.Tests.Resolution;

/// <summary>Soft bindings lead to registered manifests, in the shapes of the public API (C2PA Soft Binding Resolution API 2.4).</summary>
public sealed class ResolutionTests : StoringServerTests
{
    private static readonly PdqHash Sought = Hashes.Any(new Random(1));

    [Fact]
    public async Task A_hash_leads_to_manifests_up_to_a_distance_of_31_the_nearest_first()
    {
        var random = new Random(2);
        string far = await RegisterAsync("far", (SoftBindingAlgorithm.Pdq, Sought.Turned(random, 31).ToBytes()));
        string near = await RegisterAsync("near", (SoftBindingAlgorithm.Pdq, Sought.Turned(random, 5).ToBytes()));
        await RegisterAsync("too far", (SoftBindingAlgorithm.Pdq, Sought.Turned(random, 32).ToBytes()));
        Assert.Equal([(near, 98), (far, 88)], await FindAsync(SoftBindingAlgorithm.Pdq, Sought.ToBytes()));
    }

    [Fact]
    public async Task Of_equally_near_manifests_the_first_that_was_registered_comes_first_and_each_once()
    {
        string first = await RegisterAsync("first", (SoftBindingAlgorithm.Pdq, Sought.ToBytes()), (SoftBindingAlgorithm.Pdq, Sought.Turned(new Random(3), 1).ToBytes()));
        string second = await RegisterAsync("second", (SoftBindingAlgorithm.Pdq, Sought.ToBytes()));
        Assert.Equal([(first, 100), (second, 100)], await FindAsync(SoftBindingAlgorithm.Pdq, Sought.ToBytes()));
        Assert.Equal([(first, 100)], await FindAsync(SoftBindingAlgorithm.Pdq, Sought.ToBytes(), "&maxResults=1"));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(8001)]
    public async Task However_many_near_hashes_one_manifest_has_the_others_are_found(int copies)
    {
        byte[] near = Sought.Turned(new Random(5), 4).ToBytes();
        var store = Server.Services.GetRequiredService<IManifestStore>();
        string key = (await Database.AskAsync("SELECT id FROM api_keys"))[0];
        var crowd = Enumerable.Range(0, copies).Select(_ => new NewBinding(SoftBindingAlgorithm.Pdq, Sought.ToBytes(), BindingSource.Credential)).ToList();
        await store.PublishAsync(new NewManifest("crowd", new byte[] { 1 }, key, crowd), Cancellation);
        string behind = await RegisterAsync("behind", (SoftBindingAlgorithm.Pdq, near));
        string last = await RegisterAsync("last", (SoftBindingAlgorithm.Pdq, Sought.Turned(new Random(6), 31).ToBytes()));
        Assert.Equal([("crowd", 100), (behind, 98), (last, 88)], await FindAsync(SoftBindingAlgorithm.Pdq, Sought.ToBytes()));
        Assert.Equal([("crowd", 100), (behind, 98)], await FindAsync(SoftBindingAlgorithm.Pdq, Sought.ToBytes(), "&maxResults=2"));
        Assert.Equal([("crowd", 100)], await FindAsync(SoftBindingAlgorithm.Pdq, Sought.ToBytes(), "&maxResults=1"));
    }

    [Fact]
    public async Task Any_other_value_leads_to_those_who_have_it_byte_by_byte()
    {
        string one = "";
        foreach (var (algorithm, value) in new (string, byte[])[] { ("com.adobe.trustmark.P", [1, 2, 4]), ("com.adobe.trustmark.Q", [1, 2, 3]), ("com.adobe.trustmark.P", [1, 2, 3]) })
        {
            var asset = StoringServer.Signed($"{algorithm} {value[2]}", change: builder => builder.With(StoringServer.SoftBinding(algorithm, value)));
            Assert.Equal(HttpStatusCode.Created, await StatusAsync(Server.PublishAsync(asset.Store)));
            one = asset.ActiveLabel;
        }
        Assert.Equal([(one, 100)], await FindAsync("com.adobe.trustmark.P", [1, 2, 3]));
        Assert.Empty(await FindAsync("com.adobe.trustmark.P", [1, 2]));
        Assert.Empty(await FindAsync("io.iscc.v0", [1, 2, 3]));
    }

    [Fact]
    public async Task A_body_is_answered_as_an_address_is()
    {
        string id = await RegisterAsync("body", ("io.iscc.v0", [1, 2, 3]));
        using var answer = await PostAsync("/v1/matches/byBinding?maxResults=3", """{"alg":"io.iscc.v0","value":"AQID"}""");
        Assert.Equal((HttpStatusCode.OK, "application/json; charset=utf-8", "no-store"), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString(), answer.Headers.CacheControl!.ToString()));
        Assert.Equal($$"""{"matches":[{"manifestId":"{{id}}","similarityScore":100}]}""", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_withdrawn_manifest_is_found_no_more()
    {
        string id = await RegisterAsync("gone", (SoftBindingAlgorithm.Pdq, Sought.ToBytes()), ("io.iscc.v0", [7]));
        Assert.Single(await FindAsync(SoftBindingAlgorithm.Pdq, Sought.ToBytes()));
        (await Server.WithdrawAsync(id)).Dispose();
        Assert.Empty(await FindAsync(SoftBindingAlgorithm.Pdq, Sought.ToBytes()));
        Assert.Empty(await FindAsync("io.iscc.v0", [7]));
    }

    [Theory]
    [InlineData("", "?alg=io.iscc.v0", 400)]
    [InlineData("", "?value=AQID", 400)]
    [InlineData("", "?alg=io.iscc.v0&value=", 400)]
    [InlineData("", "?alg=io.iscc.v9&value=AQID", 400)]
    [InlineData("", "?alg=IO.ISCC.V0&value=AQID", 400)]
    [InlineData("", "?alg=io.iscc.v0&value=AQI", 400)]
    [InlineData("", "?alg=io.iscc.v0&value=AQ%20ID", 400)]
    [InlineData("", "?alg=io.iscc.v0&value=AB==", 400)]
    [InlineData("", "?alg=provenance.pdq.1&value=AQID", 400)]
    [InlineData("", "?alg=provenance.pdq.1&value=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D", 400)]
    [InlineData("", "?alg=io.iscc.v0&value=AQID&maxResults=0", 400)]
    [InlineData("", "?alg=io.iscc.v0&value=AQID&maxResults=-1", 400)]
    [InlineData("", "?alg=io.iscc.v0&value=AQID&maxResults=many", 400)]
    [InlineData("", "?alg=io.iscc.v0&value=AQID&maxResults=1", 200)]
    [InlineData("", "?alg=io.iscc.v0&value=AQID&maxResults=2147483647", 200)]
    [InlineData("{}", "", 400)]
    [InlineData("[]", "", 400)]
    [InlineData("""{"alg":"io.iscc.v0","value":"AQID","more":1}""", "", 400)]
    [InlineData("""{"alg":"io.iscc.v0","value":null}""", "", 400)]
    [InlineData("""{"alg":"io.iscc.v0","value":"AQID"}""", "?maxResults=0", 400)]
    [InlineData("""{"alg":"io.iscc.v0","value":"AQID"}""", "", 200)]
    public async Task A_query_that_is_not_understood_is_refused(string body, string query, int expected)
    {
        using var answer = body.Length == 0 ? await Server.Client.GetAsync("/v1/matches/byBinding" + query, Cancellation) : await PostAsync("/v1/matches/byBinding" + query, body);
        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Equal(expected == 200 ? "application/json" : "application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_address_takes_1400_characters_of_a_value_and_a_body_takes_1024_bytes()
    {
        Assert.Equal(HttpStatusCode.RequestUriTooLong, await StatusAsync(Server.Client.GetAsync($"/v1/matches/byBinding?alg=io.iscc.v0&value={new string('A', 1404)}", Cancellation)));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(Server.Client.GetAsync($"/v1/matches/byBinding?alg=io.iscc.v0&value={new string('A', 1400)}", Cancellation))); // 1050 bytes
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(PostAsync("/v1/matches/byBinding", $$"""{"alg":"io.iscc.v0","value":"{{Convert.ToBase64String(new byte[1024])}}"}""")));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(PostAsync("/v1/matches/byBinding", $$"""{"alg":"io.iscc.v0","value":"{{Convert.ToBase64String(new byte[1025])}}"}""")));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusAsync(PostAsync("/v1/matches/byBinding", new string(' ', 5000) + "{}")));
    }

    [Fact]
    public async Task Answers_have_the_shapes_of_the_public_API()
    {
        await RegisterAsync("shape", ("io.iscc.v0", [1]));
        var matches = await GetAsync("/v1/matches/byBinding?alg=io.iscc.v0&value=AQ==");
        var match = Assert.Single(Assert.IsType<JArray>(matches["matches"]));
        Assert.Equal((JTokenType.String, JTokenType.Integer), (match["manifestId"]!.Type, match["similarityScore"]!.Type));
        Assert.InRange((int)match["similarityScore"]!, 0, 100);

        var algorithms = await GetAsync("/v1/services/supportedAlgorithms");
        Assert.Equal(["fingerprints", "watermarks"], algorithms.Properties().Select(property => property.Name).Order());
        Assert.All(algorithms["watermarks"]!.Concat(algorithms["fingerprints"]!), item => Assert.Equal(JTokenType.String, item["alg"]!.Type));
        Assert.Contains("com.adobe.trustmark.P", algorithms["watermarks"]!.Select(item => (string)item["alg"]!));
        Assert.Contains(SoftBindingAlgorithm.Pdq, algorithms["fingerprints"]!.Select(item => (string)item["alg"]!));

        var status = await GetAsync("/v1/services/status");
        Assert.Contains((string)status["status"]!, (string[])["ok", "degraded", "down"]);
        Assert.Equal(StoringServer.Now, DateTimeOffset.Parse((string)status["timestamp"]!, System.Globalization.CultureInfo.InvariantCulture));

        var capabilities = await GetAsync("/v1/services/capabilities");
        Assert.Matches(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$", (string)capabilities["c2paSpecificationVersion"]!);
        Assert.Equal(["storeManifests"], capabilities["supportedCapabilities"]!.Select(item => (string)item!));

        var discovery = await GetAsync("/.well-known/c2pa-soft-binding-resolution");
        Assert.Equal(capabilities["c2paSpecificationVersion"], discovery["c2paSpecificationVersion"]);
        Assert.Equal("/v1", discovery["apiEndpoint"]);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Server.Client.GetAsync((string)discovery["statusEndpoint"]!, Cancellation)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Server.Client.GetAsync((string)discovery["capabilitiesEndpoint"]!, Cancellation)));
    }

    [Fact]
    public async Task Every_algorithm_that_is_named_can_be_asked_for()
    {
        var algorithms = await GetAsync("/v1/services/supportedAlgorithms");
        foreach (string name in algorithms["watermarks"]!.Concat(algorithms["fingerprints"]!).Select(item => (string)item["alg"]!))
            Assert.Empty(await FindAsync(name, Sought.ToBytes()));
    }

    [Fact]
    public async Task Contents_and_references_are_not_taken_unless_the_operator_says_so()
    {
        Assert.Equal(HttpStatusCode.NotImplemented, await StatusAsync(Server.Client.PostAsync("/v1/matches/byContent", new ByteArrayContent([1, 2, 3]), Cancellation)));
        Assert.Equal(HttpStatusCode.NotImplemented, await StatusAsync(PostAsync("/v1/matches/byReference", """{"referenceUrl":"https://a.example/","assetLength":3}""")));
    }

    [Fact]
    public async Task Content_leads_to_the_credential_and_the_bindings_inside_and_to_the_hint()
    {
        await using var server = await StoringServer.StartAsync(Database, resolution: new() { ByContent = true, ByReference = true });
        Assert.Equal(["storeManifests", "queryByContent", "queryByReference"], (await GetAsync("/v1/services/capabilities", server))["supportedCapabilities"]!.Select(item => (string)item!));
        var asset = StoringServer.Signed("content", change: builder => builder.With(StoringServer.SoftBinding("io.iscc.v0", [1, 2])));
        (await server.PublishAsync(asset.Store)).Dispose();
        string other = await RegisterAsync("other", ("io.iscc.v0", [1, 2]));
        string hinted = await RegisterAsync("hinted", (SoftBindingAlgorithm.Pdq, Sought.Turned(new Random(1), 20).ToBytes()));
        await StoringServer.UntilAsync(async () => (await FindAsync(SoftBindingAlgorithm.Pdq, Sought.ToBytes(), server: server)).Count == 1, "the other node's entry");

        // Damaged: what it says of itself is where to look.
        var damaged = (byte[])asset.Bytes.Clone();
        damaged[^10] ^= 1;
        Assert.Equal([(asset.ActiveLabel, 100), (other, 100)], await ByContentAsync(damaged, ""));
        Assert.Equal([(asset.ActiveLabel, 100), (other, 100), (hinted, 92)], await ByContentAsync(damaged, $"?hintAlg={SoftBindingAlgorithm.Pdq}&hintValue={Uri.EscapeDataString(Sought.ToBase64())}"));
        Assert.Equal([(asset.ActiveLabel, 100)], await ByContentAsync(damaged, "?alg=com.adobe.trustmark.P"));
        Assert.Equal([(asset.ActiveLabel, 100)], await ByContentAsync(damaged, "?maxResults=1"));
        Assert.Empty(await ByContentAsync("no picture"u8.ToArray(), ""));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(server.Client.PostAsync("/v1/matches/byContent?hintAlg=io.iscc.v0", new ByteArrayContent(damaged), Cancellation)));
        // To fetch is another matter, and was not allowed.
        Assert.Equal(HttpStatusCode.NotImplemented, await StatusAsync(PostAsync("/v1/matches/byReference", """{"referenceUrl":"https://a.example/"}""", server)));

        async Task<List<(string, int)>> ByContentAsync(byte[] content, string query)
        {
            using var answer = await server.Client.PostAsync("/v1/matches/byContent" + query, new ByteArrayContent(content), Cancellation);
            return Matches(await answer.Content.ReadAsStringAsync(Cancellation));
        }
    }

    [Fact]
    public void Nothing_is_said_of_hashes_before_all_of_them_are_there()
    {
        var state = new StorageState(NullLogger<StorageState>.Instance);
        var search = new BindingSearch(new KnownAlgorithms(new ResolutionSettings()), new PdqEntries(), null!, state);
        Assert.Equal(Problems.StorageUnavailable, Assert.Throws<RefusedException>(() => search.Pdq).Problem);
        state.Filled();
        Assert.Equal(0, search.Pdq.Count);
    }

    private Task<HttpResponseMessage> PostAsync(string address, string body, StoringServer? server = null)
        => (server ?? Server).SendAsync(HttpMethod.Post, address, new StringContent(body, Encoding.UTF8, "application/json"), "");

    private async Task<JObject> GetAsync(string address, StoringServer? server = null)
    {
        using var answer = await (server ?? Server).Client.GetAsync(address, Cancellation);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        using var reader = new Newtonsoft.Json.JsonTextReader(new StringReader(await answer.Content.ReadAsStringAsync(Cancellation))) { DateParseHandling = Newtonsoft.Json.DateParseHandling.None };
        return await JObject.LoadAsync(reader, Cancellation);
    }

    private async Task<List<(string Id, int Score)>> FindAsync(string algorithm, byte[] value, string query = "", StoringServer? server = null)
        => Matches((await GetAsync($"/v1/matches/byBinding?alg={algorithm}&value={Uri.EscapeDataString(Convert.ToBase64String(value))}{query}", server)).ToString());

    private static List<(string Id, int Score)> Matches(string json) => [.. JObject.Parse(json)["matches"]!.Select(match => ((string)match["manifestId"]!, (int)match["similarityScore"]!))];

    private async Task<string> RegisterAsync(string seed, params (string Algorithm, byte[] Value)[] fingerprints) => await Fingerprinted.RegisterAsync(Server, seed, fingerprints);

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> answer)
    {
        using var said = await answer;
        return said.StatusCode;
    }
}

/// <summary>Manifests that a publisher registers with fingerprints beside them.</summary>
internal static class Fingerprinted
{
    public static async Task<string> RegisterAsync(StoringServer server, string seed, params (string Algorithm, byte[] Value)[] fingerprints)
    {
        var asset = StoringServer.Signed(seed);
        var list = new JArray(fingerprints.Select(item => new JObject { ["alg"] = item.Algorithm, ["value"] = Convert.ToBase64String(item.Value) }));
        using var answer = await server.PublishAsync(("file", asset.Store), ("fingerprints", Encoding.UTF8.GetBytes(list.ToString())));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return asset.ActiveLabel;
    }
}
