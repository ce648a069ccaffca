using System.Diagnostics.CodeAnalysis;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.IO;

/// <summary>
/// The files below one folder. What a collection names may be anything an attacker wrote: no path leaves the folder, no link is followed,
/// and what is no plain file (a folder, a pipe, a device) is not there. Others who write to the folder meanwhile are trusted.
/// </summary>
public sealed class FileAssetFolder : IAssetFolder
{
    /// <summary>Names that mean a device in every folder of some systems.</summary>
    private static readonly string[] s_devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];

    private readonly string _root;

    /// <summary>The folder at <paramref name="path"/>, which itself may be reached through links.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public FileAssetFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _root = Path.GetFullPath(path);
    }

    /// <summary>Opens a file below the folder; null where there is none, or where the way there leaves the folder or goes through a link.</summary>
    /// <param name="path">The relative path, with "/" between its parts.</param>
    /// <param name="cancellation">Not needed: opening does not wait.</param>
    /// <exception cref="IOException">The file is there and cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is there and may not be read.</exception>
    public ValueTask<AssetSource?> OpenAsync(string path, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Open(path));
    }

    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "IO/ is the library's only door to files.")]
    private AssetSource? Open(string path)
    {
        string place = _root;
        foreach (string part in path.Split('/'))
        {
            if (!IsName(part))
                return null;
            place = Path.Join(place, part);
            var found = new FileInfo(place);
            // A link is there even if what it leads to is not.
            if (found.LinkTarget is not null)
                return null;
        }
        var file = new FileInfo(place);
        if (!file.Exists || (file.Attributes & (FileAttributes.Directory | FileAttributes.Device | FileAttributes.ReparsePoint)) != 0)
            return null;
        // A pipe has no length, and opening it would wait for somebody to write: whatever has none is read as empty, unopened.
        return file.Length == 0 ? AssetSource.FromMemory(ReadOnlyMemory<byte>.Empty) : FileAssetSource.Open(place);
    }

    private static bool IsName(string part)
    {
        if (part is "" or "." or ".." || part.AsSpan().ContainsAny('\\', ':', '\0') || part[^1] is '.' or ' ')
            return false;
        string stem = part.Split('.')[0].TrimEnd().ToUpperInvariant();
        bool isPort = stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)) && (char.IsDigit(stem[3]) || "¹²³".Contains(stem[3]));
        return !isPort && !s_devices.Contains(stem);
    }
}
