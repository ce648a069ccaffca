using System.Text;

namespace Provenance.Fetching;

/// <summary>
/// Reads <c>Link</c> header fields (RFC 8288 §3, Appendix B) for the one relation that says where a manifest store is
/// (C2PA 2.5 §14.5.3.2).
/// </summary>
public static class LinkHeader
{
    /// <summary>The relation.</summary>
    public const string ManifestRelation = "c2pa-manifest";

    /// <summary>Characters and links of one answer that are looked at; real ones have a handful of links.</summary>
    private const int MostCharacters = 32 << 10, MostLinks = 64;

    /// <summary>The targets of links with that relation, as written, each once, in order. What cannot be read is passed over.</summary>
    /// <param name="fields">The values of the header fields.</param>
    public static IReadOnlyList<string> ManifestTargets(IEnumerable<string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var targets = new List<string>();
        int characters = 0, links = 0;
        foreach (string field in fields)
        {
            characters += field.Length;
            if (characters > MostCharacters)
                break;
            var cursor = new Cursor(field);
            while (links++ < MostLinks && cursor.ReadLink() is { } link)
            {
                if (link.IsManifest && !targets.Contains(link.Target))
                    targets.Add(link.Target);
            }
        }
        return targets;
    }

    private sealed record Link(string Target, bool IsManifest);

    private ref struct Cursor(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _left = text;

        /// <summary>The next link; null at the end, or where the rest is not well formed.</summary>
        public Link? ReadLink()
        {
            Skip(" \t,");
            if (!Take('<'))
                return null;
            int end = _left.IndexOf('>');
            if (end < 0)
                return null;
            string target = _left[..end].Trim(" \t").ToString();
            _left = _left[(end + 1)..];
            string? relations = null;
            bool isAboutAnother = false;
            while (ReadParameter(out string name, out string value))
            {
                // Only the first "rel" counts (§3.3). A link with an anchor speaks of something else than what was asked for (§3.2).
                if (name == "rel")
                    relations ??= value;
                isAboutAnother |= name == "anchor";
            }
            bool isManifest = !isAboutAnother && relations is not null
                && relations.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Contains(ManifestRelation, StringComparer.OrdinalIgnoreCase);
            return new Link(target, isManifest);
        }

        private bool ReadParameter(out string name, out string value)
        {
            (name, value) = ("", "");
            Skip(" \t");
            if (!Take(';'))
            {
                // What stands between a link and the comma that ends it is none of ours.
                int comma = _left.IndexOf(',');
                _left = comma < 0 ? [] : _left[comma..];
                return false;
            }
            Skip(" \t");
            name = TakeUntil(" \t=;,").ToLowerInvariant();
            Skip(" \t");
            if (!Take('='))
                return true;
            Skip(" \t");
            value = Take('"') ? TakeQuoted() : TakeUntil(" \t;,");
            return true;
        }

        /// <summary>The rest of a quoted string (RFC 9110 §5.6.4), with its end; one without an end goes to the end of the field.</summary>
        private string TakeQuoted()
        {
            var value = new StringBuilder();
            int at = 0;
            for (; at < _left.Length && _left[at] != '"'; at++)
            {
                if (_left[at] == '\\' && at + 1 < _left.Length)
                    at++;
                value.Append(_left[at]);
            }
            _left = _left[Math.Min(at + 1, _left.Length)..];
            return value.ToString();
        }

        private string TakeUntil(ReadOnlySpan<char> ends)
        {
            int end = _left.IndexOfAny(ends);
            string taken = (end < 0 ? _left : _left[..end]).ToString();
            _left = _left[taken.Length..];
            return taken;
        }

        private void Skip(ReadOnlySpan<char> characters) => _left = _left.TrimStart(characters);

        private bool Take(char c)
        {
            if (_left.IsEmpty || _left[0] != c)
                return false;
            _left = _left[1..];
            return true;
        }
    }
}
