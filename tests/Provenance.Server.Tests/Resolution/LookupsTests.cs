using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Provenance.Server.Fingerprints;
using Provenance.Server.Resolution;
using Provenance.Server.Settings;
using Provenance.Server.Storage;
using Provenance.Server.Tests.Fingerprints;
using Provenance.Server.Tests.Guards;
using Provenance.Server.Tests.Storage;
using Provenance.Server.Tests.Trust;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Trust;
using Xunit;

namespace Provenance.Server.Tests.Resolution;

/// <summary>Look-ups that do not tell what is looked for.</summary>
public sealed class LookupsTests : StoringServerTests
{
    private static readonly PdqHash Registered = Hashes.Any(new Random(1));

    [Fact]
    public async Task Slots_lead_to_the_hash_and_the_hash_to_the_manifest()
    {
        string id = await Fingerprinted.RegisterAsync(Server, "private", (SoftBindingAlgorithm.Pdq, Registered.ToBytes()));
        using var answer = await PostAsync("pdq", Request(0, At(3), Other(3), At(12), Other(12)));
        string text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal((HttpStatusCode.OK, "application/json", "no-store"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.ToString()));
        Assert.Equal($$"""{"entries":[[2,"{{Registered.ToBase64()}}"]],"cut":[]}""".Replace("+", "\\u002B", StringComparison.Ordinal), text.Replace("+", "\\u002B", StringComparison.Ordinal));

        using var manifests = await PostAsync("entries", """{"ids":[2,2,77]}""");
        Assert.Equal($$"""{"entries":[{"id":2,"manifestId":"{{id}}"}]}""", await manifests.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_slot_a_bit_away_is_found_with_radius_1_only()
    {
        await Fingerprinted.RegisterAsync(Server, "near", (SoftBindingAlgorithm.Pdq, Registered.ToBytes()));
        var near = new SlotValue(15, (ushort)(Registered.Slot(15) ^ 0x8000));
        Assert.Equal(0, await CountAsync(Request(0, near)));
        Assert.Equal(1, await CountAsync(Request(1, near)));
    }

    [Fact]
    public async Task Seven_slots_are_answered_and_eight_would_be_half_of_the_hash()
    {
        Assert.Equal(0, await CountAsync(Request(0, [.. Enumerable.Range(0, 7).Select(At)])));
        using var refused = await PostAsync("pdq", Request(0, [.. Enumerable.Range(0, 8).Select(At)]));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("128 bits", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pdq", "{}")]
    [InlineData("pdq", """{"pairs":[]}""")]
    [InlineData("pdq", """{"pairs":[null]}""")]
    [InlineData("pdq", """{"pairs":[{"slot":1}]}""")]
    [InlineData("pdq", """{"pairs":[{"value":"abcd"}]}""")]
    [InlineData("pdq", """{"pairs":[{"slot":null,"value":"abcd"}]}""")]
    [InlineData("pdq", """{"pairs":[{"slot":0,"value":"abcd"},{"value":"abce"}]}""")]
    [InlineData("pdq", """{"pairs":[{"slot":-1,"value":"abcd"}]}""")]
    [InlineData("entries", "{}")]
    [InlineData("entries", """{"ids":null}""")]
    [InlineData("entries", """{"ids":[null]}""")]
    [InlineData("pdq", """{"pairs":[{"slot":16,"value":"abcd"}]}""")]
    [InlineData("pdq", """{"pairs":[{"slot":1,"value":"ABCD"}]}""")]
    [InlineData("pdq", """{"pairs":[{"slot":1,"value":"abc"}]}""")]
    [InlineData("pdq", """{"pairs":[{"slot":1,"value":"abcde"}]}""")]
    [InlineData("pdq", """{"pairs":[{"slot":1,"value":"abcd"},{"slot":1,"value":"abcd"}]}""")]
    [InlineData("pdq", """{"pairs":[{"slot":1,"value":"abcd"}],"radius":2}""")]
    [InlineData("pdq", """{"pairs":[{"slot":1,"value":"abcd"}],"hash":"00"}""")]
    [InlineData("entries", """{"ids":[]}""")]
    [InlineData("entries", """{"ids":["x"]}""")]
    public async Task Anything_else_is_refused(string address, string body)
    {
        using var answer = await PostAsync(address, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Slot_0_is_asked_for_by_its_number_and_every_required_number_of_a_body_is_required_by_the_reader()
    {
        Assert.Equal(0, await CountAsync(Request(0, At(0))));
        var bodies = typeof(LookupRequest).Assembly.GetTypes().Where(type => typeof(ControllerBase).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
            .Where(parameter => parameter.IsDefined(typeof(FromBodyAttribute), false)).Select(parameter => parameter.ParameterType).Append(typeof(LookupPair)).ToList();
        Assert.Contains(typeof(LookupRequest), bodies);
        var numbers = bodies.SelectMany(type => type.GetProperties()).Where(property => property.PropertyType.IsValueType && property.IsDefined(typeof(RequiredMemberAttribute), false)).ToList();
        Assert.NotEmpty(numbers);
        Assert.All(numbers, property => Assert.True(property.IsDefined(typeof(JsonRequiredAttribute), false), $"{property.DeclaringType!.Name}.{property.Name}"));
    }

    [Fact]
    public async Task A_hundred_entries_are_answered_and_one_more_is_refused()
    {
        foreach (var (count, status) in new[] { (100, HttpStatusCode.OK), (101, HttpStatusCode.BadRequest) })
        {
            using var answer = await PostAsync("entries", $$"""{"ids":[{{string.Join(',', Enumerable.Range(1, count))}}]}""");
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_list_of_fingerprints_is_handed_on_where_the_operator_says_so_and_signed_where_there_is_a_key()
    {
        using var closed = await Server.Client.GetAsync("/api/v1/fingerprints", Cancellation);
        Assert.Equal(HttpStatusCode.NotImplemented, closed.StatusCode);

        string one = await Fingerprinted.RegisterAsync(Server, "one", (SoftBindingAlgorithm.Pdq, Registered.ToBytes()), ("io.iscc.v0", [1]));
        string two = await Fingerprinted.RegisterAsync(Server, "two", (SoftBindingAlgorithm.Pdq, Registered.ToBytes()));
        await using var lists = new Lists();
        await using var open = await StoringServer.StartAsync(Database, resolution: new() { HandsOnFingerprints = true }, signing: lists.Key());
        await StoringServer.UntilAsync(open.IsReadyAsync, "ready");
        using var answer = await open.Client.GetAsync("/api/v1/fingerprints", Cancellation);
        byte[] list = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal((HttpStatusCode.OK, "public, no-cache"), (answer.StatusCode, answer.Headers.CacheControl!.ToString()));
        var json = JObject.Parse(Encoding.UTF8.GetString(list));
        Assert.Equal((1, SoftBindingAlgorithm.Pdq), ((int)json["version"]!, (string)json["alg"]!));
        Assert.Contains($"\"issued\":\"{StoringServer.Now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\"", Encoding.UTF8.GetString(list), StringComparison.Ordinal);
        Assert.Equal([(Registered.ToBase64(), one), (Registered.ToBase64(), two)], json["entries"]!.Select(entry => ((string)entry[0]!, (string)entry[1]!)));

        byte[] signature = await open.Client.GetByteArrayAsync("/api/v1/fingerprints.p7s", Cancellation);
        Assert.True((await ListSignature.CheckAsync(list, signature, null, new SystemCrypto())).IsGood);
        list[10] ^= 1;
        Assert.False((await ListSignature.CheckAsync(list, signature, null, new SystemCrypto())).IsGood);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/fingerprints");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await open.Client.SendAsync(again, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task A_withdrawal_is_missing_in_the_list_at_once_and_a_registration_is_there_within_a_minute()
    {
        await using var open = await StoringServer.StartAsync(Database, resolution: new() { HandsOnFingerprints = true });
        string one = await Fingerprinted.RegisterAsync(open, "one", (SoftBindingAlgorithm.Pdq, Registered.ToBytes()));
        string two = await Fingerprinted.RegisterAsync(open, "two", (SoftBindingAlgorithm.Pdq, Registered.ToBytes()));
        await StoringServer.UntilAsync(open.IsReadyAsync, "ready");
        Assert.Equal([one, two], await ListedAsync());
        string three = await Fingerprinted.RegisterAsync(open, "three", (SoftBindingAlgorithm.Pdq, Registered.ToBytes()));
        Assert.Equal([one, two], await ListedAsync()); // the clock stands still
        (await open.WithdrawAsync(one)).Dispose();
        Assert.Equal([two, three], await ListedAsync());

        async Task<List<string>> ListedAsync() =>
            [.. JObject.Parse(await open.Client.GetStringAsync("/api/v1/fingerprints", Cancellation))["entries"]!.Select(entry => (string)entry[1]!)];
    }

    [Fact]
    public async Task A_list_is_made_again_a_minute_after_it_changed_and_a_day_after_it_was_issued()
    {
        var clock = new ManualClock();
        var state = new StorageState(NullLogger<StorageState>.Instance);
        state.Filled();
        var (entries, settings) = (new PdqEntries(), new ResolutionSettings { HandsOnFingerprints = true });
        var store = new RegisteredManifests(Server.Services.GetRequiredService<StorageDatabase>(), TimeProvider.System);
        using var list = new FingerprintList(new BindingSearch(new KnownAlgorithms(settings), entries, store, state), entries, store, settings, clock);

        var first = await list.GetAsync(Cancellation);
        clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.Same(first, await list.GetAsync(Cancellation));
        clock.Advance(TimeSpan.FromSeconds(1));
        var second = await list.GetAsync(Cancellation);
        Assert.NotEqual(first.File.Bytes, second.File.Bytes);

        entries.Apply([new BindingChange(1, SoftBindingAlgorithm.Pdq, Registered.ToBytes())], 1);
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Same(second, await list.GetAsync(Cancellation));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotSame(second, await list.GetAsync(Cancellation));
    }

    private static SlotValue At(int slot) => new(slot, Registered.Slot(slot));

    private static SlotValue Other(int slot) => new(slot, (ushort)(Registered.Slot(slot) ^ 0xffff));

    /// <summary>A question for buckets.</summary>
    internal static string Request(int radius, params SlotValue[] pairs)
        => new JObject { ["pairs"] = new JArray(pairs.Select(pair => new JObject { ["slot"] = pair.Slot, ["value"] = $"{pair.Value:x4}" })), ["radius"] = radius }.ToString();

    private Task<HttpResponseMessage> PostAsync(string address, string body) => Server.SendAsync(HttpMethod.Post, $"/api/v1/lookups/{address}", new StringContent(body, Encoding.UTF8, "application/json"), "");

    private async Task<int> CountAsync(string request)
    {
        using var answer = await PostAsync("pdq", request);
        return JObject.Parse(await answer.Content.ReadAsStringAsync(Cancellation))["entries"]!.Count();
    }
}
