using System.Globalization;

namespace Provenance.Cli.Batch;

/// <summary>Length and time of change of a file, and of a store beside it if that is looked at: what must differ before it is read again.</summary>
internal static class FileStamp
{
    /// <summary>The file as it is now. Taken before it is read: a change meanwhile is one.</summary>
    public static BatchFile Of(string path, bool looksBeside)
    {
        if (AnswerSource.IsUrl(path))
            return new(path, "url", 0);
        var (stamp, length) = Look(path);
        if (looksBeside)
        {
            foreach (string candidate in BesideFile.Candidates(path))
                stamp += ";" + Look(candidate).Stamp;
        }
        return new(path, stamp, length);
    }

    private static (string Stamp, long Length) Look(string path)
    {
        try
        {
            var file = new FileInfo(path);
            // A link is as old as what it leads to.
            if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
                file = target;
            return file.Exists ? (string.Create(CultureInfo.InvariantCulture, $"{file.Length}@{file.LastWriteTimeUtc.Ticks}"), file.Length) : ("none", 0);
        }
        catch (Exception e) when (AnswerSource.IsUnreadable(e))
        {
            return ("none", 0); // whoever opens it tells
        }
    }
}
