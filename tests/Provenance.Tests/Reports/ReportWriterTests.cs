using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Reports;

public sealed class ReportWriterTests
{
    [Fact]
    public void Every_character_is_written_as_JSON_in_ASCII_that_is_read_back()
    {
        for (int code = 0; code <= char.MaxValue; code++)
        {
            if (char.IsSurrogate((char)code))
                continue;
            string text = $"a{(char)code}b", written = Written(text);
            // DEL is the one ASCII character that JSON lets stand and a terminal may act on.
            string expected = code == 0x7F ? "\"a\\u007fb\"" : JsonConvert.ToString(text, '"', StringEscapeHandling.EscapeNonAscii);
            Assert.Equal(expected, written);
        }
    }

    [Theory]
    [InlineData("\U0001F600", "\"\\ud83d\\ude00\"")]
    [InlineData("", "\"\"")]
    [InlineData("\"\\", "\"\\\"\\\\\"")]
    [InlineData(null, "null")]
    public void Pairs_of_surrogates_stay(string? text, string expected) => Assert.Equal(expected, Written(text));

    [Fact]
    public void Lone_surrogates_do_not() => Assert.Equal("\"a\\ufffdb\"", Written("a" + '\uD83D' + "b"));

    [Theory]
    [InlineData("x", 1)]
    [InlineData("\"", 2)]
    [InlineData("é", 6)]
    [InlineData("\u007F", 6)]
    [InlineData("\U0001F600", 12)]
    public void A_string_is_cut_by_the_length_of_its_escaped_form(string unit, int escaped)
    {
        const int most = 120;
        string longest = string.Concat(Enumerable.Repeat(unit, most / escaped));
        Assert.Equal(longest, Read(longest, most, out bool truncated));
        Assert.False(truncated);

        string cut = Read(longest + unit, most, out truncated);
        Assert.True(truncated);
        Assert.EndsWith("…", cut, StringComparison.Ordinal);
        Assert.StartsWith(cut[..^1], longest, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_longer_than_any_buffer_it_began_with_is_whole()
    {
        var json = new ReportWriter();
        json.Open();
        for (int i = 0; i < 500; i++)
            json.Text(string.Create(CultureInfo.InvariantCulture, $"member{i}"), new string((char)('a' + (i % 26)), i));
        json.Close();
        var read = JObject.Parse(Text(json));
        Assert.Equal(500, read.Count);
        Assert.All(Enumerable.Range(0, 500), i => Assert.Equal(new string((char)('a' + (i % 26)), i), (string?)read[string.Create(CultureInfo.InvariantCulture, $"member{i}")]));
    }

    private static string Written(string? text)
    {
        var json = new ReportWriter();
        json.Open();
        json.Text("t", text);
        json.Close();
        return Text(json)["{\"t\":".Length..^1];
    }

    private static string Read(string text, int most, out bool truncated)
    {
        var json = new ReportWriter();
        json.Open();
        json.Text("t", text, most);
        json.Close();
        truncated = json.IsTruncated;
        return (string)JObject.Parse(Text(json))["t"]!;
    }

    private static string Text(ReportWriter json)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        json.CopyTo(text);
        return text.ToString();
    }
}
