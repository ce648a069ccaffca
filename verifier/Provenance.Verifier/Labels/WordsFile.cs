using System.Text;

namespace Provenance.Verifier.Labels;

/// <summary>
/// The words of one language as they lie in the library: a flat JSON object, a key a line. A command that answers in JSON needs one or
/// two sentences of it, so a key is looked for in the bytes, and nothing else is read; a test reads the whole with a JSON parser.
/// </summary>
internal sealed class WordsFile
{
    private const int LongestKey = 128;
    private readonly byte[] _json;

    private WordsFile(byte[] json) => _json = json;

    /// <summary>Every key, in the order of the file.</summary>
    public IReadOnlyCollection<string> Keys
    {
        get
        {
            var keys = new List<string>();
            foreach (var line in _json.AsSpan().Split((byte)'\n'))
            {
                if (_json.AsSpan(line) is [(byte)' ', (byte)' ', (byte)'"', .. var rest])
                    keys.Add(Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]));
            }
            return keys;
        }
    }

    /// <summary>Opens a file that was built into the library.</summary>
    public static WordsFile Open(string name)
    {
        using var resource = typeof(WordsFile).Assembly.GetManifestResourceStream(name)!;
        byte[] json = new byte[resource.Length];
        resource.ReadExactly(json);
        return new(json);
    }

    /// <summary>The words of a key; null where it has none. Keys may end in what a file says.</summary>
    public string? Find(string key)
    {
        // What no key of ours holds could else be found across the end of a line.
        if (key.Length > LongestKey || key.AsSpan().ContainsAnyExceptInRange('!', '~') || key.AsSpan().ContainsAny('"', '\\'))
            return null;
        Span<byte> start = stackalloc byte[LongestKey + 8];
        "\n  \""u8.CopyTo(start);
        int length = 4 + Encoding.ASCII.GetBytes(key, start[4..]);
        "\": \""u8.CopyTo(start[length..]);
        start = start[..(length + 4)];
        int at = _json.AsSpan().IndexOf(start);
        return at < 0 ? null : Value(_json.AsSpan(at + start.Length));
    }

    /// <summary>The text up to its closing quote.</summary>
    private static string Value(ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (rest[end] == '"')
            return Encoding.UTF8.GetString(rest[..end]);
        var text = new StringBuilder();
        for (; rest[end] != '"'; end = rest.IndexOfAny((byte)'"', (byte)'\\'))
        {
            text.Append(Encoding.UTF8.GetString(rest[..end])).Append(rest[end + 1] == 'n' ? '\n' : (char)rest[end + 1]);
            rest = rest[(end + 2)..];
        }
        return text.Append(Encoding.UTF8.GetString(rest[..end])).ToString();
    }
}
