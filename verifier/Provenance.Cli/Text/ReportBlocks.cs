using System.Globalization;
using Provenance.Verifier;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Status;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Provenance.Cli.Text;

/// <summary>What is said about one file, block by block.</summary>
internal static class ReportBlocks
{
    private const int MostFailures = 5;

    public static IEnumerable<IRenderable> Of(VerificationReport report, string file)
    {
        bool isBroken = report.Label is Label.Broken or Label.Revoked;
        yield return new Spectre.Console.Text(report.Sentence, new Style(isBroken ? Color.Red : null, decoration: Decoration.Bold));
        if (report.Labelling.SourceSentence is { } source)
            yield return Plain(source);
        if (report.NameDisagreement(file) is { } disagreement)
            yield return Plain($"Mind the name: {disagreement}.");
        var facts = new FactGrid();
        // Of a credential that does not hold nothing is repeated: its details are not to be relied on (labels E1, E3.4).
        if (report.Label is Label.IntactKnown or Label.IntactUnknownIssuer or Label.IntactTimeUnproven)
        {
            AddCredential(facts, report);
            yield return facts.Grid;
            if (HistoryTree.Of(report) is { } history)
                yield return history;
            facts = new FactGrid();
            AddCoverage(facts, report);
            AddNotChecked(facts, report);
        }
        else
        {
            AddOrigin(facts, report);
            AddFailures(facts, report);
        }
        AddReferences(facts, report);
        AddCodes(facts, report);
        if (facts.Count > 0)
            yield return facts.Grid;
    }

    private static void AddCredential(FactGrid facts, VerificationReport report)
    {
        var active = report.Manifests[0];
        AddOrigin(facts, report);
        facts.Add("Issuer", IssuerOf(report, active));
        facts.Add("Signed", TimeOf(active.Time));
        if (report.Facts.Validity == ValidityFact.OutOfForce && active.Certificate is { } certificate)
            facts.Add("Certificate", $"in force from {Words.Moment(certificate.NotBefore)} to {Words.Moment(certificate.NotAfter)}");
        if (DisplayText.Clean(active.Generator) is { Length: > 0 } generator)
            facts.Add("Made with", $"{generator}, by its own word");
        facts.Add("AI use", AiOf(report.Ai));
    }

    /// <summary>Where a credential that is not in the file came from; where it does not match, that it may be another file's (C2PA 2.5 §14.5.5).</summary>
    private static void AddOrigin(FactGrid facts, VerificationReport report)
    {
        string? where = report.Origin switch
        {
            ManifestOrigin.Fetched => $"not in the file: fetched from {DisplayText.Clean(report.ManifestLocation, 200)}",
            ManifestOrigin.Beside => $"not in the file: found beside it, in {DisplayText.Clean(report.ManifestLocation, 200)}",
            ManifestOrigin.Detached => "not in the file: given with --manifest",
            _ => null,
        };
        if (where is not null)
            facts.Add("Credential", report.Label == Label.Broken ? $"{where}. It may belong to another file" : where);
        if (report is { Facts.Presence: CredentialPresence.Alone, MediaType: not "application/c2pa" })
            facts.Add("To check it", "--fragments names the segments that belong to it");
        if (report.Facts.Presence == CredentialPresence.Elsewhere)
            facts.Add("To check it", "--fetch-remote fetches it; the host that keeps it then learns which file you look into");
    }

    private static string IssuerOf(VerificationReport report, ManifestSummary active)
    {
        if (report.Signer is { } signer)
        {
            string anchor = signer.Anchor is { } name ? $", under {DisplayText.Clean(name, 160)}" : ", listed by itself";
            return $"{signer.DisplayName}, known through {DisplayText.Clean(signer.ListName)}{anchor}{MixedNote(signer.Name + signer.Organization)}";
        }
        string claimed = CertificateName(active.Certificate);
        string why = report.Facts.Signer switch
        {
            SignerFact.NotLookedUp => "not looked up",
            SignerFact.Known => "on a list, but not in force when judged",
            _ => "on none of the lists",
        };
        return $"the certificate names {claimed}: {why}{MixedNote(active.Certificate?.CommonName + active.Certificate?.Organization)}";
    }

    private static string MixedNote(string name) => DisplayText.MixesAlphabets(name) ? " (mind the name: it mixes letters of several alphabets)" : "";

    internal static string CertificateName(CertificateSummary? certificate)
    {
        string name = DisplayText.Clean(certificate?.CommonName, 80), organization = DisplayText.Clean(certificate?.Organization, 80);
        return (name.Length, organization.Length) switch
        {
            (0, 0) => "nobody",
            (0, _) => organization,
            (_, 0) => name,
            _ => name.Contains(organization, StringComparison.OrdinalIgnoreCase) ? name : $"{name} ({organization})",
        };
    }

    private static string TimeOf(TimeSummary time)
    {
        if (time.Proven is { } proven)
        {
            string authority = DisplayText.Clean(time.Authority, 80);
            return time.IsListed
                ? $"{Words.Moment(proven)}, by the time stamp of {authority}"
                : $"{Words.Moment(proven)}, if {authority} is believed: no list knows it (older time model)";
        }
        return time.Claimed is { } claimed ? $"time not proven; the file says {Words.Moment(claimed)}" : "time not proven; the file holds no time stamp";
    }

