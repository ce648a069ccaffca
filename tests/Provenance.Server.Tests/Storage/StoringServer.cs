using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Provenance.Server.Page;
using Provenance.Server.Settings;
using Provenance.Server.Storage;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Server.Tests.Storage;

/// <summary>A server in this process over a database of a test, whose clock stands still, and which knows one authority.</summary>
internal sealed class StoringServer : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = TestTimeStampAuthority.UsualTime.AddDays(1);

    private static readonly TestAuthority s_root = TestAuthority.Root("Storage Root CA");

    private readonly StandInPage _page;
    private readonly WebApplication _server;
    private readonly string _folder;

    private StoringServer(StandInPage page, WebApplication server, string folder)
    {
        (_page, _server, _folder) = (page, server, folder);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Urls.Single()) };
    }

    /// <summary>A signer whom the server's list knows.</summary>
    public static TestCertificate Signer { get; } = s_root.Issue("Storage Signer");

    /// <summary>One whom it does not know.</summary>
    public static TestCertificate Stranger { get; } = TestAuthority.Root("Nobody's Root CA").Issue("Stranger");

    /// <summary>One whose certificate ran out before <see cref="Now"/>.</summary>
    public static TestCertificate Expired { get; } = s_root.Issue("Expired Signer", change: recipe => recipe.Valid(Now.AddYears(-2), Now.AddYears(-1)));

    public HttpClient Client { get; }

    /// <summary>A key that may publish.</summary>
    public string Key { get; private set; } = "";

    public IServiceProvider Services => _server.Services;

    public static async Task<StoringServer> StartAsync(TestDatabase database, Func<StorageSettings, StorageSettings>? change = null, bool makesKey = true, ResolutionSettings? resolution = null, TrustSigningSettings? signing = null)
    {
        string folder = Directory.CreateTempSubdirectory("provenance-storing-").FullName;
        string anchors = Path.Combine(folder, "anchors.pem");
        await File.WriteAllTextAsync(anchors, s_root.AnchorPem);
        var storage = new StorageSettings { Connection = database.Setting, PollSeconds = 1 };
        var settings = new ServerSettings
        {
            Clock = Now,
            Storage = change?.Invoke(storage) ?? storage,
            Trust = new() { Folder = "", Anchors = [anchors], Signing = signing ?? new() },
            Verification = new() { SpoolFolder = folder },
            Resolution = resolution ?? new() { FurtherFingerprints = ["alg", "alg.one", "alg.two", "alg.a", "alg.b", "a"] },
            Guards = new() { Address = Many, Key = Many },
        };
        var page = new StandInPage();
        var server = ServerApplication.Build(new ServerOptions(settings, Urls: "http://127.0.0.1:0"), PageFiles.Read(page.Folder));
        await server.StartAsync(TestContext.Current.CancellationToken);
        var storing = new StoringServer(page, server, folder);
        if (makesKey)
            storing.Key = await storing.MakeKeyAsync("publish");
        return storing;
    }

    private static RateSettings Many => new() { PerSecond = 100_000, Burst = 100_000 };

    public async Task<string> MakeKeyAsync(params string[] scopes) =>
        (await new ApiKeys(Services.GetRequiredService<StorageDatabase>(), TimeProvider.System).AddAsync("A publisher", scopes, TestContext.Current.CancellationToken)).Key;

    public static SignedAsset Signed(string seed, TestCertificate? signer = null, Func<ManifestBuilder, ManifestBuilder>? change = null)
    {
        var builder = new ManifestBuilder(seed).Created().SignedBy(signer ?? Signer);
        return (change?.Invoke(builder) ?? builder).Embed(TestJpeg.Small());
    }

    /// <summary>An assertion of a soft binding with a value that is a byte string.</summary>
    public static Assertion SoftBinding(string algorithm, params byte[][] values) => SoftBinding(algorithm, values.Select(value => new CborFields { { "scope", new CborFields() }, { "value", value } }));

    public static Assertion SoftBinding(string algorithm, IEnumerable<CborFields> blocks) =>
        Assertion.Cbor("c2pa.soft-binding", new CborFields { { "alg", algorithm }, { "blocks", blocks.ToArray() } });

    /// <summary>Publishes bytes as the body.</summary>
    public Task<HttpResponseMessage> PublishAsync(byte[] body, string? key = null) => SendAsync(HttpMethod.Post, "/v1/manifests", new ByteArrayContent(body), key ?? Key);

    /// <summary>Publishes a form.</summary>
    public Task<HttpResponseMessage> PublishAsync(params (string Name, byte[] Content)[] parts)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in parts)
            form.Add(new ByteArrayContent(content), name, name);
        return SendAsync(HttpMethod.Post, "/v1/manifests", form, Key);
    }

    public Task<HttpResponseMessage> WithdrawAsync(string id, string? key = null) => SendAsync(HttpMethod.Delete, $"/v1/manifests/{Uri.EscapeDataString(id)}", null, key ?? Key);

    public Task<HttpResponseMessage> GetAsync(string id, string query = "") => SendAsync(HttpMethod.Get, $"/v1/manifests/{Uri.EscapeDataString(id)}{query}", null, "");

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content, string key)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.ConnectionClose = true; // a body that is refused unread ends the connection
        if (key.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<bool> IsReadyAsync()
    {
        using var answer = await Client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Waits for something that background work brings about.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        for (int i = 0; i < 300; i++)
        {
            if (await isSo())
                return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Assert.Fail($"In 15 seconds: {what}.");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        _page.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
