using Provenance.Verifier.History;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation.Sections;

/// <summary>
/// What the file was made from, as a tree. A short page leaves it out where the history has told all of it: one earlier version behind the
/// other, each with a credential that holds, and things without any.
/// </summary>
internal static class SourcesSection
{
    private const int MostManifests = 4;

    public static PageSection? Of(PageContext page)
    {
        if (!page.Holds)
            return null;
        var sources = page.Report.History.Sources;
        if (sources.Count < 2 || (!page.InFull && IsLine(sources)))
            return null;
        // Of more than four manifests the outermost sources only.
        bool isShallow = !page.InFull && page.Report.History.Told.Count > MostManifests;
        var words = new HistoryWords(page);
        var root = new LineList(new(page.MostLines, page.Words));
        var lists = new LineList?[sources.Count];
        lists[0] = root;
        int left = 0;
        for (int i = 1; i < sources.Count; i++)
        {
            var node = sources[i];
            if (isShallow && node.Depth > 1)
            {
                left++;
                continue;
            }
            if (lists[node.Parent!.Value] is not { } place || place.Add(NodeOf(page, words, node)) is not { } below)
                continue;
            lists[i] = below;
            if (node.Ingredient?.RecordedFailures is { Count: > 0 } recorded)
                below.Add(page.Words.Say("history.when-added", "codes", DisplayText.Clean(string.Join(", ", recorded), 200)));
        }
        if (left > 0)
            root.Add(page.Words.Count("history.below", left));
        return page.Section(PageTopic.Sources, "section.sources", [], root.ToNodes());
    }

    private static PageNode NodeOf(PageContext page, HistoryWords words, SourceNode node)
    {
        var line = words.Source(node);
        return page.InFull && PictureOf(node) is { } picture ? new(line.Text) { Note = line.Note, Label = line.Label, Picture = picture } : line;
    }

    private static PagePicture? PictureOf(SourceNode node) => node.Thumbnail is { } thumbnail ? PagePictures.Of(thumbnail.Bytes.Span, PagePictures.MostRecordedBytes) : null;

    private static bool IsLine(IReadOnlyList<SourceNode> sources)
    {
        int last = 0;
        for (int i = 1; i < sources.Count; i++)
        {
            if (sources[i].Ingredient is { RecordedFailures.Count: > 0 })
                return false;
            if (sources[i].State == CredentialState.None)
                continue;
            if (sources[i] is not { Manifest: not null, IsShownAbove: false, Ingredient.Relationship: "parentOf" } || sources[i].Parent != last)
                return false;
            last = i;
        }
        return true;
    }
}
