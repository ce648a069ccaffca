using System.Globalization;
using Provenance.Verifier.Reports;

namespace Provenance.Verifier.History;

/// <summary>Finds what does not go together between signers' statements and the unsigned metadata of the file, where somebody read that.</summary>
internal static class MetadataConflicts
{
    private const int MostEvidence = 4;

    /// <summary>A picture of an old negative is signed decades later; less than this is nothing to speak of.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromDays(366);

    /// <summary>Clocks without a zone differ by a day.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromHours(26);

    private static readonly IReadOnlyList<MetadataKey> Captions =
        [MetadataKey.CaptionTitle, MetadataKey.CaptionHeadline, MetadataKey.CaptionDescription, MetadataKey.Creator, MetadataKey.TimeOriginal];

    public static IReadOnlyList<HistoryConflict> Of(VerificationReport report, Chapters chapters, MetadataReport metadata)
    {
        var conflicts = new List<HistoryConflict>();
        foreach (var key in Captions)
            AddCaption(conflicts, report, chapters, metadata, key);
        AddAge(conflicts, report, chapters, metadata);
        return conflicts;
    }

    /// <summary>What no hash covers may be of any day since; where it is covered it stood there when the signer signed both.</summary>
    private static void AddCaption(List<HistoryConflict> conflicts, VerificationReport report, Chapters chapters, MetadataReport metadata, MetadataKey key)
    {
        var signed = report.SignedMetadata.Where(statement => !statement.OfIngredient && statement.Key == key).ToList();
        if (signed.Count == 0)
            return;
        var others = metadata.Fields.Where(field => field.Key == key && field.Coverage != FieldCoverage.Covered && !signed.Exists(statement => IsSame(statement, field))).ToList();
        if (others.Count == 0)
            return;
        conflicts.Add(new(ConflictKind.CaptionDiffers,
        [
            .. signed.Take(MostEvidence).Select(statement => new ConflictEvidence(EvidenceKind.Stated, statement.Value, chapters.Find(statement.Manifest)?.Summary, statement.Uri)),
            .. others.Take(MostEvidence).Select(field => new ConflictEvidence(EvidenceKind.UnsignedMetadata, field.Value, null, null)),
        ]));
    }

    private static bool IsSame(MetadataStatement statement, MetadataField field)
    {
        if (statement.Time is { } signed && field.Time is { } found)
            return (signed.Local - found.Local).Duration() <= Day;
        string one = Plain(statement.Value), other = Plain(field.Value);
        // IPTC-IIM has room for 64 letters of a title, and cuts the rest.
        return one == other || (other.Length >= 32 && one.StartsWith(other, StringComparison.Ordinal));
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void AddAge(List<HistoryConflict> conflicts, VerificationReport report, Chapters chapters, MetadataReport metadata)
    {
        if (report.Result is not { ContentChain: { } chain } || chapters.Find(chain[^1].Manifest.Label) is not { } chapter
            || (chapter.Summary.Time.Proven ?? chapter.Summary.Time.Claimed) is not { } signed)
            return;
        foreach (var field in metadata.Fields)
        {
            if (field.Key != MetadataKey.TimeOriginal || field.Time is not { } time)
                continue;
            var before = signed.UtcDateTime - (time.Exact?.UtcDateTime ?? time.Local);
            if (before <= Long && before >= -Day)
                continue;
            conflicts.Add(new(ConflictKind.CaptureFarFromSigning,
            [
                new(EvidenceKind.UnsignedMetadata, field.Value, null, null),
                new(chapter.Summary.Time is not { Proven: not null, IsListed: true } ? EvidenceKind.ClaimedSigningTime : EvidenceKind.ProvenTime,
                    signed.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture), chapter.Summary, chapter.Result.SignatureUri),
            ]));
            return;
        }
    }
}
