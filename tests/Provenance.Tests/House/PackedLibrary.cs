using System.IO.Compression;
using Xunit;

namespace Provenance.Tests.House;

/// <summary>The library packed twice, from two copies of its sources in two folders, as a stranger would pack it.</summary>
public sealed class PackedLibrary : IAsyncLifetime, IDisposable
{
    private static readonly string[] Sources =
    [
        "README.md", "LICENSE", ".editorconfig", "global.json", "Directory.Build.props", "Directory.Packages.props",
        "verifier/Directory.Build.props", "verifier/BannedSymbols.txt", "verifier/Provenance.Verifier",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("provenance-pack-");

    internal string Folder => folder.FullName;

    /// <summary>The folder that holds the package and its symbols.</summary>
    internal string Feed => Path.Combine(Folder, "first", "feed");

    internal string Version => Path.GetFileNameWithoutExtension(Directory.GetFiles(Feed, "*.nupkg").Single())["Provenance.Verifier.".Length..];

    public async ValueTask InitializeAsync()
    {
        await PackAsync("first");
        await PackAsync(Path.Combine("second", "elsewhere"));
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>The files inside the package (or its symbols) by name; <paramref name="second"/> is the one packed from the other folder.</summary>
    internal IReadOnlyDictionary<string, byte[]> Contents(string extension, bool second = false)
    {
        var feed = second ? Path.Combine(Folder, "second", "elsewhere", "feed") : Feed;
        using var archive = ZipFile.OpenRead(Directory.GetFiles(feed, "*" + extension).Single());
        return archive.Entries.ToDictionary(entry => entry.FullName, Bytes);
    }

    private async Task PackAsync(string name)
    {
        var copy = Path.Combine(Folder, name);
        foreach (var source in Sources)
            Copy(Repository.PathOf(source), Path.Combine(copy, source));
        var pack = await Command.RunAsync(
            copy, Build.Quiet, "dotnet", "pack", "verifier/Provenance.Verifier", "-c", "Release", "-o", Path.Combine(copy, "feed"), "-v", "quiet", "-nologo");
        if (pack.ExitCode != 0)
            throw new InvalidOperationException($"dotnet pack failed:\n{pack.Output}{pack.Error}");
    }

    private static void Copy(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
            return;
        }
        foreach (var entry in Directory.GetFileSystemEntries(from).Where(entry => Path.GetFileName(entry) is not ("bin" or "obj")))
            Copy(entry, Path.Combine(to, Path.GetFileName(entry)));
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
