using Provenance.Verifier.Reports;

namespace Provenance.Verifier.History;

/// <summary>
/// How an asset came to be, as far as its credential tells: by the word of each signer, from manifests that hold. Nothing of others is
/// repeated but that they are there. That something is not told proves nothing.
/// </summary>
public sealed class EditHistory
{
    private readonly VerificationReport _report;
    private readonly Chapters _chapters;
    private IReadOnlyList<HistoryEvent>? _timeline;
    private IReadOnlyList<SourceNode>? _sources;
    private IReadOnlyList<RenditionRun>? _renditions;
    private IReadOnlyList<HistoryConflict>? _conflicts;
    private IReadOnlyList<HistoryConflict> _withMetadata = [];
    private MetadataReport? _metadata;

    private EditHistory(VerificationReport report) => (_report, _chapters) = (report, Chapters.Of(report));

    internal static EditHistory Of(VerificationReport report) => new(report);

    /// <summary>
    /// What happened, from the origin to now. The order is that of the chain, which hashes prove: what something was made from stands before
    /// it. Inside of one manifest it is the order written. Claimed times change nothing about it.
    /// </summary>
    public IReadOnlyList<HistoryEvent> Timeline => _timeline ??= TimelineBuilder.Build(_chapters);

    /// <summary>This file and what it was made from, as a tree in a list; empty where there is no credential that could be read.</summary>
    public IReadOnlyList<SourceNode> Sources => _sources ??= SourceTree.Build(_report, _chapters);

    /// <summary>Runs of manifests whose signers only wrote the content anew, which a short report tells in one line each.</summary>
    public IReadOnlyList<RenditionRun> Renditions => _renditions ??= RenditionRuns.Find(_chapters);

    /// <summary>What does not go together, the report's unsigned metadata included where somebody read it.</summary>
    public IReadOnlyList<HistoryConflict> Conflicts
    {
        get
        {
            _conflicts ??= HistoryConflicts.Of(_report, _chapters);
            if (_report.Metadata is not { } metadata)
                return _conflicts;
            if (!ReferenceEquals(metadata, _metadata))
                (_metadata, _withMetadata) = (metadata, [.. _conflicts, .. MetadataConflicts.Of(_report, _chapters, metadata)]);
            return _withMetadata;
        }
    }

    /// <summary>The manifests that are told, in the order of the timeline: the active one last.</summary>
    public IReadOnlyList<ManifestSummary> Told => [.. _chapters.InOrder.Select(chapter => chapter.Summary)];
}
