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
            File.WriteAllText(beside, text, s_utf8);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            throw Refused(path, "output.not-written");
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
