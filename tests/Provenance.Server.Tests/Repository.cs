namespace Provenance.Server.Tests;

/// <summary>Where things lie in this working copy.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Provenance.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>"Debug" or "Release": what these tests, and with them the server, were built as.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The server's program, where its own build puts it.</summary>
    public static string Server { get; } = Path.Combine(Root, "server", "Provenance.Server", "bin", Configuration, "net10.0", "Provenance.Server.dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Provenance.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds Provenance.sln.");
    }
}
