using Provenance.Server.Guards;
using Provenance.Server.Verification;

namespace Provenance.Server.Resolution;

/// <summary>A value as requests have it: Base64 (RFC 4648 §4), without white space.</summary>
internal static class BindingValue
{
    /// <summary>What the database has room for. The longest known values have some hundred bytes.</summary>
    public const int LongestBytes = 1024;

    /// <exception cref="RefusedException">It is no Base64, or too long.</exception>
    public static byte[] Parse(string? text)
    {
        var bytes = new byte[LongestBytes];
        // Another text for the same bytes is refused by writing it again.
        return text is { Length: > 0 } && Convert.TryFromBase64String(text, bytes, out int count) && Convert.ToBase64String(bytes, 0, count) == text
            ? bytes[..count]
            : throw new RefusedException(Problems.BadRequest, $"A value is Base64 of 1 to {LongestBytes} bytes; in an address + / = are written %2B %2F %3D.");
    }
}
