using Newtonsoft.Json.Linq;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Labels;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("Adobe Photoshop 25.0", "Adobe Photoshop 25.0")]
    [InlineData("  two   spaces \t and\r\nlines ", "two spaces and lines")]
    [InlineData("a\u2028b\u2029c\u0085d\u00a0e\u3000f", "a b c d e f")]
    [InlineData("\u001b[31mred\u009b", "\ufffd[31mred\ufffd")]
    [InlineData("Nikon\u202eREDRO\u2066\u2069", "NikonREDRO")]
    [InlineData("Le\u200bi\u200dc\u00ada\ufeff", "Leica")]
    [InlineData("Sony\ufe0f\ufe0f", "Sony")]
    [InlineData("Leica\udb40\udc20\udb40\udc54", "Leica")]
    [InlineData("a\u3164\u115f\u2800b", "a b")]
    [InlineData("\u200b\u202e", "")]
    [InlineData("사진 편집기", "사진 편집기")]
    [InlineData("naïve café", "naïve café")]
    public void Text_is_left_on_one_line_without_what_hides_or_reorders(string? text, string shown) => Assert.Equal(shown, DisplayText.Clean(text));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("a\ufffdb", DisplayText.Clean("a" + (char)0xD800 + "b"));

    [Fact]
    public void Letters_from_right_to_left_are_closed_off_from_their_neighbours() =>
        Assert.Equal("\u2068\u05d0\u05d1 1\u2069", DisplayText.Clean("\u05d0\u05d1\u202e 1"));

    [Theory]
    [InlineData(10, "0123456789")]
    [InlineData(9, "012345678…")]
    public void A_text_that_is_too_long_is_cut_and_says_so(int length, string shown) => Assert.Equal(shown, DisplayText.Clean("0123456789", length));

    [Fact]
    public void A_letter_keeps_four_marks()
    {
        Assert.Equal("a" + new string('\u0301', 4), DisplayText.Clean("a" + new string('\u0301', 4)));
        Assert.Equal("a" + new string('\u0301', 4) + "b", DisplayText.Clean("a" + new string('\u0301', 5) + "b"));
    }

    [Theory]
    [InlineData("Adobe Inc", false)]
    [InlineData("\u0410dobe Inc", true)]
    [InlineData("\u039dikon", true)]
    [InlineData("Фото", false)]
    [InlineData("Sony 사진", false)]
    [InlineData("\uff2eikon", true)]
    public void Look_alike_alphabets_in_one_name_are_noticed(string name, bool mixes) => Assert.Equal(mixes, DisplayText.MixesAlphabets(name));

    [Fact]
    public void Every_hostile_string_becomes_one_bounded_line()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        foreach (var item in JArray.Parse(File.ReadAllText(Shared.Path("vectors", "strings", "ui", "hostile-strings.json"))))
        {
            string shown = DisplayText.Clean((string)item["text"]!);
            Assert.True(shown.Length <= 600, (string?)item["name"]);
            Assert.DoesNotContain(shown, c => char.IsControl(c));
        }
    }
}
