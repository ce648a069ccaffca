namespace Provenance.Server.Settings;

/// <summary>Reads the settings: a file of JSON, over it the environment. Nothing that is not understood is passed over.</summary>
internal static class SettingsReader
{
    /// <summary>What the names of environment variables begin with; what follows is the path, as in PROVENANCE_SERVER_STORAGE__CONNECTION.</summary>
    public const string EnvironmentPrefix = "PROVENANCE_SERVER_";

    /// <summary>The settings.</summary>
    /// <param name="file">The file; null for none.</param>
    /// <exception cref="SettingsException">The file cannot be read, a name is unknown, or a value is out of bounds.</exception>
    public static ServerSettings Read(string? file)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null)
            builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        builder.AddEnvironmentVariables(EnvironmentPrefix);

        ServerSettings settings;
        try
        {
            settings = builder.Build().Get<ServerSettings>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new ServerSettings();
        }
        // What the providers and the binder throw for a file that is missing or no JSON, for unknown names, and for values that are no such thing.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or InvalidOperationException)
        {
            throw new SettingsException($"The settings cannot be read: {(e.InnerException ?? e).Message.TrimEnd('.')}.");
        }
        var complaints = settings.Complaints().ToList();
        return complaints.Count == 0 ? settings : throw new SettingsException($"The settings cannot be used. {string.Join(' ', complaints)}");
    }
}
