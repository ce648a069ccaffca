using System.Globalization;

namespace Provenance.Verifier.Checks;

/// <summary>Dates that people and programs wrote into claims: RFC 3339 with a zone, or no date to us.</summary>
internal static class DateText
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The point in time; null where the text names none beyond doubt.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        text is { Length: >= 20 and <= 40 } && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-')
        && DateTimeOffset.TryParseExact(text.ToUpperInvariant(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
