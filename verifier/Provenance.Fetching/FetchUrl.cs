using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Provenance.Fetching;

/// <summary>
/// A URL that may be asked for, as far as that can be told without asking anybody. It is read by our own rules, and put together anew from
/// what was read, so that no second reader (a URI class, a resolver, a server) can find another host in it than the one that was judged.
/// </summary>
internal sealed class FetchUrl
{
    /// <summary>RFC 9110 §4.1 asks for 8,000 at least of those who serve; real ones have some hundreds.</summary>
    private const int MostCharacters = 4096;

    private const int HttpsPort = 443, HttpPort = 80, MostHostCharacters = 253, MostLabelCharacters = 63;

    /// <summary>Names that lead to no host of the public internet: RFC 6761 and its registry, ICANN's reserved ones, and habits of local networks.</summary>
    private static readonly string[] SpecialNames =
        ["localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home", "lan", "onion", "test", "invalid", "alt", "arpa"];

    private FetchUrl(Uri uri, string host, int port, IPAddress? address, bool namesStore) =>
        (Uri, Host, Port, Address, NamesStore) = (uri, host, port, address, namesStore);

    /// <summary>The URL in its one spelling, without a fragment.</summary>
    public Uri Uri { get; }

    /// <summary>The host's name in lower case, or its address.</summary>
    public string Host { get; }

    public int Port { get; }

    /// <summary>The address, where the URL names one instead of a host.</summary>
    public IPAddress? Address { get; }

    /// <summary>Whether a fragment says that the store lies inside an asset ("#jumbf=c2pa", C2PA 2.5 §14.5.3.2).</summary>
    public bool NamesStore { get; }

    /// <summary>Reads a reference, which may be relative where there is a base.</summary>
    /// <param name="reference">As it was written, by anybody.</param>
    /// <param name="against">What a relative one is relative to; null where nothing is known.</param>
    /// <param name="ports">The ports that may be asked.</param>
    /// <param name="url">The URL.</param>
    /// <param name="why">What is wrong with it. Repeats nothing of it but a host's name.</param>
    /// <param name="plainHttp">Whether http:// will do too.</param>
    public static bool TryResolve(
        string reference, Uri? against, IReadOnlyList<int> ports, [NotNullWhen(true)] out FetchUrl? url, [NotNullWhen(false)] out string? why, bool plainHttp = false)
    {
        url = null;
        why = FaultOfCharacters(reference);
        if (why is not null)
            return false;
        if (HasScheme(reference))
            return TryParse(reference, ports, plainHttp, out url, out why);
        if (against is null)
        {
            why = "the reference is relative, and nothing says to what";
            return false;
        }
        // No odd character is left that the framework could read in its own way; what comes out is judged like any other.
        if (!Uri.TryCreate(against, reference, out var absolute))
        {
            why = "the reference is not well formed";
            return false;
        }
        return TryParse(absolute.AbsoluteUri, ports, plainHttp, out url, out why);
    }

    private static bool TryParse(string text, IReadOnlyList<int> ports, bool plainHttp, [NotNullWhen(true)] out FetchUrl? url, [NotNullWhen(false)] out string? why)
    {
        url = null;
        const string secure = "https://", plain = "http://";
        bool isPlain = plainHttp && text.StartsWith(plain, StringComparison.OrdinalIgnoreCase);
        string scheme = isPlain ? plain : secure;
        if (!text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            why = plainHttp ? "only http:// and https:// are asked" : "only https:// is fetched";
            return false;
        }
        int authorityEnd = text.AsSpan(scheme.Length).IndexOfAny("/?#");
        authorityEnd = authorityEnd < 0 ? text.Length : scheme.Length + authorityEnd;
        string authority = text[scheme.Length..authorityEnd];
        int fragment = text.IndexOf('#', authorityEnd);
        string rest = fragment < 0 ? text[authorityEnd..] : text[authorityEnd..fragment];
        if (authority.Contains('@'))
        {
            why = "a URL with a name or password in it is not fetched";
            return false;
        }
        int portAt = authority.LastIndexOf(':');
        // The colons of an IPv6 address stand in brackets.
        if (portAt >= 0 && authority.IndexOf(']', portAt) >= 0)
            portAt = -1;
        int port = isPlain ? HttpPort : HttpsPort;
        if (portAt >= 0 && portAt + 1 < authority.Length && !int.TryParse(authority.AsSpan(portAt + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
            port = 0;
        if (!ports.Contains(port))
        {
            why = "the port is not one that may be asked";
            return false;
        }
        why = ReadHost(portAt < 0 ? authority : authority[..portAt], out string host, out var address);
        if (why is not null)
            return false;
        if (!Uri.TryCreate($"{scheme}{host}:{port}{(rest.StartsWith('/') ? "" : "/")}{rest}", UriKind.Absolute, out var uri)
            || uri.IdnHost != host.Trim('[', ']') || uri.Port != port || uri.UserInfo.Length > 0 || uri.Scheme != (isPlain ? Uri.UriSchemeHttp : Uri.UriSchemeHttps))
        {
            why = "the URL is not well formed";
            return false;
        }
        url = new FetchUrl(uri, host, port, address, fragment >= 0 && text.AsSpan(fragment + 1).StartsWith("jumbf=", StringComparison.Ordinal));
        return true;
    }

    /// <summary>Characters that no URL has, or that readers of URLs do not agree on.</summary>
    private static string? FaultOfCharacters(string text)
    {
        if (text.Length == 0)
            return "the URL is empty";
        if (text.Length > MostCharacters)
            return $"the URL has more than {MostCharacters} characters";
        foreach (char c in text)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c) || c is '\\' or '"' or '<' or '>' or '^' or '`' or '{' or '|' or '}')
                return "the URL holds a character that no URL has";
        }
        return null;
    }

