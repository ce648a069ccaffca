namespace Provenance.Presentation.Sections;

/// <summary>What signers state about camera, time, place and people: by their word, apart from what unsigned blocks say.</summary>
internal static class SignedMetadataSection
{
    private const int MostRows = 30;

    public static PageSection Of(PageContext page)
    {
        var (report, words) = page;
        var rows = new List<PageRow>();
        var shown = report.SignedMetadata.Where(statement => page.MayShow(statement.Privacy)).ToList();
        foreach (var statement in shown.Take(MostRows))
        {
            string text = MetadataWords.ValueOf(statement.Key, statement.Value, statement.Time, words);
            if (text.Length == 0)
                continue;
            if (statement.OfIngredient)
                text += $" ({words.Say("metadata.of-source")})";
            else if (!statement.IsCreated)
                text += $" ({words.Say("history.passed-on")})";
            rows.Add(new(words.Say("metadata." + statement.Key.Name), text));
        }
        if (shown.Count > MostRows)
            rows.Add(page.Row("metadata", words.Say("page.and-more")));
        rows.AddRange(MetadataWords.Hidden(page, report.SignedMetadata.Select(statement => statement.Privacy)));
        return page.Section(PageTopic.Metadata, "section.metadata.signed", rows);
    }
}
