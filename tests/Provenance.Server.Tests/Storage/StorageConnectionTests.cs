using Npgsql;
using Provenance.Server.Storage;
using Xunit;

namespace Provenance.Server.Tests.Storage;

/// <summary>Which database a setting names.</summary>
public sealed class StorageConnectionTests
{
    [Fact]
    public void Without_a_setting_it_is_a_file_in_the_folder_for_our_data()
    {
        var connection = StorageConnection.Parse(null);
        Assert.Equal(DatabaseKind.Sqlite, connection.Kind);
        Assert.Equal(Path.Combine(Environment.GetEnvironmentVariable("PROVENANCE_HOME")!, "server", "provenance.db"), connection.File);
    }

    [Theory]
    [InlineData("Data Source=/var/lib/x.db", "/var/lib/x.db")]
    [InlineData("data source=\"/var/lib/a;b.db\"", "/var/lib/a;b.db")]
    public void A_data_source_is_a_file_of_SQLite(string setting, string file) => Assert.Equal(file, StorageConnection.Parse(setting).File);

    [Theory]
    [InlineData("Host=db;Database=provenance;Username=me", "db", 5432, "provenance", "me")]
    [InlineData("Server=db;Database=provenance", "db", 5432, "provenance", null)]
    [InlineData("postgres://me:pass%40word@db:6543/prov%20enance?sslmode=verify-full", "db", 6543, "prov enance", "me")]
    [InlineData("postgresql:///provenance?host=/run/postgresql&user=me", "/run/postgresql", 5432, "provenance", "me")]
    public void A_host_or_an_address_is_PostgreSQL(string setting, string host, int port, string name, string? user)
    {
        var connection = StorageConnection.Parse(setting);
        Assert.Equal((DatabaseKind.Postgres, null), (connection.Kind, connection.File));
        var read = new NpgsqlConnectionStringBuilder(connection.Text);
        Assert.Equal((host, port, name, user), (read.Host, read.Port, read.Database, read.Username));
        if (setting.Contains("pass%40word", StringComparison.Ordinal))
            Assert.Equal(("pass@word", SslMode.VerifyFull), (read.Password, read.SslMode));
        Assert.False(read.IncludeErrorDetail);
    }

    [Theory]
    [InlineData("provenance.db")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=file:x?mode=memory")]
    [InlineData("Data Source=x.db;Mode=Memory")]
    [InlineData("Host=db;Colour=red")]
    [InlineData("Host=db;Port=many")]
    [InlineData("postgres://db:port/x")]
    [InlineData("postgres://db/x?colour=red")]
    [InlineData("postgres://db/x?sslmode=perhaps")]
    [InlineData("mysql://secret@db/x")]
    public void Anything_else_is_refused_without_repeating_it(string setting)
    {
        string? complaint = StorageConnection.Complaint(setting);
        Assert.NotNull(complaint);
        Assert.EndsWith(".", complaint, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", complaint, StringComparison.Ordinal);
        Assert.DoesNotContain("red", complaint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1024, 2)]
    [InlineData(1, 1024, 1)]
    [InlineData(61, 1024, 2)]
    [InlineData(60, 1023, 2)]
    [InlineData(60, 33_554_433, 2)]
    [InlineData(60, 33_554_432, 1)]
    public void Settings_have_bounds(int seconds, int bytes, int expected) =>
        Assert.Equal(expected - 1, new Server.Settings.StorageSettings { PollSeconds = seconds, MostStoreBytes = bytes }.Complaints().Count());
}
