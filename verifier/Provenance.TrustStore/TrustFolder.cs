using System.Security.Cryptography;

namespace Provenance.TrustStore;

/// <summary>
/// Where installed lists are kept: an index, and each file under its digest. A file is written before the index that names it, and the
/// index is replaced in one step: whenever the program or the machine stops, the lists of before or those of after are there, whole.
/// </summary>
internal sealed class TrustFolder(string path)
{
    private const string IndexName = "index", LockName = "lock", FilesName = "files";

    public string Path { get; } = path;

    private string IndexPath => System.IO.Path.Combine(Path, IndexName);

    /// <summary>The user's. Null where the system names none, as of an account without a home: then nothing is installed.</summary>
    public static TrustFolder? OfUser() => DataOfUser() is { } data ? new(System.IO.Path.Combine(data, "trust")) : null;

    /// <summary>Where programs of ours keep data: $PROVENANCE_HOME, else in the platform's folder for that; null where the system names none.</summary>
    public static string? DataOfUser()
    {
        if (Environment.GetEnvironmentVariable("PROVENANCE_HOME") is { Length: > 0 } own)
            return own;
        string? data = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("HOME") is not { Length: > 0 } home ? null
            : OperatingSystem.IsMacOS() ? System.IO.Path.Combine(home, "Library", "Application Support")
            : Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg && System.IO.Path.IsPathRooted(xdg) ? xdg
            : System.IO.Path.Combine(home, ".local", "share");
        return string.IsNullOrEmpty(data) ? null : System.IO.Path.Combine(data, "provenance");
    }

    /// <summary>When what is installed was changed last; null where nothing ever was.</summary>
    public DateTime? Changed => File.Exists(IndexPath) ? File.GetLastWriteTimeUtc(IndexPath) : null;

    /// <summary>What is installed; null where nothing ever was.</summary>
    /// <exception cref="DamagedStoreException">The index is damaged or cannot be read.</exception>
    public List<InstalledList>? ReadIndex() => ReadIndexBytes() is { } bytes ? TrustIndex.Read(bytes) : null;

    /// <summary>Another one whenever other lists are installed, whatever they are; null where nothing ever was.</summary>
    /// <exception cref="DamagedStoreException">The index cannot be read.</exception>
    public string? Stamp() => ReadIndexBytes() is { } bytes ? Digest(bytes) : null;

    private byte[]? ReadIndexBytes()
    {
        try
        {
            return File.Exists(IndexPath) ? File.ReadAllBytes(IndexPath) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DamagedStoreException("damage.index-unreadable", "why", FileFault.KeyOf(e));
        }
    }

    /// <summary>The bytes of a file that the index names.</summary>
    /// <exception cref="DamagedStoreException">They are missing or others.</exception>
    public byte[] Read(InstalledList list, InstalledFile file)
    {
        try
        {
            string at = PathOf(file.Sha256);
            if (new FileInfo(at).Length == file.Length && File.ReadAllBytes(at) is var bytes && Digest(bytes) == file.Sha256)
                return bytes;
            throw new DamagedStoreException("damage.list", "list", list.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DamagedStoreException("damage.list-unreadable", "list", list.Name, "why", FileFault.KeyOf(e));
        }
    }

    /// <summary>Keeps everybody else from changing what is installed until disposed; null where somebody else does already.</summary>
    public FileStream? Lock()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, FilesName));
        try
        {
            return new FileStream(System.IO.Path.Combine(Path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Writes a file under its digest. Only with <see cref="Lock"/>.</summary>
    public InstalledFile Write(string role, byte[] bytes)
    {
        string sha256 = Digest(bytes), at = PathOf(sha256);
        // One that is there may be the damaged one that is being replaced.
        Replace(at, bytes);
        return new(role, sha256, bytes.Length);
    }

    /// <summary>Makes these lists the installed ones, and clears away files that none of them names. Only with <see cref="Lock"/>.</summary>
    public void Commit(IReadOnlyList<InstalledList> lists)
    {
        Replace(IndexPath, System.Text.Encoding.UTF8.GetBytes(TrustIndex.Write(lists)));
        var named = lists.SelectMany(list => list.Files).Select(file => file.Sha256).ToHashSet(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(System.IO.Path.Combine(Path, FilesName)))
        {
            if (!named.Contains(System.IO.Path.GetFileName(file)))
                File.Delete(file);
        }
    }

    public static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private string PathOf(string sha256) => System.IO.Path.Combine(Path, FilesName, sha256);

    /// <summary>Another file is written and brought to the disk first, and takes the place of the old one then.</summary>
    private static void Replace(string at, byte[] bytes)
    {
        string beside = at + ".new";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }
        File.Move(beside, at, overwrite: true);
    }
}
