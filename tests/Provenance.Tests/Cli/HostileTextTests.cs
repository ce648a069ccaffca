using System.Globalization;
using System.Text;
using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>Words of the file reach the terminal as words, never as commands to it (attack K11).</summary>
public sealed class HostileTextTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    public static TheoryData<string> Strings() =>
    [
        "\u001b[2J\u001b[31mTrusted",
        "\u001b]0;title\a\u009b31m",
        "a\r\nSigned: yes\u2028by\u2029all\u0085",
        "Nikon\u202eREDRO\u2066\u2067",
        "Leica\udb40\udc20\udb40\udc54",
        "[red]markup[/] [link=https://example.com]x[/]",
        "a" + new string('\u0301', 1000),
        "\u05d0\u05d1\u05d2 1 2",
        new string('w', 100_000),
        "\0\b\t\v\f",
    ];

    [Theory]
    [MemberData(nameof(Strings))]
    public Task What_a_file_says_cannot_act_on_the_terminal(string hostile) => CheckAsync(hostile);

    [Fact]
    public async Task No_string_of_the_collection_can_act_on_the_terminal()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var strings = JArray.Parse(File.ReadAllText(Shared.Path("vectors", "strings", "ui", "hostile-strings.json"))).Select(item => (string)item["text"]!).ToList();
        Assert.NotEmpty(strings);
        int number = 0;
        foreach (string hostile in strings)
            Save($"{number++}.jpg", hostile);

        var command = await _cli.RunAsync(["verify", .. Enumerable.Range(0, number).Select(i => $"{i}.jpg")]);

        Assert.Equal(0, command.ExitCode);
        AssertHarmless(command.Output);
    }

    private async Task CheckAsync(string hostile)
    {
        Save("hostile.jpg", hostile);

        var text = await _cli.RunAsync("verify", "hostile.jpg");
        var tree = await _cli.RunAsync("inspect", "hostile.jpg");
        var json = await _cli.RunAsync("verify", "--format", "json", "hostile.jpg");

        Assert.Equal(0, text.ExitCode);
        AssertHarmless(text.Output);
        AssertHarmless(tree.Output);
        Assert.All(json.Output.TrimEnd('\n'), c => Assert.InRange(c, ' ', '~'));
        Assert.True(json.Output.Length < 1 << 20);
        // One line each for issuer, program and source, however many the words would like.
        Assert.Single(text.Output.Split('\n'), line => line.StartsWith("  Made with", StringComparison.Ordinal));
        Assert.All(text.Output.Split('\n'), line => Assert.True(line.Length < 800, line));
    }

    /// <summary>The same words in every place that text output shows.</summary>
    private void Save(string name, string hostile)
    {
        // A certificate's strings hold no NUL and no lone surrogate; the other places take anything.
        string subject = new([.. hostile.Where(c => c != '\0' && !char.IsSurrogate(c)).Take(64)]);
        var signer = TestAuthority.Root("Hostile Root").Intermediate("Hostile CA").Issue("S" + subject, change: c => c.Organization("O" + subject));
        var source = new ManifestBuilder("hostile/source").Created().SignedBy(signer).Embed(TestJpeg.Small());
        string clean = new UTF8Encoding(false).GetString(Encoding.UTF8.GetBytes(hostile));
        _cli.Save(name, new ManifestBuilder("hostile/" + name)
            .GeneratedBy("G" + clean, clean).Titled("T" + clean)
            .Action("c2pa.created", a => a.With("description", "D" + clean).With("reason", clean).With("softwareAgent", new CborFields { { "name", clean } }).Add("digitalSourceType", "http://x/" + clean))
            .Action("x." + clean)
            .Placed(source, "I" + clean)
            .SignedBy(signer).Embed(TestJpeg.Small()).Bytes);
    }

    private static void AssertHarmless(string output)
    {
        foreach (var rune in output.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            bool isOurs = rune.Value is '\n' or 0x2068 or 0x2069;
            Assert.True(isOurs || category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator), $"U+{rune.Value:X4}");
        }
        // Isolates that we open we close on the same line.
        Assert.All(output.Split('\n'), line => Assert.Equal(line.Count(c => c == '\u2068'), line.Count(c => c == '\u2069')));
    }
}
