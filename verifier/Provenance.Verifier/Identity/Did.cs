namespace Provenance.Verifier.Identity;

/// <summary>A decentralized identifier (W3C DID 1.0 §3.1): did:method:specific. What stands behind "#" names a key and is not part of it.</summary>
/// <param name="Method">The method, for instance "web".</param>
/// <param name="Specific">What the method makes of it.</param>
internal sealed record Did(string Method, string Specific)
{
    /// <summary>Characters: those of a did:jwk with an RSA key of 8,192 bits, and some.</summary>
    private const int Longest = 4096;

    /// <summary>The identifier without a fragment.</summary>
    public override string ToString() => $"did:{Method}:{Specific}";

    /// <summary>Reads an identifier, with or without a fragment; null for all else, paths and queries among it.</summary>
    public static Did? Parse(string? text)
    {
        if (text is null or { Length: > Longest })
            return null;
        int fragment = text.IndexOf('#');
        string[] parts = (fragment < 0 ? text : text[..fragment]).Split(':', 3);
        return parts is ["did", { Length: > 0 } method, { Length: > 0 } specific]
            && method.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            && specific[^1] != ':' && IsSpecific(specific) ? new(method, specific) : null;
    }

    /// <summary>Letters, digits, ".", "-", "_", ":", and "%" with two hexadecimal digits.</summary>
    private static bool IsSpecific(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                    return false;
            }
            else if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('.' or '-' or '_' or ':'))
            {
                return false;
            }
        }
        return true;
    }
}
