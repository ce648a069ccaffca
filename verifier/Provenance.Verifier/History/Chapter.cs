using Provenance.Verifier.Checks;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;
using Provenance.Verifier.Reports;

namespace Provenance.Verifier.History;

/// <summary>One manifest that holds, and what it tells.</summary>
internal sealed class Chapter(AssertionModels models, ManifestResult result, ManifestSummary summary)
{
    private IReadOnlyList<ActionsModel>? _actions;
    private IReadOnlyList<SourceDeclaration>? _declarations;
    private bool? _isRendition;

    public AssertionModels Models { get; } = models;

    public ManifestResult Result { get; } = result;

    public ManifestSummary Summary { get; } = summary;

    /// <summary>The chapters of its ingredients, in their order; null where nothing is told of one.</summary>
    public Chapter?[] Sources { get; } = new Chapter?[result.Ingredients.Count];

    /// <summary>How it stands with the credential of each ingredient.</summary>
    public CredentialState[] States { get; } = new CredentialState[result.Ingredients.Count];

    /// <summary>Whether its signer only wrote the content of its one source anew.</summary>
    public bool IsRendition => _isRendition ??= RenditionRuns.Covers(this);

    public IReadOnlyList<ActionsModel> Actions => _actions ??= [.. Models.ActionsOf(Result)];

    public IReadOnlyList<SourceDeclaration> Declarations => _declarations ??= [.. Models.DeclarationsOf(Result)];

    /// <summary>The first of its ingredients that is its parent and is told.</summary>
    public Chapter? Parent
    {
        get
        {
            for (int i = 0; i < Sources.Length; i++)
            {
                if (Result.Ingredients[i].Ingredient?.Relationship == Relationship.ParentOf)
                    return Sources[i];
            }
            return null;
        }
    }

    public string UriOf(AssertionLabel label) => Result.Manifest.Uri(Manifest.AssertionStoreLabel, label.Full);
}

/// <summary>The manifests of a report that hold, linked as their signers linked them.</summary>
internal sealed class Chapters
{
    private readonly Dictionary<string, Chapter> _byLabel = new(StringComparer.Ordinal);
    private IReadOnlyList<Chapter>? _inOrder;

    private Chapters()
    {
    }

    /// <summary>The active manifest's; null where that does not hold.</summary>
    public Chapter? Active { get; private set; }

    /// <summary>From the origin to now: each behind all it was made from, a parent's before the others'.</summary>
    public IReadOnlyList<Chapter> InOrder => _inOrder ??= Sort();

    public Chapter? Find(string label) => _byLabel.GetValueOrDefault(label);

    public static Chapters Of(VerificationReport report)
    {
        var chapters = new Chapters();
        if (report.Result is not { } result)
            return chapters;
        var summaries = new Dictionary<string, ManifestSummary>(StringComparer.Ordinal);
        for (int i = 0; i < result.Reached.Count; i++)
        {
            summaries.Add(result.Reached[i].Manifest.Label, report.Manifests[i]);
            if (report.Holding.Contains(result.Reached[i].Manifest))
                chapters._byLabel.Add(result.Reached[i].Manifest.Label, new(report.Models, result.Reached[i], report.Manifests[i]));
        }
        foreach (var chapter in chapters._byLabel.Values)
        {
            var ingredients = chapter.Result.Ingredients;
            for (int i = 0; i < ingredients.Count; i++)
            {
                chapter.States[i] = CredentialStates.Of(chapter.Summary.Ingredients[i], ingredients[i].Target is { } named ? summaries.GetValueOrDefault(named.Label) : null);
                if (ingredients[i] is { LinkHolds: true, Target: { } target })
                    chapter.Sources[i] = chapters.Find(target.Label);
            }
        }
        chapters.Active = chapters.Find(result.Active.Manifest.Label);
        return chapters;
    }

    private List<Chapter> Sort()
    {
        var sorted = new List<Chapter>();
        if (Active is null)
            return sorted;
        var seen = new HashSet<Chapter> { Active };
        var open = new Stack<Visit>([new(Active)]);
        while (open.TryPeek(out var visit))
        {
            if (visit.Next() is not { } source)
            {
                sorted.Add(visit.Chapter);
                open.Pop();
            }
            else if (seen.Add(source))
            {
                open.Push(new(source));
            }
        }
        return sorted;
    }

    /// <summary>A chapter whose sources are being gone through.</summary>
    private sealed class Visit(Chapter chapter)
    {
        private int _next = -1;

        public Chapter Chapter => chapter;

        /// <summary>The parent first, then all in their order; null behind the last.</summary>
        public Chapter? Next()
        {
            if (_next < 0)
            {
                _next = 0;
                if (chapter.Parent is { } parent)
                    return parent;
            }
            while (_next < chapter.Sources.Length)
            {
                if (chapter.Sources[_next++] is { } source)
                    return source;
            }
            return null;
        }
    }
}
