namespace Provenance.Server.Page;

/// <summary>Where the built page lies.</summary>
internal static class PageFolder
{
    private const string HowToBuild = "Build it from the root of the repository: npm ci && dotnet build -c Release server/Provenance.Server";

    /// <summary>The folder that was named; else "page" beside the program, where "dotnet publish" puts it; else the repository's artifacts/page.</summary>
    /// <exception cref="PageMissingException">None of them is there.</exception>
    public static string Find(string? named)
    {
        if (named is not null)
            return Directory.Exists(named) ? Path.GetFullPath(named) : throw new PageMissingException($"There is no folder {Path.GetFullPath(named)} (--page).");

        string beside = Path.Combine(AppContext.BaseDirectory, "page");
        if (Directory.Exists(beside))
            return beside;
        if (RepositoryRoot() is not { } root)
            throw new PageMissingException($"The page is missing: there is no folder {beside}. Publish the program anew: dotnet publish -c Release server/Provenance.Server");
        string built = Path.Combine(root, "artifacts", "page");
        return Directory.Exists(built) ? built : throw new PageMissingException($"The page is not built: there is no folder {built}. {HowToBuild}");
    }

    private static string? RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Provenance.sln")))
            folder = folder.Parent;
        return folder?.FullName;
    }
}
