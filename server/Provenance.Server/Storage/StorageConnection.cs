using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Provenance.TrustStore;

namespace Provenance.Server.Storage;

/// <summary>The two databases.</summary>
internal enum DatabaseKind
{
    /// <summary>A file, for one node.</summary>
    Sqlite,

    /// <summary>A server, for any number of nodes.</summary>
    Postgres,
}

/// <summary>Where the database is.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Text">The connection string, with what we insist on. May hold a password: never logged.</param>
/// <param name="File">The file of SQLite; null for PostgreSQL.</param>
internal sealed record StorageConnection(DatabaseKind Kind, string Text, string? File)
{
    /// <summary>The file's name where no setting says another one.</summary>
    public const string DefaultFile = "provenance.db";

    private const string Expected = "\"Data Source=FILE\", \"Host=…;Database=…\" or \"postgres://…\" is expected";

    /// <summary>How long a writer waits for another one of SQLite, and a command of PostgreSQL may take.</summary>
    public const int CommandSeconds = 15;

    private const int ConnectSeconds = 5;

    /// <summary>What is wrong with a setting: the sentence without its subject; null if nothing is.</summary>
    public static string? Complaint(string? setting)
    {
        try
        {
            _ = Parse(setting);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    /// <exception cref="FormatException">It is no such thing. The message repeats nothing of it.</exception>
    public static StorageConnection Parse(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
            return Sqlite(DefaultPath());
        if (PostgresAddress.IsOne(setting))
            return Postgres(PostgresAddress.Read(setting));
        var words = Words(setting);
        if (words.ContainsKey("Host") || words.ContainsKey("Server"))
            return Postgres(setting);
        if (words.Count == 1 && words.TryGetValue("Data Source", out object? file) && file is string { Length: > 0 } path)
            return Sqlite(path);
        throw new FormatException($"is neither database's: {Expected}.");
    }

    /// <summary>Where this server keeps files of its own: beside the file of SQLite, else where that would be; null where the account has no such place.</summary>
    /// <exception cref="FormatException">The setting is no such thing.</exception>
    public static string? FolderOf(string? setting) => Parse(setting).File is { } file ? Path.GetDirectoryName(file) : DefaultFolder();

    /// <summary>The same database, to be made if it is not there.</summary>
    public string TextThatCreates => Kind == DatabaseKind.Postgres ? Text : new SqliteConnectionStringBuilder(Text) { Mode = SqliteOpenMode.ReadWriteCreate }.ToString();

    private static DbConnectionStringBuilder Words(string setting)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = setting };
        }
        catch (ArgumentException)
        {
            throw new FormatException($"cannot be read: {Expected}.");
        }
    }

    private static StorageConnection Sqlite(string path)
    {
        // A database in memory would lose what it acknowledged, and each connection would have another one.
        if (path.Contains(":memory:", StringComparison.Ordinal) || path.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            throw new FormatException("names no file: a path is expected after \"Data Source=\".");
        string file = Path.GetFullPath(path);
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            // A file that went away is a fault to be told, not one to be covered by an empty new one.
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            DefaultTimeout = CommandSeconds,
        };
        return new(DatabaseKind.Sqlite, text.ToString(), file);
    }

    private static StorageConnection Postgres(string text)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text) { ApplicationName = "provenance-server", IncludeErrorDetail = false, LogParameters = false };
            if (!builder.ContainsKey("Timeout"))
                builder.Timeout = ConnectSeconds;
            if (!builder.ContainsKey("Command Timeout"))
                builder.CommandTimeout = CommandSeconds;
            return new(DatabaseKind.Postgres, builder.ToString(), null);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw new FormatException("is none that PostgreSQL's driver understands: \"Host=…;Database=…;Username=…\" is expected.");
        }
    }

    private static string? DefaultFolder() => TrustFolder.DataOfUser() is { } data ? Path.Combine(data, "server") : null;

    private static string DefaultPath() => DefaultFolder() is { } folder
        ? Path.Combine(folder, DefaultFile)
        : throw new FormatException("is missing, and this account has no folder for programs' data: \"Data Source=FILE\" says where the database is to be.");
}
