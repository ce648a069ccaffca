using System.Globalization;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Status;

namespace Provenance.Presentation.Tables;

/// <summary>
/// A report as one row of a table, fit for display: codes where rows are counted and sorted, words of one language where they are read.
/// What the file claims never stands in a column of what was proven, and of a credential that does not hold nothing is repeated
/// (labels E1). Unsigned metadata has columns of its own.
/// </summary>
public sealed class ResultRow
{
    /// <summary>Enough for a path; cut less than what people read in one glance.</summary>
    private const int NameLength = 1000, SentenceLength = 600, UrlLength = 300;

    private ResultRow(IReadOnlyList<string> cells) => Cells = cells;

    /// <summary>The names of the columns, in order: the same in every language. New ones are added at the end.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "file", "label", "sentence", "notes", "state", "issuer_proven", "list", "issuer_claimed", "signed_proven", "signed_claimed", "made_with",
        "ai", "ai_tool", "sources", "coverage", "revocation", "identity", "credential", "credential_place", "media_type", "bytes", "sha256", "failures", "error",
        "camera_unsigned", "taken_unsigned", "ai_mark_unsigned",
    ];

    /// <summary>What stands in each column; empty where there is nothing to say.</summary>
    public IReadOnlyList<string> Cells { get; }

    /// <summary>The row of a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="words">The language of what is read.</param>
    /// <param name="file">How the caller names the file.</param>
    public static ResultRow Of(VerificationReport report, Words words, string file)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(file);
        bool holds = LabelTable.IsIntact(report.Label);
        var active = holds ? report.Manifests[0] : null;
        bool isStamped = active?.Time is { Proven: not null, IsListed: true };
        bool isRead = report.MediaType is not null || report.Error is null;
        return new(
        [
            DisplayText.Clean(file, NameLength) is { Length: > 0 } name ? name : words.Say("page.no-name"),
            LabelTable.Code(report.Label),
            report.SentenceIn(words),
            string.Join(' ', ReportPage.LinesOf(report, words, file)),
            ReportJson.StateName(report.State) ?? "",
            holds ? report.Signer?.DisplayName ?? "" : "",
            holds ? DisplayText.Clean(report.Signer?.ListName) : "",
            report.Signer is null && active?.Certificate is { } certificate ? SignerWords.NameOf(certificate, words) : "",
            isStamped ? Moment(active!.Time.Proven) : "",
            active is null || isStamped ? "" : Moment(active.Time.Proven ?? active.Time.Claimed),
            DisplayText.Clean(active?.Generator),
            AiOf(report.Facts.Ai),
            holds && report.Ai.Statements is [var first, ..] ? DisplayText.Clean(first.Tool, 80) : "",
            holds ? ReportAxesJson.Sources(report) : ReportAxesJson.NotChecked,
            CoverageOf(report.Facts.Coverage),
            ReportAxesJson.Revocation(report.RevocationDetails),
            IdentityOf(report.Facts.Identity),
            OriginOf(report.Origin),
            DisplayText.Clean(report.ManifestLocation ?? report.RemoteManifest, UrlLength),
            report.MediaType ?? "",
            isRead ? report.Length.ToString(CultureInfo.InvariantCulture) : "",
            report.Digest is { } digest ? Convert.ToHexStringLower(digest.Span) : "",
            string.Join(' ', ReportJson.Codes(report.Findings, StatusKind.Failure)),
            report.Error is { } error ? ErrorOf(error, words) : "",
            Unsigned(report, MetadataKey.CameraMake, MetadataKey.CameraModel),
            Unsigned(report, MetadataKey.TimeOriginal),
            string.Join(' ', report.Metadata?.Marks.Where(mark => mark.SaysAi).Select(mark => mark.Generator).Distinct(StringComparer.Ordinal) ?? []),
        ]);
    }

    private static string ErrorOf(ReportError error, Words words) =>
        error.Key is { } key ? words.Say(key) : DisplayText.Clean($"{error.Structure}: {error.Rule}", SentenceLength);

    /// <summary>What unsigned metadata says first under each of some keys.</summary>
    private static string Unsigned(VerificationReport report, params ReadOnlySpan<MetadataKey> keys)
    {
        var said = new List<string>();
        foreach (var key in keys)
        {
            if (report.Metadata?.Fields.FirstOrDefault(field => field.Key == key) is { } field && DisplayText.Clean(field.Value, 80) is { Length: > 0 } value)
                said.Add(value);
        }
        return string.Join(' ', said);
    }

    /// <summary>A moment as spreadsheets and programs read it (ISO 8601, UTC).</summary>
    private static string Moment(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string AiOf(AiFact fact) => fact switch
    {
        AiFact.NotDeclared => "not-declared",
        AiFact.Generated => "ai-generated",
        AiFact.Edited => "ai-edited",
        AiFact.ModelUsed => "ai-model-used",
        AiFact.InSource => "declared-in-ingredient",
        _ => ReportAxesJson.NotChecked,
    };

    private static string CoverageOf(CoverageFact fact) => fact switch
    {
        CoverageFact.Complete => "complete",
        CoverageFact.OnlyMarksOpen => "only-marks-open",
        CoverageFact.OnlyMetadataOpen => "only-metadata-open",
        CoverageFact.OtherOpen => "other-open",
        _ => ReportAxesJson.NotChecked,
    };

    private static string IdentityOf(IdentityFact fact) => fact switch
    {
        IdentityFact.Trusted => "trusted",
        IdentityFact.WellFormed => "well-formed",
        IdentityFact.NotChecked => ReportAxesJson.NotChecked,
        IdentityFact.Failed => "failed",
        _ => "none",
    };

    private static string OriginOf(ManifestOrigin origin) => origin switch
    {
        ManifestOrigin.Embedded => "embedded",
        ManifestOrigin.Detached => "detached",
        ManifestOrigin.Remote => "remote",
        ManifestOrigin.Beside => "beside",
        ManifestOrigin.Fetched => "fetched",
        _ => "none",
    };
}
