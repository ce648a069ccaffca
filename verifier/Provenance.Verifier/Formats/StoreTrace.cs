namespace Provenance.Verifier.Formats;

/// <summary>
/// A damaged container in which no store was found is searched for the first bytes of one: a file that still holds a manifest store must
/// never be called a file without credentials.
/// </summary>
internal static class StoreTrace
{
    /// <summary>The type of a description box and the first eight bytes of the store's UUID (C2PA 2.5 §11.1.4.2).</summary>
    private static ReadOnlySpan<byte> Mark => "jumdc2pa\0\x11\0\x10"u8;

    /// <summary>The same in Base64: the mark starts at byte 12 of the store, where a group of three begins.</summary>
    public static ReadOnlySpan<byte> MarkInBase64 => "anVtZGMycGEAEQAQ"u8;

    /// <summary>Whether the asset holds the start of a store anywhere, as it is or as text.</summary>
    public static async ValueTask<bool> ExistsAsync(ReadWindow window)
    {
        long offset = 0;
        while (window.Length - offset >= Mark.Length)
        {
            var bytes = await window.FromAsync(offset, MarkInBase64.Length).ConfigureAwait(false);
            if (bytes.Span.IndexOf(Mark) >= 0 || bytes.Span.IndexOf(MarkInBase64) >= 0)
                return true;
            offset += Math.Max(1, bytes.Length - (MarkInBase64.Length - 1));
        }
        return false;
    }
}
