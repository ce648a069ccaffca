using System.Text.RegularExpressions;

namespace Provenance.Tests.Labels;

/// <summary>Words that judge whether a picture is true, which no string of ours may hold (labels E3.1).</summary>
internal static partial class ForbiddenWords
{
    public static Regex Pattern { get; } = Words();

    [GeneratedRegex(@"\b(verified|authentic|real|genuine|safe|fake|deepfake|trusted image)\b|진짜|가짜|검증됨", RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
