namespace Provenance.Cli.Batch;

/// <summary>A file to be answered for.</summary>
/// <param name="Path">Its name, as reports give it.</param>
/// <param name="Stamp">What tells whether it has changed: <see cref="FileStamp"/>.</param>
/// <param name="Length">Bytes.</param>
internal sealed record BatchFile(string Path, string Stamp, long Length);

/// <summary>What is known of a file that was answered for.</summary>
/// <param name="File">The file as it was then.</param>
/// <param name="Number">Its number, given once and kept.</param>
internal sealed record BatchEntry(BatchFile File, int Number)
{
    /// <summary>False where the answer may be another one next time though the file is the same: it could not be opened, or we failed.</summary>
    public bool IsSettled { get; init; }

    public int ExitCode { get; init; }

    /// <summary>The row of the table.</summary>
    public required IReadOnlyList<string> Cells { get; init; }

    /// <summary>Its own page, as a name in the folder of results; null where there is none.</summary>
    public string? Page { get; init; }

    /// <summary>The page's length in bytes, so that one that was not written to its end is noticed.</summary>
    public long PageLength { get; init; }

    /// <summary>The whole report, a JSON object on one line.</summary>
    public required string Report { get; init; }
}
