using Provenance.Verifier.Checks;
using Provenance.Verifier.Labels;

namespace Provenance.Presentation.Sections;

/// <summary>What was checked and what came of each check; last what no check can tell.</summary>
internal static class CheckedSection
{
    public static PageSection Of(PageContext page)
    {
        var rows = new List<PageRow>();
        void Add(string what, string? outcome)
        {
            if (outcome is not null)
                rows.Add(page.Row("check." + what, page.Words.Say($"check.{what}.{outcome}")));
        }
        var facts = page.Report.Facts;
        Add("credential", facts.Presence switch
        {
            CredentialPresence.Absent => "absent",
            CredentialPresence.Elsewhere or CredentialPresence.Inaccessible => "elsewhere",
            CredentialPresence.Alone => "alone",
            CredentialPresence.Checked => "read",
            _ => "unreadable",
        });
        if (facts.Presence == CredentialPresence.Checked)
        {
            Add("integrity", facts.Integrity switch
            {
                IntegrityFact.Intact => "intact",
                IntegrityFact.Changed => "changed",
                _ => "against-rules",
            });
            if (page.Holds)
                AddDetails(page, facts, Add);
        }
        Add("truth", "never");
        return page.Section(PageTopic.Checked, "section.checked", rows);
    }

    /// <summary>What is said of a credential that holds alone.</summary>
    private static void AddDetails(PageContext page, LabelFacts facts, Action<string, string?> add)
    {
        var report = page.Report;
        add("issuer", facts.Signer switch
        {
            SignerFact.Known => "known",
            SignerFact.KnownToOlderList => "older-list",
            SignerFact.Unknown => "unknown",
            SignerFact.NoList => "no-list",
            _ => "not-looked-up",
        });
        var time = report.Manifests[0].Time;
        add("time", time switch
        {
            { Proven: not null, IsListed: true } => "proven",
            { Proven: not null } => "older-model",
            { WhyNotProven: not null } => "not-accepted",
            _ => "none",
        });
        add("withdrawal", report.Revocation switch
        {
            RevocationStatus.NotRevoked => "good",
            RevocationStatus.Unknown => "unknown",
            RevocationStatus.NotChecked => "not-checked",
            _ => null,
        });
        add("sources", report.Manifests[0].Ingredients.Count == 0 ? "none" : facts.Sources switch
        {
            SourcesFact.Sound => "sound",
            SourcesFact.UnknownIssuer => "unknown-issuer",
            SourcesFact.TimeUnproven => "time-unproven",
            SourcesFact.RecordedFailure => "recorded-failure",
            SourcesFact.Unconfirmed => "unconfirmed",
            _ => "failing",
        });
        add("coverage", facts.Coverage switch
        {
            CoverageFact.Complete => "complete",
            CoverageFact.OnlyMarksOpen => "only-marks-open",
            CoverageFact.OnlyMetadataOpen => "only-metadata-open",
            CoverageFact.OtherOpen => "other-open",
            _ => "not-established",
        });
        add("identity", facts.Identity switch
        {
            IdentityFact.Trusted => "trusted",
            IdentityFact.WellFormed => "well-formed",
            IdentityFact.NotChecked => "not-checked",
            IdentityFact.Failed => "failed",
            _ => null,
        });
        add("elsewhere", report.References.Any() ? "not-fetched" : null);
    }
}
