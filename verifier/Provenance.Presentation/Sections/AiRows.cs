using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation.Sections;

/// <summary>What issuers declare about AI, one row a statement: how much of what, with which tool, by whose word.</summary>
internal static class AiRows
{
    private const int Most = 4;

    /// <summary>A hostile file declares thousands of things.</summary>
    private const int MostRead = 200;

    public static IEnumerable<PageRow> Of(PageContext page)
    {
        var (report, words) = page;
        if (report.Ai.Declaration == AiDeclaration.NotDeclared)
            yield return page.Row("ai", words.Say("ai.not-declared"));
        var told = report.Ai.Statements.Take(MostRead).Select(statement => TextOf(page, statement)).Distinct(StringComparer.Ordinal).ToList();
        // Where one thing is declared, and of this file, the line below the sentence has told it.
        if (told.Count == 1 && report.Ai.Declaration == AiDeclaration.Declared)
            yield break;
        int most = page.InFull ? told.Count : Most;
        foreach (string text in told.Take(most))
            yield return page.Row("ai", text);
        if (told.Count > most)
            yield return page.Row("ai", words.Say("page.and-n-more", "n", Words.Number(told.Count - most)));
    }

    private static string TextOf(PageContext page, AiStatement statement)
    {
        var words = page.Words;
        string of = statement switch
        {
            { OfIngredient: false } => "ai.of-file",
            { OfEarlierVersion: true } => "ai.of-earlier-version",
            _ => "ai.of-source",
        };
        string use = statement.Use switch
        {
            AiUse.Generated => "ai.use.generated",
            AiUse.Edited => "ai.use.edited",
            _ => "ai.use.model-used",
        };
        string tool = DisplayText.Clean(statement.Tool, 80);
        string what = tool.Length > 0 ? words.Say("ai.with-tool", "use", words.Say(use), "tool", tool) : words.Say(use);
        var manifest = page.Report.Manifests.First(manifest => manifest.Label == statement.Manifest);
        return words.Say("ai.declared", "of", words.Say(of), "what", what, "who", new HistoryWords(page).NameOf(manifest));
    }
}
