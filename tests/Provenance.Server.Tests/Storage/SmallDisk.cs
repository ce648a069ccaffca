using System.Diagnostics;
using System.Globalization;

namespace Provenance.Server.Tests.Storage;

/// <summary>A file system of our own of so many megabytes, or another view of a folder.</summary>
internal sealed class SmallDisk : IDisposable
{
    public const string Impossible = "only root may mount a file system, and only where the machine lets it";

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>An empty one; null where that cannot be had.</summary>
    public static SmallDisk? TryMake(int megabytes) => TryMount(folder => ["-t", "tmpfs", "-o", Size(megabytes), "tmpfs", folder]);

    /// <summary>The same folder under another name, which can only be read; null where that cannot be had.</summary>
    public static SmallDisk? TryViewReadOnly(string of)
    {
        var view = TryMount(folder => ["--bind", of, folder]);
        if (view is not null && view.Remount("ro,bind"))
            return view;
        view?.Dispose();
        return null;
    }

    /// <summary>PostgreSQL keeps tables in no folder but its own.</summary>
    public bool GiveTo(string user) => Run("chown", user, Folder);

    public bool Grow(int megabytes) => Remount(Size(megabytes));

    public bool MakeWritable() => Remount("rw,bind");

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static SmallDisk? TryMount(Func<string, string[]> arguments)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return null;
        string folder = Directory.CreateTempSubdirectory("provenance-disk-").FullName;
        if (Run("mount", arguments(folder)))
            return new(folder);
        Directory.Delete(folder);
        return null;
    }

    private static string Size(int megabytes) => $"size={megabytes.ToString(CultureInfo.InvariantCulture)}m,mode=0777";

    private bool Remount(string options) => Run("mount", "-o", "remount," + options, Folder);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
