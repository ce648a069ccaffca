using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Trust;

namespace Provenance.Presentation.Sections;

/// <summary>How the report was made, so that somebody else can make it again: from which bytes, as of when, with which lists, by which program.</summary>
internal static class RecordSection
{
    private const int MostLists = 20;

    public static PageSection Of(PageContext page)
    {
        var (report, words) = page;
        var rows = new List<PageRow>();
        if (report.Length > 0)
            rows.Add(page.Row("file", words.Say("record.file", "type", DisplayText.Clean(report.MediaType) is { Length: > 0 } type ? type : words.Say("record.unknown-type"), "bytes", words.Count("count.bytes", report.Length))));
        if (report.Digest is { } digest)
            rows.Add(page.Row("sha-256", Convert.ToHexStringLower(digest.Span)) with { IsCode = true });
        rows.Add(page.Row("judged", words.Say("record.judged", "time", words.Moment(report.Policy.Time))));
        foreach (var list in report.Policy.Lists.Take(MostLists))
            rows.Add(page.Row("lists", ListText(list, words)));
        if (report.Policy.Lists.Count > MostLists)
            rows.Add(page.Row("lists", words.Say("page.and-n-more", "n", Words.Number(report.Policy.Lists.Count - MostLists))));
        if (report.Policy.Lists.Count == 0)
            rows.Add(page.Row("lists", words.Say("record.no-lists")));
        if (report.Policy.OlderTimeModel)
            rows.Add(page.Row("lists", words.Say("record.older-time-model")));
        rows.Add(page.Row("program", words.Say("record.program", "program", $"{Product.Name} {Product.Version}", "specification", Product.SpecificationVersion)));
        return page.Section(PageTopic.Record, "section.record", rows);
    }

    private static string ListText(TrustList list, Words words)
    {
        string text = words.Say(list.Purpose == TrustPurpose.Signer ? "record.list.signers" : "record.list.time-stamps",
            "name", DisplayText.Clean(list.Name), "entries", words.Count("count.entries", list.Anchors.Count + list.AllowedCount));
        return list.Identifier is { } issue ? $"{text} · {words.Say("record.list.issue", "issue", DisplayText.Clean(issue, 24))}" : text;
    }
}
