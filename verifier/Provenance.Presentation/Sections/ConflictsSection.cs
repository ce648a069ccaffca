using System.Globalization;
using Provenance.Verifier.History;
using Provenance.Verifier.Labels;

namespace Provenance.Presentation.Sections;

/// <summary>What does not go together: shown and not resolved, for each can have an innocent cause.</summary>
internal static class ConflictsSection
{
    public static PageSection? Of(PageContext page)
    {
        if (!page.Holds)
            return null;
        var words = new HistoryWords(page);
        var lines = new LineList(new(page.MostLines, page.Words));
        foreach (var conflict in page.Report.History.Conflicts)
        {
            if (lines.Add(page.Words.Say(KeyOf(conflict.Kind))) is not { } below)
                break;
            foreach (var evidence in conflict.Evidence)
                below.Add(page.Words.Say(KeyOf(evidence.Kind), "value", ValueOf(page, evidence), "who", evidence.Manifest is { } manifest ? words.NameOf(manifest) : ""));
        }
        return page.Section(PageTopic.Conflicts, "section.conflicts", [], lines.ToNodes());
    }

    private static string ValueOf(PageContext page, ConflictEvidence evidence)
    {
        if (evidence.Kind is EvidenceKind.ProvenTime or EvidenceKind.ClaimedSigningTime
            && DateTimeOffset.TryParse(evidence.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return page.Words.Moment(time);
        return evidence.Value.Contains("digitalsourcetype/", StringComparison.Ordinal) ? page.SourceType(evidence.Value) : DisplayText.Clean(evidence.Value, 120);
    }

    private static string KeyOf(ConflictKind kind) => kind switch
    {
        ConflictKind.CaptureBesideAi => "conflict.capture-beside-ai",
        ConflictKind.CaptureOverAi => "conflict.capture-over-ai",
        ConflictKind.CaptureBesideComposite => "conflict.capture-beside-composite",
        ConflictKind.TimeAfterSigning => "conflict.time-after-signing",
        ConflictKind.TimeBeforeSource => "conflict.time-before-source",
        ConflictKind.FormatDiffers => "conflict.format-differs",
        ConflictKind.CaptionDiffers => "conflict.caption-differs",
        _ => "conflict.capture-far-from-signing",
    };

    private static string KeyOf(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Stated => "evidence.stated",
        EvidenceKind.ProvenTime => "evidence.proven-time",
        EvidenceKind.ClaimedSigningTime => "evidence.claimed-signing-time",
        EvidenceKind.Bytes => "evidence.bytes",
        _ => "evidence.unsigned-metadata",
    };
}
