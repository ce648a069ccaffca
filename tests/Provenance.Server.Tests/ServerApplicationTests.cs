using System.Net;
using Microsoft.AspNetCore.Builder;
using Provenance.Server.Page;
using Provenance.Server.Tests.Headers;
using Xunit;

namespace Provenance.Server.Tests;

/// <summary>What is added to the server beside the page: it goes before the page, and faults tell nothing.</summary>
public sealed class ServerApplicationTests : IAsyncLifetime
{
    private readonly StandInPage _page = new();
    private readonly HttpClient _client = new();
    private WebApplication _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = ServerApplication.Build(new ServerOptions(new(), Urls: "http://127.0.0.1:0"), PageFiles.Read(_page.Folder));
        _server.MapPost("/api/echo", () => "answered");
        _server.MapGet("/fault", string () => throw new InvalidOperationException(StandInPage.Secret));
        await _server.StartAsync(TestContext.Current.CancellationToken);
        _client.BaseAddress = new Uri(_server.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _page.Dispose();
    }

    [Fact]
    public async Task An_endpoint_answers_with_the_same_headers()
    {
        using var answer = await _client.PostAsync("/api/echo", null, TestContext.Current.CancellationToken);
        Assert.Equal("answered", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        SecurityHeadersTests.AssertHeaders(answer);
    }

    [Fact]
    public async Task An_endpoint_says_itself_which_methods_it_allows()
    {
        using var answer = await _client.GetAsync("/api/echo", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
        SecurityHeadersTests.AssertHeaders(answer);
    }

    [Fact]
    public async Task Everything_else_is_the_page()
    {
        Assert.Contains("The page", await _client.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var answer = await _client.GetAsync("/api/nothing", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_fault_of_ours_is_told_without_its_reason()
    {
        using var answer = await _client.GetAsync("/fault", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        string page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("The server made a mistake.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(StandInPage.Secret, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", page, StringComparison.Ordinal);
        SecurityHeadersTests.AssertHeaders(answer);
    }
}
