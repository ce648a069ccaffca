using System.Net;
using Provenance.Server.Guards;
using Xunit;

namespace Provenance.Server.Tests.Guards;

/// <summary>Keys: who has one, who has none, who guesses.</summary>
public sealed class ApiKeyTests
{
    private const string Publish = "/api/test/publish";

    [Fact]
    public async Task Who_has_a_key_is_let_in_under_its_name()
    {
        await using var server = await GuardedServer.StartAsync();
        using var answer = await server.AskAsync("POST", Publish, RateTests.Bearer(GuardedServer.RightKey));
        Assert.Equal("agency", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("POST", Publish, ("authorization", $"bearer  {GuardedServer.RightKey}")));
    }

    [Fact]
    public async Task No_key_a_wrong_key_and_what_is_no_key_are_told_the_same()
    {
        await using var server = await GuardedServer.StartAsync();
        var answers = new HashSet<string>();
        foreach (string? authorization in (string?[])[null, "Bearer pk_wrong", "Bearer ", "Bearer", "Basic cGtfcmlnaHQ6", GuardedServer.RightKey, "Bearer " + new string('k', 257)])
        {
            using var answer = await server.AskAsync("POST", Publish, authorization is null ? [] : [("Authorization", authorization)]);
            await GuardedServer.AssertProblemAsync(Problems.KeyNeeded, answer);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
            answers.Add(string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key.ToUpperInvariant() is not ("X-REQUEST-ID" or "DATE")).Select(header => $"{header.Key}: {string.Join(',', header.Value)}"))
                + await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        Assert.Single(answers);
        string two = await server.ExchangeAsync($"POST {Publish} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {GuardedServer.RightKey}\r\nAuthorization: Bearer {GuardedServer.RightKey}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401", two, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_does_not_allow_it_is_told_so()
    {
        await using var server = await GuardedServer.StartAsync();
        using var answer = await server.AskAsync("POST", Publish, RateTests.Bearer(GuardedServer.KeyWithoutScope));
        await GuardedServer.AssertProblemAsync(Problems.Forbidden, answer);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_where_none_is_needed_too()
    {
        await using var server = await GuardedServer.StartAsync();
        using var answer = await server.AskAsync("GET", "/api/test/read", RateTests.Bearer("pk_wrong"));
        await GuardedServer.AssertProblemAsync(Problems.KeyNeeded, answer);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/api/test/read"));
    }

    [Fact]
    public async Task Guesses_beyond_ten_have_to_wait_and_nobody_with_a_key_does()
    {
        await using var server = await GuardedServer.StartAsync();
        var statuses = new List<HttpStatusCode>();
        for (int i = 0; i < 60; i++)
            statuses.Add(await server.StatusAsync("POST", Publish, RateTests.Bearer($"pk_{i}")));
        int refused = statuses.Count(status => status == HttpStatusCode.TooManyRequests);
        Assert.InRange(refused, 40, 50); // one is given back each second
        Assert.DoesNotContain(HttpStatusCode.OK, statuses);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("POST", Publish, RateTests.Bearer(GuardedServer.RightKey)));
    }

    [Fact]
    public async Task J15_keys_are_in_no_line_of_the_log_at_any_level()
    {
        await using var server = await GuardedServer.StartAsync();
        await server.StatusAsync("POST", Publish, RateTests.Bearer(GuardedServer.RightKey));
        await server.StatusAsync("POST", Publish, RateTests.Bearer("pk_wrong_and_secret"));
        Assert.Equal(2, (await server.Log.WaitAsync(2, line => line.Contains("api/test/publish ", StringComparison.Ordinal))).Count);
        Assert.DoesNotContain(GuardedServer.RightKey, server.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain("pk_wrong", server.Log.All, StringComparison.Ordinal);
    }
}
