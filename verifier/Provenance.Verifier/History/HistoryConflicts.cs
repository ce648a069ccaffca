using System.Globalization;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Manifests.Assertions;
using Provenance.Verifier.Reports;

namespace Provenance.Verifier.History;

/// <summary>Finds statements that do not go together, of signers whose manifests hold. What was only passed on is nobody's statement.</summary>
internal static class HistoryConflicts
{
    /// <summary>Pieces of evidence of one side: whoever wants all reads the timeline.</summary>
    private const int MostEvidence = 4;

    /// <summary>The conflicts, in the order of the timeline.</summary>
    public static IReadOnlyList<HistoryConflict> Of(VerificationReport report, Chapters chapters)
    {
        var conflicts = new List<HistoryConflict>();
        // Of each manifest the first that declares a model, itself or below it.
        var models = new Dictionary<Chapter, Chapter>();
        foreach (var chapter in chapters.InOrder)
        {
            AddSources(conflicts, chapter, models);
            AddTimes(conflicts, chapter, report.Policy.Limits);
        }
        AddFormat(conflicts, report, chapters);
        return conflicts;
    }

    private static void AddSources(List<HistoryConflict> conflicts, Chapter chapter, Dictionary<Chapter, Chapter> models)
    {
        Chapter? below = null;
        foreach (var source in chapter.Sources)
            below ??= source is null ? null : models.GetValueOrDefault(source);
        bool saysModel = false, saysCapture = false, saysComposite = false;
        foreach (var declaration in chapter.Declarations)
        {
            saysModel |= SaysModel(declaration);
            saysCapture |= SaysCapture(declaration);
            saysComposite |= SaysComposite(declaration);
        }
        if (saysModel)
            models.Add(chapter, chapter);
        else if (below is not null)
            models.Add(chapter, below);
        if (!saysCapture)
            return;
        if (saysModel)
            conflicts.Add(new(ConflictKind.CaptureBesideAi, [.. Evidence(chapter, SaysCapture), .. Evidence(chapter, SaysModel)]));
        else if (below is not null)
            conflicts.Add(new(ConflictKind.CaptureOverAi, [.. Evidence(chapter, SaysCapture), .. Evidence(below, SaysModel)]));
        if (saysComposite)
            conflicts.Add(new(ConflictKind.CaptureBesideComposite, [.. Evidence(chapter, SaysCapture), .. Evidence(chapter, SaysComposite)]));
    }

    private static bool SaysModel(SourceDeclaration declaration) => declaration.Extent != AiExtent.None;

    private static bool SaysCapture(SourceDeclaration declaration) =>
        !declaration.OfIngredient && declaration.Place != DeclarationPlace.AiDisclosure && DigitalSourceType.TermOf(declaration.Value) is "digitalCapture" or "computationalCapture";

    private static bool SaysComposite(SourceDeclaration declaration) =>
        !declaration.OfIngredient && declaration.Place != DeclarationPlace.AiDisclosure && DigitalSourceType.TermOf(declaration.Value) is "composite" or "compositeSynthetic";

    private static IEnumerable<ConflictEvidence> Evidence(Chapter chapter, Func<SourceDeclaration, bool> says)
    {
        int found = 0;
        foreach (var declaration in chapter.Declarations)
        {
            if (says(declaration) && found++ < MostEvidence)
                yield return new(EvidenceKind.Stated, declaration.Value, chapter.Summary, chapter.UriOf(declaration.Assertion));
        }
    }

    private static void AddTimes(List<HistoryConflict> conflicts, Chapter chapter, Limits limits)
    {
        var signed = ProvenAt(chapter.Summary);
        // A stamp that another manifest carries may be of any later day, and what was made from this one before that is in order.
        var sourceSigned = chapter.Parent is { Result.IsTimeOwn: true, Summary: var parent } ? ProvenAt(parent) : null;
        if (signed is null && sourceSigned is null)
            return;
        var late = new List<ConflictEvidence>();
        var early = new List<ConflictEvidence>();
        foreach (var list in chapter.Actions)
        {
            if (!list.Claimed.IsCreated)
                continue;
            foreach (var action in list.Actions.Actions)
            {
                foreach (var time in Times(action))
                    Compare(time, list.Uri);
            }
        }
        if (chapter.Result.Cose?.IssuedAt is { } claimed)
        {
            var evidence = new ConflictEvidence(EvidenceKind.ClaimedSigningTime, Text(claimed), chapter.Summary, chapter.Result.SignatureUri);
            if (claimed - signed > limits.ClockSkew)
                late.Add(evidence);
            if (sourceSigned - claimed > limits.ClockSkew)
                early.Add(evidence);
        }
        if (chapter.Result.IsTimeOwn && sourceSigned - signed > limits.ClockSkew)
            early.Add(ProvenTime(chapter));
        if (late.Count > 0)
            conflicts.Add(new(ConflictKind.TimeAfterSigning, [.. late, ProvenTime(chapter)]));
        if (early.Count > 0)
            conflicts.Add(new(ConflictKind.TimeBeforeSource, [.. early, ProvenTime(chapter.Parent!)]));

        void Compare(ClaimedTime time, string uri)
        {
            if (StatedMoment.Read(time) is not { } moment)
                return;
            if (late.Count < MostEvidence && moment.Earliest - signed > limits.ClockSkew)
                late.Add(new(EvidenceKind.Stated, time.Text, chapter.Summary, uri));
            if (early.Count < MostEvidence && sourceSigned - moment.Latest > limits.ClockSkew)
                early.Add(new(EvidenceKind.Stated, time.Text, chapter.Summary, uri));
        }
    }

    private static IEnumerable<ClaimedTime> Times(ActionItem action)
    {
        if (action.When is { } when)
            yield return when;
        if (action.WhenStart is { } start)
            yield return start;
        if (action.WhenEnd is { } end)
            yield return end;
    }

    /// <summary>A stamp of nobody that a list knows proves nothing, though the older time model takes its word.</summary>
    private static DateTimeOffset? ProvenAt(ManifestSummary manifest) => manifest.Time.IsListed ? manifest.Time.Proven : null;

    private static ConflictEvidence ProvenTime(Chapter chapter) =>
        new(EvidenceKind.ProvenTime, Text(chapter.Summary.Time.Proven!.Value), chapter.Summary, chapter.Result.SignatureUri);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Only where both are formats known here, and not two names of one: "jpeg" or "application/octet-stream" claims nothing else.</summary>
    private static void AddFormat(List<HistoryConflict> conflicts, VerificationReport report, Chapters chapters)
    {
        if (report is not { MediaType: { } found, Result.ContentChain: { } chain } || chapters.Find(chain[^1].Manifest.Label) is not { Summary.Format: { } stated } chapter)
            return;
        if (FormatOf(stated) is { } one && FormatOf(found) is { } other && one != other)
            conflicts.Add(new(ConflictKind.FormatDiffers,
                [new(EvidenceKind.Stated, stated, chapter.Summary, chapter.Result.ClaimUri), new(EvidenceKind.Bytes, found, null, null)]));
    }

    private static string? FormatOf(string mediaType)
    {
        string plain = mediaType.Split(';')[0].Trim();
        foreach (var format in AssetFormats.All)
        {
            foreach (string known in format.MediaTypes)
            {
                if (MediaSignature.AreSame(plain, known))
                    return format.Name;
            }
        }
        return null;
    }
}
