using Provenance.Verifier.Checks;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;

namespace Provenance.Verifier.Reports;

/// <summary>The axes of a verdict, one member each, each able to say "not-checked" (attacks §4.2).</summary>
internal static class ReportAxesJson
{
    public const string NotChecked = "not-checked";

    public static void Write(ReportWriter json, VerificationReport report)
    {
        bool wasChecked = report.Proven.Presence == CredentialPresence.Checked;
        json.Open("integrity");
        json.Text("result", wasChecked ? Integrity(report.Proven) : NotChecked);
        json.Text("binding", report.Binding);
        json.Close();
        WriteCoverage(json, report);
        WriteTrust(json, report);
        json.Open("revocation");
        json.Text("result", Revocation(report.RevocationDetails));
        WriteRevocation(json, report.RevocationDetails);
        json.Close();
        WriteTime(json, report);
        WriteHistory(json, report);
        WriteAi(json, report);
    }

    public static string Integrity(LabelFacts facts) => facts.Integrity switch
    {
        IntegrityFact.Intact => "intact",
        IntegrityFact.Changed => "changed",
        _ => "against-rules",
    };

    /// <summary>What the issuer says; unless that is "withdrawn", what a list says against the certificate goes first.</summary>
    public static string Revocation(RevocationDetails? details) => details switch
    {
        { Status: RevocationStatus.Revoked } => "revoked",
        { Incident: not null } => "known-bad",
        { Status: RevocationStatus.NotRevoked } => "not-revoked",
        { Status: RevocationStatus.Unknown } => "unknown",
        _ => NotChecked,
    };

    /// <summary>How it is known: of the whole report, and of each manifest.</summary>
    public static void WriteRevocation(ReportWriter json, RevocationDetails? details)
    {
        var incident = details?.Incident;
        bool listed = incident is not null && details!.Status != RevocationStatus.Revoked;
        json.Text("source", listed ? "incident-list" : details?.Origin switch
        {
            RevocationOrigin.Stapled => "stapled",
            RevocationOrigin.Online => "online",
            _ => null,
        });
        json.Text("notCheckedBecause", details?.Gap switch
        {
            RevocationGap.NothingEnclosed => "nothing-enclosed",
            RevocationGap.NotUsable => "not-usable",
            RevocationGap.NoAddress => "no-address",
            RevocationGap.NoAnswer => "no-answer",
            RevocationGap.IssuerUnknown => "issuer-unknown",
            _ => null,
        });
        json.Text("reason", listed ? incident!.Explanation : details?.Explanation);
        json.Time("at", listed ? incident!.Since : details?.At);
        if (incident is null)
        {
            json.Null("incident");
            return;
        }
        json.Open("incident");
        json.Text("list", incident.List);
        json.Text("subject", incident.Subject switch
        {
            IncidentSubject.Certificate => "certificate",
            IncidentSubject.IssuerAndSerial => "issuer-and-serial",
            _ => "authority",
        });
        json.Text("reason", incident.Reason);
        json.Time("since", incident.Since);
        json.Text("url", incident.Url);
        json.Close();
    }

    /// <summary>Of a certificate whose key did not sign this, what lists say of it says nothing here.</summary>
    public static string Trust(LabelFacts facts, bool signatureHolds) => !signatureHolds ? NotChecked : facts.Signer switch
    {
        SignerFact.Known => "known",
        SignerFact.KnownToOlderList => "known-to-older-list",
        SignerFact.Unknown => "unknown",
        SignerFact.NoList => "no-list",
        _ => "not-looked-up",
    };

    public static string Model(TrustModel model) => model switch
    {
        TrustModel.Current => "current",
        TrustModel.Older => "older",
        _ => "own",
    };

    public static string Time(TimeSummary time) => time switch
    {
        { Proven: not null, IsListed: true } => "proven",
        { Proven: not null } => "older-model",
        { WhyNotProven: not null } => "not-proven",
        _ => "none",
    };

    public static string Sources(VerificationReport report) => report.Manifests.Count == 0 ? NotChecked
        : report.Manifests.All(manifest => manifest.Ingredients.Count == 0) ? "none"
        : report.Proven.Sources switch
        {
            SourcesFact.Sound => "sound",
            SourcesFact.UnknownIssuer => "unknown-issuer",
            SourcesFact.TimeUnproven => "time-unproven",
            SourcesFact.RecordedFailure => "recorded-failure",
            SourcesFact.Unconfirmed => "unconfirmed",
            _ => "failing",
        };

