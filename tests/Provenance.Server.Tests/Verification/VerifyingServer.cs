using System.Net.Http.Headers;
using System.Text.Json;
using Xunit;

[assembly: AssemblyFixture(typeof(Provenance.Server.Tests.Verification.VerifyingServer))]

namespace Provenance.Server.Tests.Verification;

/// <summary>A server whose clock stands still, and whose spool the tests can look into.</summary>
public class VerifyingServer : IAsyncLifetime
{
    /// <summary>Small, so that tests reach the bounds: bodies, and those that stay in memory.</summary>
    public const int BodyBytes = 24 << 20, MemoryBodyBytes = 1 << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("provenance-server-").FullName;
    private readonly StandInPage _page = new();
    private ServerProcess? _process;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public Uri Address => _process!.Address;

    public int ProcessId => _process!.Id;

    private string Spool => Path.Combine(_folder, "spool");

    public IReadOnlyList<string> SpoolFiles => Directory.Exists(Spool) ? Directory.GetFiles(Spool) : [];

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Spool);
        await File.WriteAllTextAsync(Path.Combine(Spool, "left-behind.spool"), "of a server that was killed");
        _process = await StartAsync(new { bodyBytes = BodyBytes, memoryBodyBytes = MemoryBodyBytes, memoryBytes = 16 << 20, spoolFolder = Spool, bodiesPerClient = 1000 });
        Client.BaseAddress = _process.Address;
    }

    /// <summary>A server of a test's own.</summary>
    public Task<ServerProcess> StartAsync(object verification) => ServerProcess.StartAsync(Arguments(verification));

    /// <summary>What to start one with.</summary>
    public string[] Arguments(object verification)
    {
        string file = Path.Combine(_folder, $"{Guid.NewGuid():N}.json");
        var lists = new { folder = "", anchors = CommandLine.Anchors, timeStampAnchors = CommandLine.TimeStampAnchors };
        var guards = new { address = new { perSecond = 1_000_000, burst = 1_000_000 }, concurrencyPerClient = 1000 };
        var storage = new { connection = $"Data Source={file}.db" };
        File.WriteAllText(file, JsonSerializer.Serialize(new { clock = CommandLine.Time, verification, trust = lists, guards, storage }));
        return ["--urls", "http://127.0.0.1:0", "--page", _page.Folder, "--settings", file];
    }

    /// <summary>Sends a file as the body.</summary>
    public Task<HttpResponseMessage> SendAsync(ReadOnlyMemory<byte> file, string query = "", string? mediaType = null)
    {
        var content = new ReadOnlyMemoryContent(file);
        if (mediaType is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return Client.PostAsync("/api/v1/verify" + query, content, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a file as part of a form.</summary>
    public async Task<HttpResponseMessage> SendFormAsync(byte[] file, string? name, byte[]? manifest = null, string query = "")
    {
        using var form = new MultipartFormDataContent();
        if (manifest is not null)
            form.Add(new ByteArrayContent(manifest), "manifest", "store.c2pa");
        if (name is null)
            form.Add(new ByteArrayContent(file), "file");
        else
            form.Add(new ByteArrayContent(file), "file", name);
        return await Client.PostAsync("/api/v1/verify" + query, form, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
        _page.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>One that a class of tests has for itself, since it counts what is there.</summary>
public sealed class OwnVerifyingServer : VerifyingServer;
