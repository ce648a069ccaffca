using System.Globalization;

namespace Provenance.Server.Settings;

/// <summary>Reads the settings: a file of JSON, over it the environment. Nothing that is not understood is passed over.</summary>
internal static class SettingsReader
{
    /// <summary>What the names of environment variables begin with; what follows is the path, as in PROVENANCE_SERVER_STORAGE__CONNECTION.</summary>
    public const string EnvironmentPrefix = "PROVENANCE_SERVER_";

    private static readonly string CurrentVersion = ServerSettings.CurrentVersion.ToString(CultureInfo.InvariantCulture);

    /// <summary>The settings.</summary>
    /// <param name="file">The file; null for none.</param>
    /// <exception cref="SettingsException">The file cannot be read, a name is unknown, or a value is out of bounds.</exception>
    public static ServerSettings Read(string? file)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null)
            builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        builder.AddEnvironmentVariables(EnvironmentPrefix);

        IConfigurationRoot written;
        try
        {
            written = builder.Build();
        }
        // What the provider throws for a file that is missing, may not be read, or is no JSON.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            throw new SettingsException($"The settings cannot be read: {(e.InnerException ?? e).Message.TrimEnd('.')}.");
        }

        // First, as a later version may have other settings.
        if (written[nameof(ServerSettings.Version)] is { } version && version != CurrentVersion)
            throw Refused([$"version is not {CurrentVersion}, the one that this server reads."]);
        var misplaced = SettingsShape.Complaints(written, typeof(ServerSettings)).ToList();
        if (misplaced.Count > 0)
            throw Refused(misplaced);
        var settings = written.Get<ServerSettings>() ?? new ServerSettings();
        var complaints = settings.Complaints().ToList();
        return complaints.Count == 0 ? settings : throw Refused(complaints);
    }

    private static SettingsException Refused(IReadOnlyList<string> complaints) => new($"The settings cannot be used. {string.Join(' ', complaints)}");
}
