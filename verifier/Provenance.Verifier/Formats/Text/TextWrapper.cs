using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Text;

/// <summary>
/// A C2PATextManifestWrapper (C2PA 2.5 §A.8.2), the whole run of variation selectors behind a U+FEFF:
/// <code>
/// "C2PATXT\0" | version 1 | length 4, big-endian | store | padding up to the end of the run
/// </code>
/// </summary>
internal static class TextWrapper
{
    private const string Structure = "C2PATextManifestWrapper";

    private const int MarkLength = 3;

    private const int HeaderLength = 8 + 1 + 4;

    /// <summary>The wrapper whose U+FEFF is at <paramref name="offset"/>; null where the run is none.</summary>
    /// <exception cref="MalformedDataException">It starts like one and cannot be decoded.</exception>
    public static async ValueTask<StoreLocation?> ReadAsync(ReadWindow window, long offset)
    {
        byte[] header = new byte[HeaderLength];
        long at = offset + MarkLength, count = 0, length = 0, start = 0, end = 0;
        while (true)
        {
            // One block of text, and of it all selectors but what may be half of one.
            var block = await window.AtAsync(at, ReadWindow.Size).ConfigureAwait(false);
            int used = 0;
            while (VariationSelectors.TryRead(block.Span[used..], out byte value, out int taken))
            {
                if (count < HeaderLength)
                    header[count] = value;
                used += taken;
                count++;
                if (count == HeaderLength)
                {
                    if (ReadLength(header, offset) is not { } declared)
                        return null;
                    (length, start) = (declared, at + used);
                }
                if (count == HeaderLength + length)
                    end = at + used;
            }
            at += used;
            if (block.Length < ReadWindow.Size || block.Length - used >= VariationSelectors.Longest)
                break;
        }
        if (count < HeaderLength)
            return null;
        if (end == 0)
            throw new MalformedDataException(Structure, offset, $"{length} bytes of manifest store declared, {count - HeaderLength} found (§A.8.2)");
        return new([ByteRange.FromTo(offset, at)], [ByteRange.FromTo(start, end)]) { Encoding = StoreEncoding.VariationSelectors };
    }

    private static long? ReadLength(byte[] header, long offset)
    {
        var cursor = new ByteCursor(header, Structure, offset);
        if (!cursor.Take(8).SequenceEqual("C2PATXT\0"u8))
            return null;
        if (cursor.ReadByte() is not 1 and var version)
            throw new MalformedDataException(Structure, offset, $"version 1 expected, {version} found (§A.8.2.3)");
        return cursor.ReadUInt32BigEndian();
    }
}
