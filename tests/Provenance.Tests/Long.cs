using System.Diagnostics;
using System.Globalization;

namespace Provenance.Tests;

/// <summary>
/// How long a campaign lasts: a small fixed number of rounds in <c>tests/run</c>, as long as asked in
/// <c>tests/long NAME [COUNT|TIME]</c>, which says so through the variable PROVENANCE_LONG ("fuzz:100000", "fuzz:90s").
/// </summary>
internal static class Long
{
    private const string Variable = "PROVENANCE_LONG";

    /// <summary>Whether <c>tests/long</c> asks for a campaign: what takes minutes and gigabytes is not for <c>tests/run</c>.</summary>
    public static bool IsAsked(string name) => IsAsked(name, Environment.GetEnvironmentVariable(Variable));

    /// <summary>The rounds of a campaign for which a count makes sense but a time does not.</summary>
    public static int Count(string name, int small) => Count(name, small, Environment.GetEnvironmentVariable(Variable));

    /// <summary>
    /// The numbers of the rounds, 0, 1, 2, ... The number is the seed of its round, so that a failing round can be run again alone.
    /// </summary>
    public static IEnumerable<int> Rounds(string name, int small) => Rounds(name, small, Environment.GetEnvironmentVariable(Variable));

    internal static bool IsAsked(string name, string? setting) => setting?.StartsWith(name + ":", StringComparison.Ordinal) == true;

    internal static int Count(string name, int small, string? setting)
    {
        var length = LengthOf(name, setting);
        if (length is null)
            return small;
        return length.Value.Count ?? throw new ArgumentException($"The campaign '{name}' takes a count, not a time.");
    }

    internal static IEnumerable<int> Rounds(string name, int small, string? setting)
    {
        var length = LengthOf(name, setting);
        return length?.Time is { } time ? Until(time) : Enumerable.Range(0, length?.Count ?? small);
    }

    private static IEnumerable<int> Until(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        for (var round = 0; watch.Elapsed < time; round++)
            yield return round;
    }

    // "name:" asks for the campaign at its small count, as `tests/long name` does.
    private static (int? Count, TimeSpan? Time)? LengthOf(string name, string? setting)
    {
        if (setting is null || !setting.StartsWith(name + ":", StringComparison.Ordinal) || setting.Length == name.Length + 1)
            return null;

        var text = setting[(name.Length + 1)..];
        var seconds = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        if (int.TryParse(seconds == 0 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return seconds == 0 ? (number, null) : (null, TimeSpan.FromSeconds((double)number * seconds));
        throw new ArgumentException($"'{text}' is neither a count (100000) nor a time (90s, 30m, 2h).");
    }
}
