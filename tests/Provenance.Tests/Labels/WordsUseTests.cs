using System.Text.RegularExpressions;
using Provenance.Tests.House;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;
using Xunit;

namespace Provenance.Tests.Labels;

/// <summary>The code and the files of words hold each other: no key without words, no words that nobody says.</summary>
public sealed partial class WordsUseTests
{
    /// <summary>Keys' beginnings that are completed by terms of a standard, beside those of Words.Term: whatever a file says, so that no code names each.</summary>
    private static readonly string[] OpenFamilies = ["relationship.", "use."];

    /// <summary>Files with texts that look like keys and are none: names of metadata fields.</summary>
    private static readonly string[] NoKeys = ["verifier/Provenance.Verifier/Reports/MetadataKey.cs"];

    private static readonly IReadOnlyList<(string File, string Text)> Sources =
        [.. Repository.Files("*.cs").Where(file => file.StartsWith("verifier/", StringComparison.Ordinal)).Select(file => (file, Repository.Read(file)))];

    private static readonly IReadOnlyList<(string File, CSharpString Literal)> Literals =
    [..
        from source in Sources
        from literal in CSharpStrings.In(source.Text)
        select (source.File, literal),
    ];

    /// <summary>What is named by the place where it stands, whatever it looks like.</summary>
    private static IEnumerable<(string File, string Key)> Named =>
        from source in Sources
        from Match match in Place().Matches(source.Text)
        where !match.Groups["key"].Value.EndsWith('.')
        select (source.File, (match.Groups["call"].Value == "Row" ? "row." : "") + match.Groups["key"].Value);

    [Fact]
    public void Every_key_in_the_code_has_words()
    {
        var families = Words.English.Keys.Select(key => key[..(key.IndexOf('.', StringComparison.Ordinal) + 1)]).ToHashSet();
        var looksLikeOne = Literals
            .Where(found => Key().IsMatch(found.Literal.Text) && families.Contains(found.Literal.Text[..(found.Literal.Text.IndexOf('.', StringComparison.Ordinal) + 1)]))
            .Where(found => StatusCodes.Find(found.Literal.Text) is null && !NoKeys.Contains(found.File) && !FileName().IsMatch(found.Literal.Text))
            .Select(found => (found.File, Key: found.Literal.Text));
        Expect.None(looksLikeOne.Concat(Named).Where(used => !Words.English.Has(used.Key)).Select(used => $"{used.File}: {used.Key}").Distinct());
    }

    [Fact]
    public void Every_key_with_words_is_in_the_code()
    {
        var used = Literals.Select(found => found.Literal.Text).Concat(Named.Select(named => named.Key))
            .Concat(StatusCodes.All.Select(code => "code." + code.Text))
            .Concat(AssetFormats.All.Select(format => $"place.{Kind(format.Placement.Kind)}.{format.Placement.Clause}"))
            .Concat(Enum.GetValues<PlacementKind>().Select(kind => "formats." + Kind(kind)))
            .Concat(Enum.GetNames<StatusKind>().Select(kind => "codes." + kind.ToLowerInvariant()))
            .ToHashSet(StringComparer.Ordinal);
        string[] open = [.. OpenFamilies, .. Sources.SelectMany(source => TermOf().Matches(source.Text)).Select(match => match.Groups[1].Value + ".")];
        string[] endings = [.. used.Where(text => Ending().IsMatch(text))];
        // "row." is completed by Row("…") alone, or any literal would keep a row.
        string[] beginnings = [.. used.Where(text => Beginning().IsMatch(text) && text != "row.").SelectMany(text => new[] { text, "row." + text })];
        var patterns = used.Where(text => text.Contains("{}", StringComparison.Ordinal) && Beginning().IsMatch(text.Replace("{}", "x", StringComparison.Ordinal) + "."))
            .Select(text => new Regex($"^{Regex.Escape(text).Replace("\\{}", "([a-z-]+)", StringComparison.Ordinal)}$")).ToList();
        Expect.None(Words.English.Keys.Where(key =>
            !used.Contains(key)
            && !Array.Exists(open, family => key.StartsWith(family, StringComparison.Ordinal))
            && !Array.Exists(endings, end => key.EndsWith(end, StringComparison.Ordinal) && used.Contains(key[..^end.Length]))
            // What completes a key stands somewhere itself.
            && !Array.Exists(beginnings, beginning => key.StartsWith(beginning, StringComparison.Ordinal) && used.Contains(key[beginning.Length..]))
            && !patterns.Exists(pattern => pattern.Match(key) is { Success: true } match && match.Groups.Values.Skip(1).All(part => used.Contains(part.Value)))));
    }

    [Fact]
    public void Words_of_status_codes_are_those_of_their_list() =>
        Assert.All(StatusCodes.All, code => Assert.Equal(code.Meaning, Words.English.Say("code." + code.Text)));

    [Fact]
    public void Words_of_places_are_those_of_the_formats() => Assert.All(AssetFormats.All, format =>
        Assert.Equal(format.Placement.Where, Words.English.Say($"place.{Kind(format.Placement.Kind)}.{format.Placement.Clause}")));

    private static string Kind(PlacementKind kind) => kind switch
    {
        PlacementKind.Embedded => "embedded",
        PlacementKind.DetachedOnly => "detached-only",
        _ => "not-placed",
    };

    [GeneratedRegex(@"\b(?<call>Say|Count|Row)\(""(?<key>[a-z][a-z0-9.-]*)""")]
    private static partial Regex Place();

    [GeneratedRegex(@"^[a-z-]+(\.[a-z-]+)+$")]
    private static partial Regex Key();

    [GeneratedRegex(@"\bTerm\(""([a-z-]+)""")]
    private static partial Regex TermOf();

    [GeneratedRegex(@"\.(csv|html|json|jsonl)$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^(\.[a-z-]+)+$")]
    private static partial Regex Ending();

    [GeneratedRegex(@"^([a-z-]+\.)+$")]
    private static partial Regex Beginning();
}
