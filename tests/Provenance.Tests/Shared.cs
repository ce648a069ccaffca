namespace Provenance.Tests;

/// <summary>The corpus and the vectors, which lie beside the repository and are not part of it.</summary>
internal static class Shared
{
    public const string Absent = "../shared is not here";

    public static string Root { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository(), "..", "shared"));

    public static bool Exists => Directory.Exists(Root);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Provenance.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
