using System.Text;
using Provenance.Tests.House;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Labels;

/// <summary>The page for readers repeats the sentences of the table.</summary>
public sealed class LabelsPageTests
{
    [Fact]
    public void Every_sentence_stands_on_the_page_in_both_languages()
    {
        var page = new StringBuilder("| Label | Sentence | 한국어 |\n| --- | --- | --- |\n");
        foreach (var row in LabelTableTests.AllFacts.Select(LabelTable.For).DistinctBy(row => row.Sentence).OrderBy(row => row.Label))
            page.Append('|').AppendJoin('|', $" {LabelTable.Code(row.Label)} ", $" {Fill(Words.English, row.Sentence)} ", $" {Fill(Words.Korean, row.Sentence)} ").Append("|\n");
        GeneratedPart.IsCurrent("labels.md", "the sentences of Words.en.json and Words.ko.json", page.ToString());
    }

    [Fact]
    public void Every_further_line_stands_there_too()
    {
        var page = new StringBuilder("| Line | 한국어 |\n| --- | --- |\n");
        foreach (string key in LabelTableTests.AllFacts.SelectMany(facts => LabelTable.For(facts).Lines).OrderBy(line => line.Axis).Select(line => line.Key).Distinct())
            page.Append('|').AppendJoin('|', $" {Fill(Words.English, key)} ", $" {Fill(Words.Korean, key)} ").Append("|\n");
        GeneratedPart.IsCurrent("labels.md", "the lines of Words.en.json and Words.ko.json", page.ToString());
    }

    private static string Fill(Words words, string key) => words.Say(words.Has(key + ".dated") ? key + ".dated" : key, "issuer", "…", "date", "…", "covered", "…", "open", "…");
}
