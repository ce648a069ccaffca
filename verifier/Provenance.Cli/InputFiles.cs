using System.Text;
using Provenance.Verifier.Formats;

namespace Provenance.Cli;

/// <summary>The files to answer for, in the order in which they are answered.</summary>
internal static class InputFiles
{
    /// <summary>The files named, then those of the list; folders walked if asked. Lazy: standard input is read as it arrives.</summary>
    /// <param name="options">Which.</param>
    /// <param name="left">Told what is passed over; null if nobody asks.</param>
    public static IEnumerable<string> Of(VerifyOptions options, LeftOut? left = null)
    {
        var named = options.FilesFrom is { } from ? options.Files.Concat(Lines(from)) : options.Files;
        return options.Recursive ? named.SelectMany(name => Walk(name, options.LooksBeside, left)) : named;
    }

    private static IEnumerable<string> Lines(string from)
    {
        using var reader = new StreamReader(Open(from), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                yield return line;
        }
    }

    private static Stream Open(string from)
    {
        try
        {
            return from == "-" ? Console.OpenStandardInput() : File.OpenRead(from);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VerifyCommand.Unreadable("--files-from", from, AnswerSource.WhyUnreadable(e));
        }
    }

    /// <summary>
    /// A folder's files that are of a known format, by name or by content, and its folders, in the order of their names; anything else
    /// as it is. Links to folders are not followed: they may lead in circles.
    /// </summary>
    private static IEnumerable<string> Walk(string path, bool looksBeside, LeftOut? left)
    {
        if (!Directory.Exists(path))
        {
            yield return path;
            yield break;
        }
        var pending = new Stack<string>();
        pending.Push(path);
        while (pending.TryPop(out string? folder))
        {
            if (left?.IsExcept(folder) == true)
                continue;
            if (List(folder) is not { } entries)
            {
                // Answered like a file that cannot be read.
                yield return folder;
                continue;
            }
            var files = entries.OfType<FileInfo>();
            var beside = looksBeside ? new BesideNames(files.Select(file => file.Name)) : null;
            // A store that lies beside its file is part of that file's answer, not a question of its own.
            foreach (var file in files.Where(file => beside?.IsBesideAnother(file.Name) != true))
            {
                if (beside?.HasOne(file.Name) == true || IsKnown(file))
                    yield return Path.Combine(folder, file.Name);
                else
                    left?.CountFile();
            }
            foreach (var inner in entries.OfType<DirectoryInfo>().Reverse())
            {
                if (inner.LinkTarget is not null)
                    left?.CountLink();
                else
                    pending.Push(Path.Combine(folder, inner.Name));
            }
        }
    }

    private static List<FileSystemInfo>? List(string folder)
    {
        try
        {
            var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos().ToList();
            entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsKnown(FileInfo file)
    {
        if (AssetFormats.All.Any(format => format.Extensions.Contains(file.Extension.ToLowerInvariant())))
            return true;
        try
        {
            using var stream = file.OpenRead();
            Span<byte> head = stackalloc byte[AssetFormats.HeadLength];
            // Nearly anything people write is text: only by its name is it worth a question.
            return AssetFormats.Find(head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]) is { } format && !format.MediaTypes.Contains("text/plain");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
