using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation.Sections;

/// <summary>What unsigned metadata says, with the one thing that can be known of each field: whether it can have changed since signing.</summary>
internal static class MetadataSection
{
    private const int MostRows = 40, MostOfOneKey = 4;

    /// <summary>Settings of the camera say nothing of where a picture comes from: in JSON alone.</summary>
    private static readonly MetadataKey[] NotTold =
        [MetadataKey.CameraExposure, MetadataKey.CameraAperture, MetadataKey.CameraIso, MetadataKey.CameraFocalLength, MetadataKey.ColourProfile];

    public static PageSection? Of(PageContext page)
    {
        var (report, words) = page;
        if (report.Metadata is not { IsEmpty: false } metadata)
            return null;
        bool isBound = metadata.Fields.Any(field => field.Coverage != FieldCoverage.NotEstablished) || metadata.Marks.Any(mark => mark.Coverage != FieldCoverage.NotEstablished);
        var rows = new List<PageRow> { page.Row("metadata", words.Say(isBound ? "metadata.anybody.covered" : "metadata.anybody")) };
        foreach (var mark in metadata.Marks.DistinctBy(mark => (mark.Generator, mark.Coverage)).Take(MostRows))
        {
            string text = words.Say(mark.SaysAi ? "metadata.mark.ai" : "metadata.mark", "generator", mark.Generator, "place", mark.Evidence);
            rows.Add(page.Row("generator-mark", text + Coverage(mark.Coverage, words)));
        }
        AddFields(page, metadata, rows);
        rows.AddRange(MetadataWords.Hidden(page, metadata.Fields.Select(field => field.Privacy)));
        foreach (var block in metadata.Unreadable.Take(MostOfOneKey))
            rows.Add(page.Row("not-read", words.Say("metadata.not-read." + ReportMetadataJson.Reason(block.Reason), "block", words.Say("metadata-block." + ReportMetadataJson.Block(block.Block)))));
        return page.Section(PageTopic.Metadata, "section.metadata", rows);
    }

    /// <summary>The fields; what several blocks say alike is told once.</summary>
    private static void AddFields(PageContext page, MetadataReport metadata, List<PageRow> rows)
    {
        var words = page.Words;
        int count = 0;
        foreach (var key in metadata.Fields.Where(field => page.MayShow(field.Privacy) && !NotTold.Contains(field.Key)).GroupBy(field => field.Key))
        {
            var values = key.GroupBy(field => (Text: MetadataWords.ValueOf(field.Key, field.Value, field.Time, words), field.Coverage)).Where(group => group.Key.Text.Length > 0).ToList();
            foreach (var value in values.Take(MostOfOneKey))
            {
                if (count++ == MostRows)
                {
                    rows.Add(page.Row("metadata", words.Say("page.and-more")));
                    return;
                }
                string blocks = words.List(value.Select(field => field.Block).Distinct().Select(block => words.Say("metadata-block." + ReportMetadataJson.Block(block))));
                rows.Add(new(words.Say("metadata." + key.Key.Name), $"{value.Key.Text} ({blocks}{Coverage(value.Key.Coverage, words)})"));
            }
            if (values.Count > MostOfOneKey)
                rows.Add(new(words.Say("metadata." + key.Key.Name), words.Say("page.and-n-more", "n", Words.Number(values.Count - MostOfOneKey))));
        }
    }

    /// <summary>Of a file without a credential that holds nothing can be said.</summary>
    private static string Coverage(FieldCoverage coverage, Words words) => coverage switch
    {
        FieldCoverage.Covered => "; " + words.Say("metadata.covered"),
        FieldCoverage.PartlyCovered => "; " + words.Say("metadata.partly-covered"),
        FieldCoverage.NotCovered => "; " + words.Say("metadata.not-covered"),
        _ => "",
    };
}
