using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>
/// Bytes written as Unicode variation selectors in UTF-8 (C2PA 2.5 §A.8.3): 0 to 15 as U+FE00 to U+FE0F, which take 3 bytes, 16 to 255 as
/// U+E0100 to U+E01EF, which take 4.
/// </summary>
internal static class VariationSelectors
{
    /// <summary>Bytes of the longest selector.</summary>
    public const int Longest = 4;

    /// <summary>The byte the selector at the start of a text stands for; false where there is none.</summary>
    /// <param name="text">UTF-8, or what is left of it.</param>
    /// <param name="value">The byte.</param>
    /// <param name="length">Bytes the selector takes.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out byte value, out int length)
    {
        if (text.Length >= 3 && text[0] == 0xEF && text[1] == 0xB8 && text[2] is >= 0x80 and <= 0x8F)
        {
            (value, length) = ((byte)(text[2] - 0x80), 3);
            return true;
        }
        // F3 A0 84 80 is U+E0100, F3 A0 87 AF is U+E01EF.
        if (text.Length >= 4 && text[0] == 0xF3 && text[1] == 0xA0 && text[2] is >= 0x84 and <= 0x87 && text[3] is >= 0x80 and <= 0xBF)
        {
            int index = (text[2] - 0x84 << 6) + (text[3] - 0x80);
            (value, length) = ((byte)Math.Min(byte.MaxValue, index + 16), 4);
            return index + 16 <= byte.MaxValue;
        }
        (value, length) = (0, 0);
        return false;
    }

    /// <summary>The bytes the text stands for.</summary>
    /// <param name="text">The text, all of it selectors.</param>
    /// <param name="offset">Where it lies in the asset, for errors.</param>
    /// <param name="limits">Limits.</param>
    /// <exception cref="LimitExceededException">More than <see cref="Limits.StoreBytes"/>.</exception>
    /// <exception cref="MalformedDataException">Something else than selectors.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> text, long offset, Limits limits)
    {
        byte[] bytes = new byte[Math.Min(limits.StoreBytes, text.Length / 3)];
        int count = 0;
        for (int at = 0; at < text.Length; count++)
        {
            if (!TryRead(text[at..], out byte value, out int length))
                throw new MalformedDataException("manifest store as variation selectors", offset + at, "a variation selector expected (§A.8.3)");
            if (count >= bytes.Length)
                throw new LimitExceededException("manifest store as variation selectors", offset, nameof(Limits.StoreBytes), limits.StoreBytes);
            bytes[count] = value;
            at += length;
        }
        return bytes[..count];
    }
}