    private static bool HasScheme(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetter(text[0]) && text[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
    }

    /// <summary>Brings a host into its one spelling; returns what is wrong with it.</summary>
    private static string? ReadHost(string text, out string host, out IPAddress? address)
    {
        (host, address) = ("", null);
        if (text.StartsWith('['))
        {
            // A zone ("%eth0") names a link of this machine.
            if (!text.EndsWith(']') || text.Contains('%') || !IPAddress.TryParse(text.AsSpan(1, text.Length - 2), out address) || address.AddressFamily != AddressFamily.InterNetworkV6)
                return "the address of the host is not well formed";
            host = $"[{address}]";
            return FaultOfAddress(address);
        }
        if (ToAscii(text) is not { } name)
            return "the host has no name that is well formed";
        host = name;
        string[] labels = host.Split('.');
        if (EndsInNumber(labels[^1]))
        {
            // "127.1", "0x7f000001", "0177.0.0.1": other readers take them for addresses, each in its own way.
            if (!IsDottedQuad(labels) || !IPAddress.TryParse(host, out address))
                return "the host is an address in an odd spelling";
            return FaultOfAddress(address);
        }
        if (labels.Length < 2)
            return "the host's name has no dot: no host of the public internet is called so";
        return SpecialNames.Contains(labels[^1]) ? $"a host under .{labels[^1]} is none of the public internet" : null;
    }

    private static string? FaultOfAddress(IPAddress address) => PublicAddress.WhyNot(address) is { } what ? $"the address of the host is not public: {what}" : null;

    /// <summary>The name in lower-case ASCII without a dot at its end; null where it is no name.</summary>
    private static string? ToAscii(string text)
    {
        string name = text.ToLowerInvariant();
        if (!Ascii.IsValid(name))
        {
            // Letters alone: what other readers fold into ASCII digits, dots or letters (circled, full-width) must not come in this way.
            foreach (var rune in name.EnumerateRunes())
            {
                bool isLetter = Rune.GetUnicodeCategory(rune) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
                if (!rune.IsAscii && (!isLetter || rune.Value is (>= 0xFB00 and <= 0xFFFF) or (>= 0x1D400 and <= 0x1D7FF) or (>= 0x2000 and <= 0x2FFF)))
                    return null;
            }
            try
            {
                name = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(name);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
        if (name.EndsWith('.'))
            name = name[..^1];
        return name.Length is > 0 and <= MostHostCharacters && name.Split('.').All(IsLabel) ? name : null;
    }

    /// <summary>RFC 1123 §2.1: letters, digits and hyphens, none of these at an end.</summary>
    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MostLabelCharacters && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Whether any reader could take the name for an address of IPv4 (as browsers do: URL Standard, "ends in a number").</summary>
    private static bool EndsInNumber(string last) =>
        last.All(char.IsAsciiDigit) || (last.StartsWith("0x", StringComparison.Ordinal) && last[2..].All(char.IsAsciiHexDigit));

    private static bool IsDottedQuad(string[] labels) =>
        labels.Length == 4 && labels.All(label => label.Length <= 3 && label.All(char.IsAsciiDigit) && (label.Length == 1 || label[0] != '0'));
}
