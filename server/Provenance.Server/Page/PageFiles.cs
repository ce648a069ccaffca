using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Provenance.Server.Page;

/// <summary>
/// The page as it lay in its folder when the server started: a table from addresses to bytes. No request's path ever becomes a path of
/// the disk, and a page that is built anew meanwhile is never sent half old, half new.
/// </summary>
internal sealed class PageFiles
{
    private const string Index = "index.html";

    /// <summary>The page and its two bundles come to some 10 MB, their packed copies to 3. A folder far beyond that is another one, named by mistake.</summary>
    public const long MaxBytes = 128 * 1024 * 1024;
    public const int MaxFiles = 5_000;

    private readonly FrozenDictionary<string, PageFile> _files;

    private PageFiles(Dictionary<string, PageFile> files) => _files = files.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The file at an address of the server: "/" and "/index.html" are the page, and a folder is nothing.</summary>
    public bool TryGet(string? address, [NotNullWhen(true)] out PageFile? file) => _files.TryGetValue(address ?? "", out file);

    /// <exception cref="PageMissingException">The folder has no index.html, or is too much to be a page.</exception>
    public static PageFiles Read(string folder)
    {
        var contents = ReadAll(folder);
        if (!contents.ContainsKey("/" + Index))
            throw new PageMissingException($"{folder} is not the page: it has no {Index}.");

        var files = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (var (address, content) in contents)
        {
            if (!IsPackedCopy(address, contents))
                files.Add(address, PageFile.From(address, content, contents.GetValueOrDefault(address + ".br"), contents.GetValueOrDefault(address + ".gz")));
        }
        files.Add("/", files["/" + Index]);
        return new PageFiles(files);
    }

    /// <summary>Whether this is another file, compressed before: it is sent in that file's place and has no address of its own.</summary>
    private static bool IsPackedCopy(string address, Dictionary<string, byte[]> contents) =>
        Path.GetExtension(address) is ".br" or ".gz" && contents.ContainsKey(address[..^3]);

    private static Dictionary<string, byte[]> ReadAll(string folder)
    {
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        long bytes = 0;
        // Links are not followed, and hidden files left out: neither was built as part of the page.
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };
        foreach (string path in Directory.EnumerateFiles(folder, "*", all))
        {
            bytes += new FileInfo(path).Length;
            if (bytes > MaxBytes || contents.Count == MaxFiles)
                throw new PageMissingException($"{folder} is not the page: it holds more than {MaxFiles:N0} files or {MaxBytes / (1024 * 1024)} MiB.");
            contents.Add("/" + Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'), File.ReadAllBytes(path));
        }
        return contents;
    }
}
