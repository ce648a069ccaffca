namespace Provenance.Server.Storage;

/// <summary>Folders of this server, which nobody else may look into.</summary>
internal static class PrivateFolder
{
    /// <summary>Makes a folder, and those above it, unless it is there; one that is there stays as it is.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
