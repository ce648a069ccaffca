namespace Provenance.Verifier.Bytes;

/// <summary>UTF-8 that comes in pieces.</summary>
internal static class Utf8Text
{
    /// <summary>Bytes at the end that may be the start of a character whose rest is not there; 0 to 3.</summary>
    public static int UnfinishedAtEnd(ReadOnlySpan<byte> text)
    {
        for (int back = 1; back <= Math.Min(3, text.Length); back++)
        {
            byte lead = text[^back];
            if ((lead & 0xC0) == 0x80)
                continue;
            int length = lead switch { < 0xC2 or > 0xF4 => 1, < 0xE0 => 2, < 0xF0 => 3, _ => 4 };
            return length > back ? back : 0;
        }
        return 0;
    }
}