    private static void WriteCoverage(ReportWriter json, VerificationReport report)
    {
        json.Open("coverage");
        json.Text("result", report.Uncovered switch
        {
            null => NotChecked,
            [] when report.NotHere is null => "complete",
            _ => "partial",
        });
        json.Number("bytes", report.Length);
        if (report.Uncovered is { } ranges)
        {
            long uncovered = 0;
            foreach (var range in ranges)
                uncovered += range.Range.Length;
            json.Number("uncoveredBytes", uncovered);
            json.Share("uncoveredShare", report.Length == 0 ? 0 : (double)uncovered / report.Length);
            json.List("parts", report.Coverage, part =>
            {
                json.Open();
                json.Text("meaning", Meaning(part.Meaning));
                json.Text("covered", part.Coverage switch { FieldCoverage.Covered => "wholly", FieldCoverage.PartlyCovered => "partly", _ => "not" });
                json.Number("bytes", part.Bytes);
                json.Number("uncoveredBytes", part.OpenBytes);
                json.Close();
            });
            json.List("uncovered", ranges, range =>
            {
                json.Open();
                json.Text("kind", Region(range.Kind));
                json.Text("name", range.Name);
                json.Number("offset", range.Range.Offset);
                json.Number("length", range.Range.Length);
                json.Close();
            }, length: 64 << 10);
        }
        json.Close();
    }

    private static string Meaning(CoverageMeaning meaning) => meaning switch
    {
        CoverageMeaning.Content => "content",
        CoverageMeaning.CameraData => "camera-data",
        CoverageMeaning.Xmp => "xmp",
        CoverageMeaning.PressMetadata => "press-metadata",
        CoverageMeaning.ColourProfile => "colour-profile",
        CoverageMeaning.OtherMetadata => "other-metadata",
        CoverageMeaning.Framing => "framing",
        CoverageMeaning.Marks => "marks",
        CoverageMeaning.Behind => "behind",
        _ => "unknown",
    };

    private static string Region(RegionKind kind) => kind switch
    {
        RegionKind.Structure => "structure",
        RegionKind.Media => "media",
        RegionKind.ManifestStore => "manifest-store",
        RegionKind.Exif => "exif",
        RegionKind.Xmp => "xmp",
        RegionKind.Iptc => "iptc",
        RegionKind.ColourProfile => "colour-profile",
        RegionKind.OtherMetadata => "other-metadata",
        RegionKind.Trailing => "trailing",
        _ => "unknown",
    };

    private static void WriteTrust(ReportWriter json, VerificationReport report)
    {
        var active = report.Result?.Active;
        string result = active is null ? NotChecked : Trust(report.Proven, active.Signature is not null);
        bool isKnown = result is "known" or "known-to-older-list";
        json.Open("signerTrust");
        json.Text("result", result);
        var list = isKnown ? active!.Trust?.List : null;
        json.Text("list", list?.Name);
        json.Text("model", list is null ? null : Model(list.Model));
        json.Text("identifier", list?.Identifier);
        json.Time("issued", list?.Issued);
        json.Text("anchor", isKnown ? active!.Trust?.Path?.Anchor.Certificate.Subject.ToString() : null);
        json.Close();
    }

    private static void WriteTime(ReportWriter json, VerificationReport report)
    {
        var time = report.Manifests.Count > 0 ? report.Manifests[0].Time : null;
        json.Open("time");
        json.Text("result", time is null ? NotChecked : Time(time));
        json.Time("proven", time?.Proven);
        json.Text("authority", time?.Authority);
        json.Time("claimed", time?.Claimed);
        json.Text("reason", time?.WhyNotProven);
        json.Time("judgedAt", time is null ? null : time.Proven ?? report.Policy.Time);
        json.Flag("inForce", time is null ? null : report.Proven.Validity == ValidityFact.InForce);
        json.Close();
    }

    private static void WriteHistory(ReportWriter json, VerificationReport report)
    {
        json.Open("history");
        json.Text("result", Sources(report));
        json.Number("manifests", report.Manifests.Count);
        json.Number("ingredients", report.Manifests.SelectMany(manifest => manifest.Ingredients).Count());
        json.Texts("recordedFailures", ReportJson.Codes(report.RecordedIngredientFailures, Status.StatusKind.Failure));
        json.Close();
    }

    private static void WriteAi(ReportWriter json, VerificationReport report)
    {
        json.Open("aiDisclosure");
        json.Text("result", report.Ai.Declaration switch
        {
            AiDeclaration.Declared => "declared",
            AiDeclaration.DeclaredInIngredient => "declared-in-ingredient",
            AiDeclaration.NotDeclared => "not-declared",
            _ => NotChecked,
        });
        json.List("statements", report.Ai.Statements, statement =>
        {
            json.Open();
            json.Text("use", statement.Use switch
            {
                AiUse.Generated => "ai-generated",
                AiUse.Edited => "ai-edited",
                _ => "ai-model-used",
            });
            json.Text("value", statement.Value);
            json.Text("tool", statement.Tool);
            json.Text("uri", statement.Uri);
            json.Text("manifest", statement.Manifest);
            json.Flag("ofIngredient", statement.OfIngredient);
            json.Flag("ofEarlierVersion", statement.OfEarlierVersion);
            json.Close();
        }, length: 64 << 10);
        json.Close();
    }
}