    private static string AiOf(AiDisclosure ai)
    {
        if (ai.Statements is not [var first, ..])
            return "nothing declared, which rules nothing out";
        string what = ai.Declaration == AiDeclaration.Declared ? "Issuer declares" : "The issuer of a source declares";
        string tool = DisplayText.Clean(first.Tool, 80);
        return $"{what}: {Words.AiUse(first.Use)}{(tool.Length > 0 ? $" ({tool})" : "")}";
    }

    private static void AddCoverage(FactGrid facts, VerificationReport report)
    {
        if (report.NotHere is { } missing)
            facts.Add("Not here", missing);
        if (report.Uncovered is not { } ranges)
            return;
        if (ranges.Count == 0)
        {
            facts.Add("Covered", "every byte of the file besides the credential itself");
            return;
        }
        long bytes = ranges.Sum(range => range.Range.Length);
        var kinds = ranges.GroupBy(range => range.Kind).Select(kind => $"{Words.Region(kind.Key)} {Words.Bytes(kind.Sum(range => range.Range.Length))}");
        string share = report.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({100.0 * bytes / report.Length:0.##} % of the file)");
        facts.Add("Not covered", $"{string.Join(", ", kinds)}{share}: may have been changed by anybody since");
    }

    private static void AddNotChecked(FactGrid facts, VerificationReport report)
    {
        if (report.Facts.Signer == SignerFact.NotLookedUp)
            facts.Add("Not checked", "who the issuer is: no trust list was used");
        switch (report.Revocation)
        {
            case RevocationStatus.NotChecked:
                facts.Add("Not checked", "whether the certificate was withdrawn: the file tells nothing usable about it, and nobody was asked");
                break;
            case RevocationStatus.Unknown:
                facts.Add("Not known", "whether the certificate was withdrawn: its authority does not know it");
                break;
        }
        if (report.Manifests[0].Time.WhyNotProven is not null)
            facts.Add("Time stamp", $"not accepted: {WhyNoTime(report)}");
    }

    private static string WhyNoTime(VerificationReport report)
    {
        bool Has(StatusCode code) => report.Findings.Any(finding => finding.Code == code);
        return Has(StatusCodes.TimeStampMalformed) ? "it cannot be read"
            : Has(StatusCodes.TimeStampMismatch) ? "it is not a stamp on this signature, or was changed"
            : Has(StatusCodes.TimeStampOutsideValidity) ? "its authority's certificate was not in force, or its time lies ahead"
            : Has(StatusCodes.TimeStampCredentialInvalid) ? "its certificate is not one for time stamps"
            : "no list that was used knows the authority that made it";
    }

    private static void AddFailures(FactGrid facts, VerificationReport report)
    {
        if (report.Error is { } error)
        {
            // Of a file that was never opened there is no place to name.
            if (error.Structure != "file")
                facts.Add("Where", $"{DisplayText.Clean(error.Structure)}, at byte {error.Offset.ToString("N0", CultureInfo.InvariantCulture)} (0x{error.Offset:X})");
            facts.Add("Why", DisplayText.Clean(error.Rule, 300));
            if (error.Limit is not null)
                facts.Add("Limit", DisplayText.Clean(error.Limit));
            return;
        }
        // Who signed and when are no reasons why something does not match.
        var failures = report.Findings
            .Where(finding => finding.IsFailure && finding.Code != StatusCodes.SigningCredentialUntrusted && finding.Code != StatusCodes.ClaimSignatureOutsideValidity).ToList();
        foreach (var failure in failures.Take(MostFailures))
            facts.Add("Why", $"{failure.Code.Meaning.TrimEnd('.')}: {DisplayText.Clean(failure.Explanation, 240)}");
        if (failures.Count > MostFailures)
            facts.Add("", $"and {failures.Count - MostFailures} more, see --format json");
    }

    private static void AddReferences(FactGrid facts, VerificationReport report)
    {
        var references = report.References.Take(MostFailures + 1).ToList();
        foreach (var reference in references.Take(MostFailures))
        {
            string what = reference.Kind == OutsideReferenceKind.RemoteManifest ? "the credential" : DisplayText.Clean(reference.Label, 60) is { Length: > 0 } label ? label : "something";
            facts.Add("Elsewhere", $"{what}, not fetched: {DisplayText.Clean(reference.Url, 200)}");
        }
        if (references.Count > MostFailures)
            facts.Add("", "and more, see --format json");
    }

    private static void AddCodes(FactGrid facts, VerificationReport report)
    {
        var codes = report.Findings.Concat(report.IngredientFailures).Where(finding => finding.Code.Kind != StatusKind.Success).Select(finding => finding.Code.Text).Distinct().ToList();
        if (codes.Count > 0)
            facts.Add("Codes", string.Join(", ", codes));
    }

    private static Spectre.Console.Text Plain(string text) => new(text);
}
