using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Trust;

/// <summary>Reads a list of extended key usages as trust configurations have it ("store.cfg"): one dotted identifier a line, comments behind "//" or "#".</summary>
internal static class PurposeFile
{
    /// <summary>The identifiers, each once, in the order found.</summary>
    /// <exception cref="MalformedDataException">A line is neither an identifier nor a comment, or there is no identifier at all.</exception>
    public static List<string> Read(string text, string structure)
    {
        var purposes = new List<string>();
        int line = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            line++;
            string trimmed = raw.Trim().ToString();
            if (trimmed.Length == 0 || trimmed.StartsWith("//", StringComparison.Ordinal) || trimmed[0] == '#')
                continue;
            if (!IsOid(trimmed))
                throw new MalformedDataException(structure, line, $"line {line} is no object identifier (digits and periods) and no comment");
            if (!purposes.Contains(trimmed))
                purposes.Add(trimmed);
        }
        return purposes.Count > 0 ? purposes : throw new MalformedDataException(structure, 0, "no object identifier at all");
    }

    /// <summary>Whether the text is an object identifier in the one dotted form that certificates are compared in.</summary>
    public static bool IsOid(string text)
    {
        string[] arcs = text.Split('.');
        return arcs.Length >= 2 && arcs[0] is "0" or "1" or "2"
            && arcs.All(arc => arc.Length > 0 && arc.All(char.IsAsciiDigit) && (arc.Length == 1 || arc[0] != '0'));
    }
}
