using Provenance.Verifier.Reports;

namespace Provenance.Verifier.History;

/// <summary>
/// Makes the tree of sources. Each manifest stands in it once with all that is below it, so that neither cycles nor many roads to one make it
/// longer than the ingredients there are; how deep it is the checks have bounded.
/// </summary>
internal static class SourceTree
{
    public static IReadOnlyList<SourceNode> Build(VerificationReport report, Chapters chapters)
    {
        if (report.Manifests.Count == 0)
            return [];
        var nodes = new List<SourceNode>();
        if (chapters.Active is not { } active)
            return [new(() => null) { Parent = null, Depth = 0, State = CredentialStates.Of(report.Proven) }];
        nodes.Add(new(() => RecordedThumbnail.OfClaim(active.Result))
        {
            Parent = null,
            Depth = 0,
            State = CredentialStates.Of(report.Proven),
            Manifest = active.Summary,
            IsRendition = active.IsRendition,
        });
        var shown = new HashSet<Chapter> { active };
        var open = new Stack<Level>([new(active, 0)]);
        while (open.TryPeek(out var level))
        {
            if (level.Next == level.Chapter.Sources.Length)
            {
                open.Pop();
                continue;
            }
            int place = level.Next++;
            var source = level.Chapter.Sources[place];
            bool isNew = source is not null && shown.Add(source);
            nodes.Add(NodeOf(chapters, level.Chapter, place, level.Node, open.Count, isNew));
            if (isNew)
                open.Push(new(source!, nodes.Count - 1));
        }
        return nodes;
    }

    private static SourceNode NodeOf(Chapters chapters, Chapter chapter, int place, int parent, int depth, bool isNew)
    {
        var (holder, ingredient, source) = (chapter.Result, chapter.Result.Ingredients[place], chapter.Sources[place]);
        return new(() => RecordedThumbnail.OfIngredient(holder, ingredient, label => chapters.Find(label)?.Result) ?? (source is null ? null : RecordedThumbnail.OfClaim(source.Result)))
        {
            Parent = parent,
            Depth = depth,
            Ingredient = chapter.Summary.Ingredients[place],
            State = chapter.States[place],
            Manifest = source?.Summary,
            IsShownAbove = source is not null && !isNew,
            IsRendition = source is { IsRendition: true },
        };
    }

    /// <summary>A manifest whose ingredients are being put into the tree.</summary>
    private sealed class Level(Chapter chapter, int node)
    {
        public Chapter Chapter => chapter;

        public int Node => node;

        public int Next { get; set; }
    }
}
