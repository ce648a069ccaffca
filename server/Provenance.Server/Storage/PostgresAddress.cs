using Npgsql;

namespace Provenance.Server.Storage;

/// <summary>An address of PostgreSQL as its own tools write it: postgres://user:password@host:port/database?sslmode=require.</summary>
internal static class PostgresAddress
{
    /// <summary>The parameters that are understood, and what Npgsql calls them.</summary>
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["host"] = "Host",
        ["port"] = "Port",
        ["user"] = "Username",
        ["dbname"] = "Database",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["passfile"] = "Passfile",
        ["connect_timeout"] = "Timeout",
    };

    public static bool IsOne(string setting) => setting.StartsWith("postgres://", StringComparison.Ordinal) || setting.StartsWith("postgresql://", StringComparison.Ordinal);

    /// <summary>The same in Npgsql's words.</summary>
    /// <exception cref="FormatException">It is no such address. The message repeats nothing of it.</exception>
    public static string Read(string setting)
    {
        // Without a host it means a socket, which the parameters name; no other way to write it is an address of .NET's.
        string written = setting.Replace(":///", "://localhost/", StringComparison.Ordinal);
        if (!Uri.TryCreate(written, UriKind.Absolute, out var address) || address.Fragment.Length > 0)
            throw new FormatException("is no address: \"postgres://user@host/database\" is expected.");
        var builder = new NpgsqlConnectionStringBuilder { Host = address.Host };
        if (address.Port > 0)
            builder.Port = address.Port;
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2)
            builder.Password = Uri.UnescapeDataString(user[1]);
        if (address.AbsolutePath.Length > 1)
            builder.Database = Uri.UnescapeDataString(address.AbsolutePath[1..]);
        foreach (string parameter in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            Set(builder, parameter.Split('=', 2));
        return builder.ToString();
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string[] parameter)
    {
        if (parameter.Length != 2 || !Parameters.TryGetValue(parameter[0], out string? name))
            throw new FormatException($"has a parameter that is not understood: {string.Join(", ", Parameters.Keys)} are.");
        string value = Uri.UnescapeDataString(parameter[1]);
        try
        {
            builder[name] = name == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw new FormatException($"has a value of {parameter[0]} that is not understood.");
        }
    }
}
