using Provenance.Server.Settings;
using Xunit;

namespace Provenance.Server.Tests.Settings;

/// <summary>What may stand in the settings; whatever else stands there keeps the server from starting.</summary>
public sealed class SettingsReaderTests : IDisposable
{
    /// <summary>A file of the first version, as it was written when that was the newest. It is never changed: it must be read for as long as version 1 is.</summary>
    private const string Yesterdays = """
        {
          // comments may stand here
          "version": 1,
          "clock": "2026-01-31T12:00:00Z",
          "verification": { "bodyBytes": 10485760, "fetchesUrls": false },
          "trust": { "folder": "/var/lib/provenance/trust", "anchors": ["one.pem", "two.pem"], "signing": {} },
          "resolution": {},
          "storage": { "connection": "Data Source=/var/lib/provenance/provenance.db" },
          "guards": {
            "hosts": ["c2pa.example.org"],
            "proxies": ["10.0.0.0/8", "::1"],
            "origins": ["https://example.org"],
            "address": { "perSecond": 0.5, "burst": 20 },
            "key": { "perSecond": 100 },
            "concurrency": 500, "queue": 50, "requestSeconds": 60, "drainSeconds": 5, "stopSeconds": 20
          },
          "telemetry": { "logLevel": "Information", "logForm": "Json", "port": 9464, "address": "0.0.0.0", "otlp": "http://127.0.0.1:4318" },
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("provenance-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_a_file_the_settings_are_those_of_a_server_that_works() => Assert.Empty(SettingsReader.Read(null).Complaints());

    [Fact]
    public void Yesterdays_file_is_read()
    {
        var settings = Read(Yesterdays);
        Assert.Equal(DateTimeOffset.Parse("2026-01-31T12:00:00Z", null), settings.Clock);
        Assert.Equal(10_485_760, settings.Verification.BodyBytes);
        Assert.Equal(["one.pem", "two.pem"], settings.Trust.Anchors);
        Assert.Equal("Data Source=/var/lib/provenance/provenance.db", settings.Storage.Connection);
        Assert.Equal(["10.0.0.0/8", "::1"], settings.Guards.Proxies);
        Assert.Equal(0.5, settings.Guards.Address.PerSecond);
        Assert.Equal(100, settings.Guards.Key.PerSecond);
        Assert.Equal(new GuardSettings().Key.Burst, settings.Guards.Key.Burst); // what is left out is as it was made
        Assert.Equal(LogForm.Json, settings.Telemetry.LogForm);
        Assert.Equal(9464, settings.Telemetry.Port);
    }

    [Theory]
    [InlineData("""{"version": 2, "somethingNew": {}}""", "version is not 1")]
    [InlineData("""{"version": 0}""", "version is not 1")]
    [InlineData("""{"version": "one"}""", "version is not 1")]
    [InlineData("""{"somethingNew": {}}""", "somethingNew is no setting; there are version, clock,")]
    [InlineData("""{"guards": {"host": ["a"]}}""", "guards.host is no setting; guards has hosts,")]
    [InlineData("""{"guards": {"address": {"perMinute": 5}}}""", "guards.address.perMinute is no setting; guards.address has perSecond, burst.")]
    [InlineData("""{"guards": {"queue": "many"}}""", "guards.queue is not a whole number.")]
    [InlineData("""{"guards": {"queue": 1.5}}""", "guards.queue is not a whole number.")]
    [InlineData("""{"guards": {"queue": 99999999999}}""", "guards.queue is not a whole number.")]
    [InlineData("""{"guards": {"queue": [1]}}""", "guards.queue is not a whole number.")]
    [InlineData("""{"guards": {"queue": null}}""", "guards.queue is not a whole number.")]
    [InlineData("""{"guards": {"hosts": "a"}}""", "guards.hosts is not a list of texts.")]
    [InlineData("""{"guards": {"hosts": {"a": "b"}}}""", "guards.hosts is not a list of texts.")]
    [InlineData("""{"guards": {"hosts": [["a"]]}}""", "guards.hosts is not a list of texts.")]
    [InlineData("""{"guards": {"hosts": [null]}}""", "guards.hosts is not a list of texts.")]
    [InlineData("""{"guards": "open"}""", "guards is a part with settings of its own")]
    [InlineData("""{"verification": {"fetchesUrls": "perhaps"}}""", "verification.fetchesUrls is not true or false.")]
    [InlineData("""{"clock": "noon"}""", "clock is not a time")]
    [InlineData("""{"telemetry": {"logForm": "Xml"}}""", "telemetry.logForm is not one of Text, Json.")]
    [InlineData("""{"guards": {"concurrency": 0}}""", "guards.concurrency is 0; it goes from 1")]
    [InlineData("""{"guards": {"concurrency": 100001}}""", "guards.concurrency is 100001; it goes from 1 to 100000.")]
    [InlineData("""{"guards": {"concurrencyPerClient": 0}}""", "guards.concurrencyPerClient is 0; it goes from 1 to 100000.")]
    [InlineData("""{"verification": {"bodiesPerClient": 0}}""", "verification.bodiesPerClient is 0; a number from 1 to 10000")]
    [InlineData("""{"verification": {"urlsPerClient": 0}}""", "verification.urlsPerClient is 0; a number from 1 to 256")]
    [InlineData("""{"guards": {"address": {"burst": 9}}}""", "guards.address.burst is 9")]
    [InlineData("""{"guards": {"key": {"perSecond": 0}}}""", "guards.key.perSecond is 0")]
    [InlineData("""{"guards": {"key": {"perSecond": "NaN"}}}""", "guards.key.perSecond is NaN")]
    [InlineData("""{"telemetry": {"port": 65536}}""", "telemetry.port is 65536")]
    [InlineData("""{"telemetry": {"otlp": "ftp://collector"}}""", "telemetry.otlp is no address of a collector")]
    [InlineData("""{"telemetry": {"address": "localhost"}}""", "telemetry.address is \"localhost\"")]
    [InlineData("""{"version": 1, "version": 1}""", "cannot be read")]
    [InlineData("""{"version": 1""", "cannot be read")]
    [InlineData("""[]""", "cannot be read")]
    [InlineData("", "cannot be read")]
    public void What_is_not_understood_is_refused_with_a_sentence(string json, string says)
    {
        var refused = Assert.Throws<SettingsException>(() => Read(json));
        Assert.StartsWith("The settings cannot be ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"guards": {"concurrency": 1}}""")]
    [InlineData("""{"guards": {"concurrency": 100000}}""")]
    [InlineData("""{"guards": {"concurrencyPerClient": 1}, "verification": {"bodiesPerClient": 1, "urlsPerClient": 1}}""")]
    [InlineData("""{"guards": {"concurrencyPerClient": 100000}, "verification": {"bodiesPerClient": 10000, "urlsPerClient": 256}}""")]
    [InlineData("""{"guards": {"address": {"burst": 10}}}""")]
    [InlineData("""{"guards": {"key": {"perSecond": 0.001}}}""")]
    [InlineData("""{"telemetry": {"port": 65535}}""")]
    [InlineData("""{"telemetry": {"port": null, "otlp": null}}""")]
    [InlineData("""{"guards": {"hosts": []}}""")]
    [InlineData("""{"guards": {}}""")]
    [InlineData("{}")]
    public void What_is_in_bounds_is_read(string json) => Assert.Equal(1, Read(json).Version);

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        var refused = Assert.Throws<SettingsException>(() => SettingsReader.Read(Path.Combine(_folder, "nothing.json")));
        Assert.Contains("nothing.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_are_not_repeated_where_they_may_be_passwords()
    {
        var refused = Assert.Throws<SettingsException>(() => Read("""{"guards": {"queue": "Password=s3cr3t"}, "storage": {"connexion": "Password=s3cr3t"}}"""));
        Assert.DoesNotContain("s3cr3t", refused.Message, StringComparison.Ordinal);
        Assert.Contains("storage.connexion is no setting", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_comes_before_the_file()
    {
        using var page = new StandInPage();
        string file = Save("""{"version": 1, "guards": {"hosts": ["file.example"], "drainSeconds": 0}}""");
        var environment = new Dictionary<string, string> { ["PROVENANCE_SERVER_GUARDS__HOSTS__0"] = "environment.example", ["PROVENANCE_HOME"] = _folder };
        await using var server = await ServerProcess.StartAsync(Repository.Server, environment, "--urls", "http://127.0.0.1:0", "--page", page.Folder, "--settings", file);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync("environment.example"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 421", await AskAsync("file.example"), StringComparison.Ordinal);

        Task<string> AskAsync(string host) => Wire.ExchangeAsync(server.Address, $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    }

    [Theory]
    [InlineData("PROVENANCE_SERVER_GUARDS__QUEU", "1", "guards.queu is no setting")]
    [InlineData("PROVENANCE_SERVER_GUARDS__QUEUE", "many", "guards.queue is not a whole number.")]
    [InlineData("PROVENANCE_SERVER_VERSION", "2", "version is not 1")]
    public async Task What_is_not_understood_in_the_environment_keeps_the_server_from_starting(string name, string value, string says)
    {
        using var page = new StandInPage();
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [Repository.Server, "--urls", "http://127.0.0.1:0", "--page", page.Folder]) { RedirectStandardError = true };
        start.Environment[name] = value;
        using var process = System.Diagnostics.Process.Start(start)!;
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains(says, error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private ServerSettings Read(string json) => SettingsReader.Read(Save(json));

    private string Save(string json)
    {
        string file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, json);
        return file;
    }
}
