using Provenance.Verifier.Checks;
using Provenance.Verifier.Labels;

namespace Provenance.Presentation;

/// <summary>Times that a file tells of itself.</summary>
internal static class ClaimedTimeWords
{
    /// <summary>The time as every other time is shown, in UTC; a text that names no moment beyond doubt as it is written, cleaned.</summary>
    public static string Of(string? text, Words words) => DateText.Parse(text) is { } time ? words.Moment(time) : DisplayText.Clean(text, 40);
}
