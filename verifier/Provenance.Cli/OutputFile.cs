using System.Text;
using Provenance.Presentation.Html;

namespace Provenance.Cli;

/// <summary>
/// Writes a report into a file: all of it or nothing. It replaces a report of ours and nothing else, so that a slip of the hand over two
/// names does not cost the evidence.
/// </summary>
internal static class OutputFile
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Refuses what would be lost, before anything is done.</summary>
    public static void Check(string path)
    {
        if (Directory.Exists(path))
            throw Refused(path, "output.is-folder");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw Refused(path, "unreadable.no-such-folder");
        if (File.Exists(path) && !IsReport(path))
            throw Refused(path, "output.not-ours");
    }

    public static void Write(string path, string text)
    {
        string beside = $"{path}.{Environment.ProcessId}.part";
        try
        {
            WriteNew(beside, writer => writer.Write(text));
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, "output.not-written");
        }
    }

    /// <summary>
    /// Writes a file that is to take the place of another. What stands there under its name is removed and not written to: it may be a link
    /// that somebody laid to a file of ours.
    /// </summary>
    public static void WriteNew(string path, Action<TextWriter> write)
    {
        File.Delete(path);
        try
        {
            using var writer = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write), s_utf8, bufferSize: 1 << 16);
            write(writer);
        }
        catch (IOException)
        {
            File.Delete(path);
            throw;
        }
    }

    private static UsageException Refused(string path, string why) => VerifyCommand.Unreadable(VerifyCommand.Output, path, why);

    private static bool IsReport(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            byte[] head = new byte[HtmlReport.Mark.Length];
            return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().SequenceEqual(s_utf8.GetBytes(HtmlReport.Mark));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
