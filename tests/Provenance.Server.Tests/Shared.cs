namespace Provenance.Server.Tests;

/// <summary>The read-only folder `../shared` beside the repository; tests that need it skip where it is absent.</summary>
internal static class Shared
{
    public const string Absent = "../shared is not here";

    public static string Root { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Root, "..", "shared"));

    public static bool Exists => Directory.Exists(Root);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);
}
