using Provenance.Verifier.Labels;

namespace Provenance.Cli.Batch;

/// <summary>
/// The folder of results: the journal, which is also the lock, the reports, and what is made of them at the end. Results take their place
/// whole: whoever opens one while it is made sees the one before it, or none.
/// </summary>
internal sealed class BatchFolder : IDisposable
{
    public const string JournalName = "provenance-journal.jsonl", ReportsName = "reports";

    private BatchFolder(string path, FileStream journal) => (Path, Journal) = (path, journal);

    /// <summary>The folder as it was named.</summary>
    public string Path { get; }

    /// <summary>The journal, open for this run alone.</summary>
    public FileStream Journal { get; }

    /// <summary>Opens a folder that is new, empty, or an earlier run's.</summary>
    /// <exception cref="UsageException">It holds something else, or another run writes to it.</exception>
    /// <exception cref="ResultsException">It cannot be made or written to.</exception>
    public static BatchFolder Open(string path, bool restart)
    {
        string journal = System.IO.Path.Combine(path, JournalName);
        FileStream? stream = null;
        ResultsException.Guard(path, () =>
        {
            if (File.Exists(path))
                throw Refused("usage.output-file");
            Directory.CreateDirectory(path);
            // Whoever names a folder of other things by mistake is not to find them among pages, or replaced by them.
            if (!File.Exists(journal) && Directory.EnumerateFileSystemEntries(path).Any())
                throw Refused("usage.output-others");
            // Nobody who makes results makes links there: they would lead what is written and deleted to other places.
            if (IsLink(new FileInfo(journal)) || IsLink(new DirectoryInfo(System.IO.Path.Combine(path, ReportsName))))
                throw Refused("usage.output-others");
            try
            {
                // The system gives a lock on the file up with the process that holds it, however that ends.
                stream = new FileStream(journal, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException) && e.HResult is 11 or 35 or unchecked((int)0x80070020))
            {
                throw Refused("usage.output-locked");
            }
            // A file of that name that is somebody else's is not ours to shorten.
            Span<byte> start = stackalloc byte[BatchTerms.Start.Length];
            int held = RandomAccess.Read(stream.SafeFileHandle, start, 0);
            if (!BatchTerms.Start.StartsWith(start[..held]))
                throw Refused("usage.output-others");
            if (restart)
                stream.SetLength(0);
            Directory.CreateDirectory(System.IO.Path.Combine(path, ReportsName));
        });
        return new(path, stream!);

        UsageException Refused(string key) => new(BatchCommand.Name, key, "name", DisplayText.Clean(path));
    }

    public void Dispose() => Journal.Dispose();

    private static bool IsLink(FileSystemInfo entry) => entry.LinkTarget is not null;

    /// <summary>Where a file of the results lies.</summary>
    /// <param name="name">Its name in the folder, parts divided by "/".</param>
    public string PathOf(string name) => System.IO.Path.Combine([Path, .. name.Split('/')]);

    /// <summary>Writes a file of text, UTF-8 without a mark, and puts it into its place when it is whole.</summary>
    /// <exception cref="ResultsException">It cannot be written.</exception>
    public void Write(string name, Action<TextWriter> write) => ResultsException.Guard(Path, () =>
    {
        string whole = PathOf(name), part = whole + ".part";
        OutputFile.WriteNew(part, write);
        File.Move(part, whole, overwrite: true);
    });

    /// <summary>Deletes files that an earlier run made and that belong to nothing any more.</summary>
    /// <param name="below">The folder's folder, or "" for itself.</param>
    /// <param name="isOurs">Whether a name is one of ours.</param>
    /// <param name="kept">Names to keep.</param>
    public void Sweep(string below, Func<string, bool> isOurs, IReadOnlySet<string> kept) => ResultsException.Guard(Path, () =>
    {
        foreach (var file in new DirectoryInfo(System.IO.Path.Combine(Path, below)).EnumerateFiles().ToList())
        {
            if (isOurs(file.Name) && !kept.Contains(file.Name))
                file.Delete();
        }
    });
}
