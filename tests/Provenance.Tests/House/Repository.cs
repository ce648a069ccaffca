using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Provenance.Verifier.Bytes;

namespace Provenance.Tests.House;

/// <summary>Where things lie in this working copy.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Provenance.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>"Debug" or "Release": what these tests, and with them everything else, were built as.</summary>
    public static string Configuration { get; } = AppContext.BaseDirectory.Contains($"{Separator}Release{Separator}", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>The library under test.</summary>
    public static string Library { get; } = typeof(ByteRange).Assembly.Location;

    /// <summary>The command line, built beside these tests.</summary>
    public static string CommandLine { get; } = PathOf("verifier", "Provenance.Cli", "bin", Configuration, "net10.0", "provenance.dll");

    /// <summary>Whether the library can be called at all yet.</summary>
    public static bool HasFrontDoor => typeof(ByteRange).Assembly.GetType("Provenance.Verifier.Verifier") is not null;

    /// <summary>Whether the command line does anything yet: it then refers to the library.</summary>
    public static bool HasCommandLine => ReferencesOf(CommandLine).Contains("Provenance.Verifier");

    private static char Separator => Path.DirectorySeparatorChar;

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(PathOf(parts)).ReplaceLineEndings("\n");

    /// <summary>Files of the working copy that match a pattern, build output left out; paths relative to the root, sorted.</summary>
    public static IReadOnlyList<string> Files(string pattern) =>
        [.. Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or ".git" or "artifacts"))
            .Order(StringComparer.Ordinal)];

    /// <summary>The assemblies an assembly refers to.</summary>
    public static IReadOnlyList<string> ReferencesOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Provenance.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds Provenance.sln.");
    }
}
