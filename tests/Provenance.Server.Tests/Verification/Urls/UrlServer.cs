using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Provenance.Fetching;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
using Provenance.Server.Trust;
using Provenance.Server.Verification;
using Xunit;

namespace Provenance.Server.Tests.Verification.Urls;

/// <summary>A server in this process, whose names and connections lead where a test says.</summary>
internal sealed class UrlServer : IAsyncDisposable
{
    /// <summary>Stands still, so that two reports of the same are the same bytes.</summary>
    private static readonly PinnedClock s_clock = new(DateTimeOffset.UtcNow);

    private readonly WebApplication _server;
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(2) };

    private UrlServer(WebApplication server) => _server = server;

    /// <summary>What came of a request, and when.</summary>
    public sealed record Said(HttpStatusCode Status, string Body, TimeSpan After);

    public static async Task<UrlServer> StartAsync(GuardedNetwork network, VerificationSettings? settings = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(ServerApplication).Assembly.GetName().Name });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(ConnectionLimits.Set);
        builder.Services.AddSingleton<TimeProvider>(s_clock);
        builder.Services.AddApi();
        builder.Services.AddSingleton<ServerMetrics>();
        builder.Services.AddTrust(new TrustSettings { Folder = "" });
        builder.Services.AddSingleton(new GuardSettings { Hosts = ["b.example"] });
        builder.Services.AddSingleton(network);
        builder.Services.AddVerification(settings ?? new VerificationSettings { FetchesUrls = true, UrlsAtATime = 256, UrlsPerClient = 256, BodyBytes = 1 << 20 });
        var server = builder.Build();
        server.UseProblems();
        server.MapControllers();
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new(server);
    }

    public Task<Said> AskAsync(string url, string query = "") => PostAsync("/api/v1/verify-url" + query, new { url });

    public async Task<Said> PostAsync(string address, object body)
    {
        long start = Stopwatch.GetTimestamp();
        using var content = new StringContent(JsonConvert.SerializeObject(body), Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(new Uri(new Uri(_server.Urls.Single()), address), content, TestContext.Current.CancellationToken);
        return new(answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), Stopwatch.GetElapsedTime(start));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }
}
