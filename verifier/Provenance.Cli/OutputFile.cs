using System.Text;
using Provenance.Presentation.Html;
using Provenance.Verifier.Labels;

namespace Provenance.Cli;

/// <summary>
/// Writes a report into a file: all of it or nothing. It replaces a report of ours and nothing else, so that a slip of the hand over two
/// names does not cost the evidence.
/// </summary>
internal static class OutputFile
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Refuses what would be lost, before anything is done.</summary>
    public static void Check(string path, string option)
    {
        if (Directory.Exists(path))
            throw new UsageException(VerifyCommand.Name, $"{option} {DisplayText.Clean(path)}: that is a folder.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new UsageException(VerifyCommand.Name, $"{option} {DisplayText.Clean(path)}: there is no such folder.");
        if (File.Exists(path) && !IsReport(path))
            throw new UsageException(VerifyCommand.Name, $"{option} {DisplayText.Clean(path)}: there is a file of that name which is no report, and it stays as it is. Name another one.");
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
            throw new UsageException(VerifyCommand.Name, $"--output {DisplayText.Clean(path)}: it cannot be written there.");
        }
    }

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
