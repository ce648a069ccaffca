using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Provenance.Tests.House;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Labels;

public sealed partial class WordsTests
{
    public static TheoryData<string> Codes { get; } = new("en", "ko");

    [Fact]
    public void Both_languages_say_the_same_things()
    {
        Assert.Equal(Words.English.Keys.Where(key => !key.EndsWith(".one", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Words.Korean.Keys.Where(key => !key.EndsWith(".one", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(Words.English.Keys.Where(Words.Korean.Has), key => Assert.Equal(Places(Words.English.Say(key)), Places(Words.Korean.Say(key))));
    }

    [Fact]
    public void Korean_is_Korean() => Assert.All(
        Words.Korean.Keys.Where(key => !IsCommon(Words.Korean.Say(key))), key => Assert.Matches(Hangul(), Words.Korean.Say(key)));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Nothing_is_said_twice_under_one_key_and_nothing_out_of_order(string code)
    {
        var keys = KeyOfLine().Matches(File.ReadAllText(Path.Combine(Repository.Root, "verifier", "Provenance.Verifier", "Labels", $"Words.{code}.json"))).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(keys.Order(StringComparer.Ordinal).Distinct(), keys);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void What_is_said_is_what_a_JSON_parser_reads(string code)
    {
        var words = code == "ko" ? Words.Korean : Words.English;
        var parsed = JObject.Parse(Repository.Read("verifier", "Provenance.Verifier", "Labels", $"Words.{code}.json"));
        Assert.Equal(parsed.Properties().Select(property => property.Name), words.Keys);
        Assert.All(parsed.Properties(), property => Assert.Equal((string?)property.Value, words.Say(property.Name)));
    }

    [Theory]
    [InlineData("c2pa.cropped\": \"cropped\",\n  \"action.c2pa.deleted")]
    [InlineData("c2pa.cropped\"")]
    [InlineData("c2pa.cropped\\")]
    [InlineData("c2pa.crop")]
    [InlineData("")]
    public void A_term_that_is_no_key_finds_no_words_however_it_is_spelled(string term) =>
        Assert.Equal(DisplayText.Clean(term, 80), Words.English.Term("action", term));

    [Fact]
    public void A_term_of_any_length_is_looked_for()
    {
        Assert.Equal(new string('x', 79) + "…", Words.English.Term("action", new string('x', 5000))[..79] + "…");
        Assert.False(Words.English.Has(new string('x', 128)));
        Assert.False(Words.English.Has(new string('x', 129)));
    }

    [Fact]
    public void What_is_put_in_is_not_read_again() =>
        Assert.Equal("Unchanged since {date} signed it on 1 Jan 1970.", Words.English.Say("label.intact-known.dated", "issuer", "{date}", "date", Words.English.Day(DateTimeOffset.UnixEpoch)));

    [Fact]
    public void A_place_without_a_value_and_a_key_without_words_are_faults_of_ours()
    {
        Assert.Throws<KeyNotFoundException>(() => Words.English.Say("label.intact-known.dated", "issuer", "X"));
        Assert.Throws<KeyNotFoundException>(() => Words.English.Say("label.of-nothing"));
    }

    [Fact]
    public void Dates_are_written_as_each_language_writes_them()
    {
        var time = new DateTimeOffset(2026, 11, 21, 21, 0, 0, TimeSpan.FromHours(9));
        Assert.Equal(("21 Nov 2026 12:00 UTC", "21 Nov 2026"), (Words.English.Moment(time), Words.English.Day(time)));
        Assert.Equal(("2026년 11월 21일 12:00 UTC", "2026년 11월 21일"), (Words.Korean.Moment(time), Words.Korean.Day(time)));
        Assert.Equal("21 Nov 2026 21:00, time zone not recorded", Words.English.LocalMoment(time.DateTime));
        Assert.Equal("2026년 11월 21일 21:00(시간대 기록 없음)", Words.Korean.LocalMoment(time.DateTime));
    }

    [Fact]
    public void One_is_counted_otherwise_than_many_where_the_language_does()
    {
        Assert.Equal(("1 byte", "2,000 bytes"), (Words.English.Count("count.bytes", 1), Words.English.Count("count.bytes", 2000)));
        Assert.Equal("1바이트", Words.Korean.Count("count.bytes", 1));
    }

    [Fact]
    public void A_term_without_words_is_shown_as_written_and_cleaned()
    {
        Assert.Equal("cropped", Words.English.Term("action", "c2pa.cropped"));
        Assert.Equal("com.example.x y", Words.English.Term("action", "com.example.x\ny"));
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    /// <summary>Signs, units and names are the same in every language: no more than one word beside the places.</summary>
    private static bool IsCommon(string text) => LatinWord().Count(Place().Replace(text, "")) < 2;

    [GeneratedRegex("[A-Za-z_-]{2,}")]
    private static partial Regex LatinWord();

    [GeneratedRegex(@"\{[a-z0-9-]+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\p{IsHangulSyllables}")]
    private static partial Regex Hangul();

    [GeneratedRegex("^  \"([^\"]+)\": ", RegexOptions.Multiline)]
    private static partial Regex KeyOfLine();
}
