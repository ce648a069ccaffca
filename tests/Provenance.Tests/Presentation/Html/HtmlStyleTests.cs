using System.Globalization;
using System.Text.RegularExpressions;
using Provenance.Presentation.Html;
using Xunit;

namespace Provenance.Tests.Presentation.Html;

/// <summary>The style sheet's colours, measured as WCAG 2.2 does.</summary>
public sealed partial class HtmlStyleTests
{
    private const double ForText = 4.5, ForShapes = 3;

    public static TheoryData<string> Schemes { get; } = new("light", "dark", "print");

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Text_stands_out_from_its_ground(string scheme)
    {
        var colours = ColoursOf(scheme);
        foreach (string ground in (string[])["ground", "panel"])
        {
            foreach (string text in (string[])["ink", "muted", "broken"])
                Assert.True(Contrast(colours[text], colours[ground]) >= ForText, $"{text} on {ground}: {Contrast(colours[text], colours[ground]):0.00}");
        }
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Shapes_stand_out_from_their_ground_and_the_stretches_of_a_strip_from_each_other(string scheme)
    {
        var colours = ColoursOf(scheme);
        foreach (string shape in (string[])["shape", "broken"])
        {
            foreach (string ground in (string[])["ground", "panel"])
                Assert.True(Contrast(colours[shape], colours[ground]) >= ForShapes, $"{shape} on {ground}: {Contrast(colours[shape], colours[ground]):0.00}");
        }
        // The border and the covered stretches against the page; the hatching against what is open.
        foreach (var (one, other) in ((string, string)[])[("covered", "ground"), ("covered", "credential"), ("ink", "open")])
            Assert.True(Contrast(colours[one], colours[other]) >= ForShapes, $"{one} beside {other}: {Contrast(colours[one], colours[other]):0.00}");
    }

    [Fact]
    public void Every_colour_of_the_page_is_one_of_those_that_are_measured()
    {
        var light = ColoursOf("light");

        Assert.Equal(light.Keys.Order(), ColoursOf("dark").Keys.Order());
        Assert.Equal(light.Keys.Order(), ColoursOf("print").Keys.Order());
        string rules = Rule().Replace(HtmlStyle.Sheet, "");
        Assert.DoesNotMatch(Hex(), rules);
        Assert.DoesNotMatch("rgb|hsl|color-mix|gradient|opacity", rules);
        Assert.All(Used().Matches(HtmlStyle.Sheet), use => Assert.Contains(use.Groups[1].Value, light.Keys));
    }

    [Fact]
    public void Paper_forced_colours_narrow_screens_and_Korean_have_rules_of_their_own()
    {
        foreach (string rule in (string[])["@media print", "@media (forced-colors: active)", "@media (prefers-color-scheme: dark)", "@media (max-width: 34rem)", ":lang(ko) { word-break: keep-all;", "details::details-content"])
            Assert.Contains(rule, HtmlStyle.Sheet, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> ColoursOf(string scheme)
    {
        string sheet = HtmlStyle.Sheet;
        int at = scheme switch
        {
            "dark" => sheet.IndexOf("@media (prefers-color-scheme: dark)", StringComparison.Ordinal),
            "print" => sheet.IndexOf("@media print", StringComparison.Ordinal),
            _ => 0,
        };
        string block = sheet[at..];
        block = block[block.IndexOf(":root", StringComparison.Ordinal)..];
        block = block[..block.IndexOf('}', StringComparison.Ordinal)];
        return Variable().Matches(block).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
    }

    private static double Contrast(string one, string other)
    {
        double a = Luminance(one), b = Luminance(other);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            double value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }

    [GeneratedRegex("--([a-z]+): (#[0-9a-f]{6});")]
    private static partial Regex Variable();

    [GeneratedRegex(":root \\{[^}]*\\}")]
    private static partial Regex Rule();

    [GeneratedRegex("#[0-9a-fA-F]{3,8}\\b")]
    private static partial Regex Hex();

    [GeneratedRegex("var\\(--([a-z]+)\\)")]
    private static partial Regex Used();
}
