using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Provenance.Server.Settings;

namespace Provenance.Server.Storage;

/// <summary>The database for the operator's commands, which need no server.</summary>
internal static class OperatorsDatabase
{
    public static Option<string> Settings() => new("--settings") { HelpName = "FILE", Description = "The server's settings, which name the database." };

    /// <summary>Works on the database that the settings name, and says in a sentence why that cannot be.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string? file, Func<StorageDatabase, Task<int>> work)
    {
        try
        {
            var settings = SettingsReader.Read(file);
            using var database = new StorageDatabase(StorageConnection.Parse(settings.Storage.Connection), TimeProvider.System, new StorageState(NullLogger<StorageState>.Instance));
            return await work(database);
        }
        catch (Exception e) when (e is SettingsException or StorageException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ServerCommand.CannotStart;
        }
    }
}
