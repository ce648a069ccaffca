namespace Provenance.Tests;

/// <summary>The read-only folder `../shared` beside the repository; tests that need it skip where it is absent.</summary>
internal static class Shared
{
    public const string Absent = "../shared is not here";

    public static string Root { get; } = FindRoot();

    public static bool Exists => Directory.Exists(Root);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Provenance.sln")))
                return System.IO.Path.GetFullPath(System.IO.Path.Combine(folder.FullName, "..", "shared"));
        }
        return System.IO.Path.GetFullPath("shared");
    }
}
