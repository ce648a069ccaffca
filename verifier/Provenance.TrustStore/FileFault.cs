namespace Provenance.TrustStore;

/// <summary>Why a file cannot be read.</summary>
internal static class FileFault
{
    /// <summary>A key of words that hold no path.</summary>
    /// <param name="e">An <see cref="IOException"/>, or an <see cref="UnauthorizedAccessException"/>.</param>
    public static string KeyOf(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "unreadable.no-such-file",
        PathTooLongException => "unreadable.name-too-long",
        UnauthorizedAccessException => "unreadable.folder-or-forbidden",
        EndOfStreamException => "unreadable.became-shorter",
        _ => "unreadable.device",
    };
}
