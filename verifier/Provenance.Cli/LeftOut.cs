namespace Provenance.Cli;

/// <summary>What a walk of folders passes over, so that nobody takes it for answered.</summary>
/// <param name="except">A folder that is not entered: the results, which lie where they were asked for.</param>
internal sealed class LeftOut(string except)
{
    private readonly string _except = Path.TrimEndingDirectorySeparator(Path.GetFullPath(except));

    /// <summary>Files of no known format.</summary>
    public int Files { get; private set; }

    /// <summary>Links to folders.</summary>
    public int Links { get; private set; }

    public bool IsExcept(string fullName) => Path.TrimEndingDirectorySeparator(fullName) == _except;

    public void CountFile() => Files++;

    public void CountLink() => Links++;
}
