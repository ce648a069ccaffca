using Provenance.Verifier.History;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation.Sections;

/// <summary>
/// What happened, manifest by manifest from the origin to now, by the word of each signer. In a short page renditions are told in one line,
/// and of more than four manifests the origin and the active one (labels E1).
/// </summary>
internal sealed class HistorySection
{
    private const int MostManifests = 4;

    private readonly PageContext _page;
    private readonly EditHistory _history;
    private readonly HistoryWords _words;
    private readonly Dictionary<ManifestSummary, SourceNode> _nodes = [];
    private readonly LineBudget _budget;
    private readonly ManifestSummary? _origin;

    private HistorySection(PageContext page)
    {
        (_page, _history, _words) = (page, page.Report.History, new(page));
        _budget = new(page.MostLines, page.Words);
        _origin = FindOrigin();
        foreach (var node in _history.Sources)
        {
            if (node.Manifest is { } manifest)
                _nodes.TryAdd(manifest, node);
        }
    }

    public static PageSection? Of(PageContext page) => page.Holds ? new HistorySection(page).Build() : null;

    private PageSection Build()
    {
        var chapters = Chapters();
        bool isOne = chapters.Count == 1;
        var nodes = new LineList(_budget);
        // Of many manifests the origin and the active one, and what a source withholds.
        bool isShort = !_page.InFull && chapters.Count > MostManifests;
        int hidden = isShort ? chapters.Count(chapter => !IsTold(chapter)) : 0;
        bool isSaid = false;
        foreach (var chapter in chapters)
        {
            if (isShort && !IsTold(chapter))
            {
                if (!isSaid)
                    nodes.Add(_page.Words.Count("history.between", hidden));
                isSaid = true;
            }
            else if (isOne)
            {
                Tell(nodes, chapter);
            }
            else if (nodes.Add(HeadOf(chapter)) is { } below)
            {
                Tell(below, chapter);
            }
        }
        return _page.Section(PageTopic.History, isOne ? "history.by-word" : "history.by-word.from-origin", [], nodes.ToNodes());
    }

    private bool IsTold(Chapter chapter) => ReferenceEquals(chapter.Manifest, _origin) || ReferenceEquals(chapter.Manifest, _page.Report.Manifests[0])
        || chapter.Events.Exists(item => item.Kind == HistoryEventKind.Withheld);

    /// <summary>The manifests and what each tells. In a short page a run of renditions is one, that of its last.</summary>
    private List<Chapter> Chapters()
    {
        var chapters = new List<Chapter>();
        var runs = new Dictionary<ManifestSummary, RenditionRun?>();
        foreach (var run in _page.InFull ? [] : _history.Renditions)
        {
            foreach (var step in run.Steps)
                runs[step] = ReferenceEquals(step, run.Steps[^1]) ? run : null;
        }
        foreach (var item in _history.Timeline)
        {
            bool isStep = runs.TryGetValue(item.Manifest, out var run);
            if (isStep && run is null)
                continue;
            if (chapters.Count == 0 || !ReferenceEquals(chapters[^1].Manifest, item.Manifest))
                chapters.Add(new(item.Manifest, run));
            if (!isStep)
                chapters[^1].Events.Add(item);
        }
        return chapters;
    }

    /// <summary>The manifest at the end of the road of parents, where that leads anywhere.</summary>
    private ManifestSummary? FindOrigin()
    {
        var sources = _history.Sources;
        int at = 0;
        for (int i = 1; i < sources.Count; i++)
        {
            if (sources[i] is { Manifest: not null, Ingredient.Relationship: "parentOf", IsShownAbove: false } && sources[i].Parent == at)
                at = i;
        }
        return at == 0 ? null : sources[at].Manifest;
    }

    private PageNode HeadOf(Chapter chapter)
    {
        bool isActive = ReferenceEquals(chapter.Manifest, _page.Report.Manifests[0]);
        string title = isActive ? _page.Words.Say("history.this-file") : TitleOf(_nodes.GetValueOrDefault(chapter.Manifest));
        string text = chapter.Run is { } run ? $"{title} — {_words.Rendition(run)}" : title;
        if (_page.InFull)
            return new(text) { Note = _words.Signing(chapter.Manifest), Label = HistoryWords.LabelOf(chapter.Manifest.Credential) };
        return new(isActive ? text : $"{text} — {_words.Signing(chapter.Manifest)}");
    }

    private string TitleOf(SourceNode? node) => DisplayText.Clean(node?.Title, 80) is { Length: > 0 } title ? title
        : _page.Words.Say(node?.Ingredient?.Relationship == "parentOf" ? "history.earlier-version" : "history.source");

    private void Tell(LineList nodes, Chapter chapter)
    {
        foreach (var item in chapter.Events)
        {
            if (item.Kind != HistoryEventKind.Signing)
                nodes.Add(_words.Event(item));
            // Of a manifest that tells nothing there is no more to be expected than of any.
            else if (_page.InFull && item.AllActionsIncluded is not true && chapter.Events.Count > 1)
                nodes.Add(_page.Words.Say("history.perhaps-more"));
        }
    }

    /// <summary>What is told of one manifest; of renditions one line, and no events.</summary>
    private sealed record Chapter(ManifestSummary Manifest, RenditionRun? Run)
    {
        public List<HistoryEvent> Events { get; } = [];
    }
}
