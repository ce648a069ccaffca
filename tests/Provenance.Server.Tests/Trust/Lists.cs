using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Provenance.Server.Page;
using Provenance.Server.Settings;
using Provenance.Server.Trust;
using Provenance.TestKit;
using Provenance.TrustStore;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Server.Tests.Trust;

/// <summary>A folder of installed lists, an operator's key, and servers over them.</summary>
public sealed class Lists : IAsyncDisposable
{
    public static readonly TestAuthority One = TestAuthority.Root("One"), Two = TestAuthority.Root("Two"), Time = TestAuthority.Root("Time");

    private readonly string _folder = Directory.CreateTempSubdirectory("provenance-lists-").FullName;
    private readonly StandInPage _page = new();
    private readonly List<WebApplication> _servers = [];

    internal TrustFolder Folder => new(PathOf("trust"));

    internal DateTimeOffset Now { get; set; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What the settings say, unless a test says otherwise.</summary>
    internal TrustSettings Settings => new() { Folder = Folder.Path, WatchSeconds = 1 };

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string Save(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    /// <summary>A key and its certificate, which signed itself.</summary>
    internal TrustSigningSettings Key(string name = "operator", ECCurve? curve = null)
    {
        using var key = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new() { Certificate = Save(name + ".pem", System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem())), Key = Save(name + ".key", System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem())) };
    }

    /// <summary>The digest by which a certificate is pinned.</summary>
    public static string PinOf(string certificateFile)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(certificateFile, Path.ChangeExtension(certificateFile, ".key"));
        return Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
    }

    public Task InstallOfficialAsync(int number = 1, params TestAuthority[] authorities) => InstallAsync(
        ListCandidate.OfTrustedEntities(TestLists.TrustedEntities(TestLists.Signers, number, $"2026-05-{number:00}T00:00:00Z", authorities is [] ? [One] : authorities)), Sources.Official[0].JsonUrl);

    public Task InstallPemAsync(string name, bool isForTimeStamps = false, byte[]? purposes = null) =>
        InstallAsync(ListCandidate.OfPem(name, TestLists.Pem(isForTimeStamps ? Time : Two), purposes, null, isForTimeStamps), PathOf(name));

    internal async Task InstallAsync(ListCandidate candidate, string source)
    {
        using var turn = Folder.Lock();
        Assert.NotNull(turn);
        var installer = new ListInstaller(Folder, new ListDialog(Words.English, TextWriter.Null, TextWriter.Null, null), Now) { AcceptsShrink = true };
        Assert.NotEqual(InstallResult.Kept, await installer.InstallAsync(candidate, source));
    }

    internal void Remove(string id)
    {
        using var turn = Folder.Lock();
        var installer = new ListInstaller(Folder, new ListDialog(Words.English, TextWriter.Null, TextWriter.Null, null), Now);
        installer.Remove(installer.Find(id)!);
    }

    /// <summary>What a server that starts now trusts.</summary>
    internal async Task<CurrentTrust> TrustAsync(TrustSettings? settings = null, string? settingsFile = null, string? ownFolder = null, ILogger? log = null)
    {
        settings ??= Settings;
        var source = new TrustSource(settings, settingsFile);
        var clock = new PinnedClock(Now);
        return new(source, source.Load(), new IndexSequence(ownFolder, clock, log ?? NullLogger.Instance), await ListSigning.ReadAsync(settings.Signing), settings, clock);
    }

    /// <summary>A server on a free port, and a client that asks it.</summary>
    internal async Task<(HttpClient Client, IServiceProvider Services)> ServeAsync(TrustSettings? settings = null)
    {
        var server = ServerApplication.Build(new ServerOptions(new() { Trust = settings ?? Settings, Storage = new() { Connection = $"Data Source={PathOf("provenance.db")}" }, Clock = Now }, Urls: "http://127.0.0.1:0"), PageFiles.Read(_page.Folder));
        _servers.Add(server);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return (new HttpClient { BaseAddress = new Uri(server.Urls.Single()) }, server.Services);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.StopAsync();
            await server.DisposeAsync();
        }
        _page.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
