using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Reports;

/// <summary>
/// The project's own report as JSON, described by docs/schema/report.v1.schema.json: a function of the report alone, on one line, in
/// ASCII, at most 1 MiB long. It holds no path.
/// </summary>
public static class ReportJson
{
    /// <summary>Rises when a member changes its meaning or goes; new members do not raise it.</summary>
    public const int Version = 1;

    /// <summary>Writes one JSON object, without a line break behind it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="report">The report.</param>
    /// <param name="file">How the caller names the asset: put first, if given, with what speaks against the name.</param>
    /// <param name="shown">Which personal data of metadata are handed on; of all others only their kind is told.</param>
    public static void Write(TextWriter writer, VerificationReport report, string? file = null, PersonalData shown = PersonalData.None) => Write(writer, report, file, writesName: true, shown);

    /// <summary>Writes the same without the name; of it only what speaks against it.</summary>
    internal static void WriteUnnamed(TextWriter writer, VerificationReport report, string? file, PersonalData shown) => Write(writer, report, file, writesName: false, shown);

    private static void Write(TextWriter writer, VerificationReport report, string? file, bool writesName, PersonalData shown)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        var json = new ReportWriter();
        json.Open();
        if (file is not null)
        {
            if (writesName)
                json.Text("file", file, 64 << 10);
            json.Text("fileNote", report.NameDisagreement(file));
        }
        json.Number("reportVersion", Version);
        WriteSummary(json, report);
        if (report.Digest is { } digest)
            json.Text("sha256", Convert.ToHexStringLower(digest.Span));
        ReportAxesJson.Write(json, report);
        ReportMetadataJson.Write(json, report, shown);
        WritePolicy(json, report.Policy);
        json.List("references", report.References, reference => WriteReference(json, reference), length: 64 << 10);
        json.List("notes", report.Notes, note => WriteNote(json, note), length: 32 << 10);
        report.WriteHistory(json);
        json.List("manifests", report.Manifests, manifest => ReportManifestJson.Write(json, manifest));
        json.Flag("truncated", json.IsTruncated);
        json.Close();
        json.CopyTo(writer);
    }

    private static void WriteSummary(ReportWriter json, VerificationReport report)
    {
        json.Text("mediaType", report.MediaType);
        json.Text("validationState", StateName(report.State));
        json.Text("label", LabelTable.Code(report.Label));
        json.Text("sentence", report.SentenceIn(Words.English));
        json.Text("sentenceKey", report.Labelling.Sentence);
        json.Text("sourceSentence", report.Labelling.Lines.FirstOrDefault(line => line.Axis == LabelAxis.Sources) is { } source ? report.LineIn(source, Words.English) : null);
        json.List("lines", report.Labelling.Lines, line =>
        {
            json.Open();
            json.Text("axis", LabelTable.Code(line.Axis));
            json.Text("key", line.Key);
            json.Text("text", report.LineIn(line, Words.English));
            json.Close();
        });
        json.Open("codes");
        json.Texts("success", Codes(report.Findings, StatusKind.Success));
        json.Texts("informational", Codes(report.Findings, StatusKind.Informational));
        json.Texts("failure", Codes(report.Findings, StatusKind.Failure));
        json.Close();
        json.Texts("ingredientFailures", Codes(report.IngredientFailures, StatusKind.Failure));
        var active = report.Manifests.Count > 0 ? report.Manifests[0] : null;
        ReportManifestJson.WriteSigner(json, active?.Certificate, report.Signer);
        json.Time("signedAt", report.SignedAt);
        json.Time("claimedSignedAt", report.SignedAt is null ? active?.Time.Proven ?? active?.Time.Claimed : null);
        json.Text("claimGenerator", report.ClaimGenerator);
        json.Text("activeManifest", report.ActiveManifest);
        json.Text("origin", report.Origin switch
        {
            ManifestOrigin.Embedded => "embedded",
            ManifestOrigin.Detached => "detached",
            ManifestOrigin.Remote => "remote",
            ManifestOrigin.Beside => "beside",
            ManifestOrigin.Fetched => "fetched",
            _ => null,
        });
        json.Text("manifestLocation", report.ManifestLocation);
        WriteError(json, report.Error);
    }

    private static void WriteError(ReportWriter json, ReportError? error)
    {
        if (error is null)
        {
            json.Null("error");
            return;
        }
        json.Open("error");
        json.Text("structure", error.Structure);
        json.Number("offset", error.Offset);
        json.Text("rule", error.Rule);
        json.Text("limit", error.Limit);
        json.Close();
    }

    private static void WritePolicy(ReportWriter json, VerificationPolicy policy)
    {
        json.Open("policy");
        json.Time("time", policy.Time);
        json.List("lists", policy.Lists, list =>
        {
            json.Open();
            json.Text("name", list.Name);
            json.Text("purpose", list.Purpose switch { Trust.TrustPurpose.Signer => "signer", Trust.TrustPurpose.Identity => "identity", _ => "time-stamp" });
            json.Text("model", ReportAxesJson.Model(list.Model));
            json.Text("identifier", list.Identifier);
            json.Time("issued", list.Issued);
            json.Number("anchors", list.Anchors.Count);
            json.Number("allowed", list.AllowedCount);
            json.Close();
        }, length: 64 << 10);
        json.Flag("olderTimeModel", policy.OlderTimeModel);
        json.Flag("looksUpIssuers", policy.LooksUpIssuers);
        json.Flag("asksAboutRevocation", policy.RevocationSource is not null);
        json.List("incidentLists", policy.Incidents, list =>
        {
            json.Open();
            json.Text("name", list.Name);
            json.Number("sequenceNumber", list.SequenceNumber);
            json.Time("issued", list.Issued);
            json.Number("incidents", list.Count);
            json.Close();
        }, length: 64 << 10);
        json.Close();
    }

    private static void WriteReference(ReportWriter json, OutsideReference reference)
    {
        json.Open();
        json.Text("kind", reference.Kind switch
        {
            OutsideReferenceKind.RemoteManifest => "remote-manifest",
            OutsideReferenceKind.CloudData => "cloud-data",
            _ => "external-reference",
        });
        json.Text("url", reference.Url);
        json.Text("label", reference.Label);
        json.Text("uri", reference.Uri);
        json.Close();
    }

    private static void WriteNote(ReportWriter json, FormatNote note)
    {
        json.Open();
        json.Number("offset", note.Offset);
        json.Text("text", note.Text);
        json.Close();
    }

    internal static string? StateName(ValidationState? state) => state switch
    {
        ValidationState.Trusted => "Trusted",
        ValidationState.Valid => "Valid",
        ValidationState.Invalid => "Invalid",
        _ => null,
    };

    internal static IEnumerable<string> Codes(IReadOnlyList<Finding> findings, StatusKind kind)
    {
        var seen = new HashSet<StatusCode>();
        foreach (var finding in findings)
        {
            if (finding.Code.Kind == kind && seen.Add(finding.Code))
                yield return finding.Code.Text;
        }
    }
}
