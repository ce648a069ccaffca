namespace Provenance.Cli;

/// <summary>What a walk of folders passes over, so that nobody takes it for answered.</summary>
/// <param name="except">A folder that is not entered: the results, which lie where they were asked for.</param>
internal sealed class LeftOut(string except)
{
    private readonly string _except = Real(except);

    /// <summary>Files of no known format.</summary>
    public int Files { get; private set; }

    /// <summary>Links to folders.</summary>
    public int Links { get; private set; }

    public bool IsExcept(string folder) => Real(folder) == _except;

    /// <summary>Where a folder lies, links on the way to it resolved: the same folder may be reached under several names.</summary>
    private static string Real(string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string? parent = Path.GetDirectoryName(full);
        if (parent is null)
            return full;
        string real = Path.Combine(Real(parent), Path.GetFileName(full));
        try
        {
            return Directory.ResolveLinkTarget(real, returnFinalTarget: true) is { } target ? Real(target.FullName) : real;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return real;
        }
    }

    public void CountFile() => Files++;

    public void CountLink() => Links++;
}
