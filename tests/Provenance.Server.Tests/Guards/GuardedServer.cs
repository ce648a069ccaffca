using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json.Linq;
using Provenance.Server.Guards;
using Provenance.Server.Page;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
using Xunit;

namespace Provenance.Server.Tests.Guards;

/// <summary>A server of this process, with settings of a test, a few addresses to ask, keys of its own, and its log.</summary>
internal sealed class GuardedServer : IAsyncDisposable
{
    public const string RightKey = "pk_right";
    public const string OtherKey = "pk_other";
    public const string KeyWithoutScope = "pk_plain";

    private readonly StandInPage _page = new();
    private readonly string _data = Directory.CreateTempSubdirectory("provenance-data-").FullName;

    private GuardedServer(WebApplication app, MemoryLog log, FakeKeys keys)
    {
        App = app;
        Log = log;
        Keys = keys;
    }

    public WebApplication App { get; private set; }

    public MemoryLog Log { get; }

    public FakeKeys Keys { get; }

    public Uri Address => new(App.Urls.Single());

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    public static Task<GuardedServer> StartAsync(GuardSettings? guards = null, Action<WebApplication>? map = null, LogLevel level = LogLevel.Trace) =>
        StartAsync(new ServerSettings { Guards = guards ?? new() }, map, level);

    public static async Task<GuardedServer> StartAsync(ServerSettings settings, Action<WebApplication>? map = null, LogLevel level = LogLevel.Trace, Action<IServiceCollection>? replace = null)
    {
        var log = new MemoryLog(level);
        var keys = new FakeKeys();
        var server = new GuardedServer(null!, log, keys);
        settings = settings with { Storage = settings.Storage with { Connection = $"Data Source={Path.Combine(server._data, "provenance.db")}" }, Trust = settings.Trust with { Folder = "" } };
        var app = ServerApplication.Build(new ServerOptions(settings, Urls: "http://127.0.0.1:0"), PageFiles.Read(server._page.Folder), services =>
        {
            services.AddSingleton<IApiKeys>(keys);
            services.AddLogging(logging => logging.ClearProviders().AddProvider(log).SetMinimumLevel(level));
            services.AddControllers().AddApplicationPart(typeof(EchoController).Assembly);
            replace?.Invoke(services);
        });
        app.MapGet("/api/test/read", (HttpContext context) => context.Connection.RemoteIpAddress!.ToString());
        app.MapPost("/api/test/dear", () => "dear").WithMetadata(new RequestCostAttribute(RequestCostAttribute.Verify));
        app.MapPost("/api/test/publish", (HttpContext context) => context.ApiKey()!.Name).WithMetadata(new NeedsKeyAttribute(ApiScopes.Publish));
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        server.App = app;
        server.Client.BaseAddress = server.Address;
        var health = app.Services.GetRequiredService<Health>();
        for (var patience = TimeSpan.FromSeconds(30); !health.IsReady && patience > TimeSpan.Zero; patience -= TimeSpan.FromMilliseconds(20))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        return server;
    }

    public async Task<HttpResponseMessage> AskAsync(string method, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<HttpStatusCode> StatusAsync(string method, string address, params (string Name, string Value)[] headers)
    {
        using var answer = await AskAsync(method, address, headers);
        return answer.StatusCode;
    }

    /// <summary>The answer to bytes on a connection of their own.</summary>
    public Task<string> ExchangeAsync(string request) => Wire.ExchangeAsync(Address, request);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
        _page.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>Checks that an answer is this problem, with nothing but what we say, and gives what it says.</summary>
    internal static async Task<JObject> AssertProblemAsync(Problem expected, HttpResponseMessage answer)
    {
        Assert.Equal(expected.Status, (int)answer.StatusCode);
        Assert.Equal(Problem.MediaType, answer.Content.Headers.ContentType?.ToString());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var problem = JObject.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(expected.Type, (string?)problem["type"]);
        Assert.Equal(expected.Title, (string?)problem["title"]);
        Assert.Equal(expected.Status, (int?)problem["status"]);
        Assert.Empty(problem.Properties().Select(property => property.Name).Except(["type", "title", "status", "detail"]));
        return problem;
    }

    internal sealed class FakeKeys : IApiKeys
    {
        private int _questions;

        public int Questions => _questions;

        public ValueTask<ApiKey?> FindAsync(string presented, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _questions);
            return ValueTask.FromResult(presented switch
            {
                RightKey => new ApiKey("1", "agency", [ApiScopes.Publish]),
                OtherKey => new ApiKey("2", "museum", [ApiScopes.Publish]),
                KeyWithoutScope => new ApiKey("3", "reader", []),
                _ => null,
            });
        }
    }
}
