namespace Provenance.Tests.Timestamps;

/// <summary>The time stamps of the real files in ../shared/corpus, found by the bytes around them: the CBOR key "val" and its byte string.</summary>
internal static class RealTokens
{
    private static readonly Lazy<IReadOnlyList<(string File, byte[] Token)>> s_all = new(Find);

    /// <summary>Each distinct token or response once, with the first file it is in. A token that a JPEG segment cuts in two is damaged.</summary>
    public static IReadOnlyList<(string File, byte[] Token)> All => s_all.Value;

    private static List<(string File, byte[] Token)> Find()
    {
        var found = new List<(string, byte[])>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string corpus = Shared.Path("corpus");
        foreach (string file in Directory.EnumerateFiles(corpus, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            byte[] bytes = File.ReadAllBytes(file);
            foreach (byte[] value in Values(bytes))
            {
                if (seen.Add(Convert.ToHexString(value)))
                    found.Add((Path.GetRelativePath(corpus, file), value));
            }
        }
        return found;
    }

    private static IEnumerable<byte[]> Values(byte[] bytes)
    {
        byte[] key = [0x63, .. "val"u8, 0x59]; // text(3) "val", then a byte string with two length bytes
        byte[] tstInfo = Convert.FromHexString("060B2A864886F70D0109100104");
        for (int at = 0; (at = IndexOf(bytes, key, at)) >= 0; at += key.Length)
        {
            int start = at + key.Length + 2;
            if (start > bytes.Length)
                yield break;
            int length = (bytes[start - 2] << 8) | bytes[start - 1];
            if (length <= bytes.Length - start && bytes.AsSpan(start, length).IndexOf(tstInfo) >= 0)
                yield return bytes[start..(start + length)];
        }
    }

    private static int IndexOf(byte[] bytes, byte[] pattern, int from)
    {
        int at = bytes.AsSpan(from).IndexOf(pattern);
        return at < 0 ? -1 : from + at;
    }
}
