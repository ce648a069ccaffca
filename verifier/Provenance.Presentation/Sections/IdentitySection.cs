using Provenance.Verifier.Identity;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Status;

namespace Provenance.Presentation.Sections;

/// <summary>
/// Who vouches in their own name for what stands in the credential (CAWG identity), told as who says so of whom; and what is said of mining
/// and training, with whether anybody stands behind that.
/// </summary>
internal static class IdentitySection
{
    private const int MostIdentities = 8, MostAttested = 4, NameLength = 80;

    /// <summary>The roles that have words (CAWG identity 1.3 §5.1.2).</summary>
    private static readonly string[] s_roles =
        ["role.cawg.creator", "role.cawg.contributor", "role.cawg.editor", "role.cawg.producer", "role.cawg.publisher", "role.cawg.sponsor", "role.cawg.translator"];

    /// <summary>The uses that have words, behind "cawg." or "c2pa." (CAWG training and data mining 1.1).</summary>
    private static readonly string[] s_uses = ["use.data_mining", "use.ai_inference", "use.ai_training", "use.ai_generative_training"];

    public static PageSection? Of(PageContext page)
    {
        var (report, words) = page;
        if (!page.Holds)
            return null;
        var rows = new List<PageRow>();
        var identities = report.IdentitiesOfThisFile.ToList();
        foreach (var identity in identities.Take(MostIdentities))
            AddRows(page, identity, rows);
        if (identities.Count > MostIdentities)
            rows.Add(page.Row("vouches", words.Say("page.and-n-more", "n", Words.Number(identities.Count - MostIdentities))));
        // The same is often said under an older name too.
        var training = new List<PageRow>();
        foreach (var statement in report.Manifests[0].TrainingMining)
            AddRows(page, statement, training);
        rows.AddRange(training.Distinct());
        return page.Section(PageTopic.Identity, "section.identity", rows);
    }

    private static void AddRows(PageContext page, IdentityResult identity, List<PageRow> rows)
    {
        var words = page.Words;
        if (identity.State is IdentityState.Failed or IdentityState.NotChecked)
        {
            rows.Add(page.Row("vouches", words.Say(WhyNot(identity), "issuer", Clean(identity.Issuer))));
            return;
        }
        string text = words.Say(identity.Roles.Count > 0 ? "identity.vouches-as" : "identity.vouches",
            "who", WhoOf(identity, words), "roles", words.List(identity.Roles.Select(role => RoleOf(role, words))), "what", WhatOf(identity, words));
        rows.Add(page.Row("vouches", text + SignerWords.MixedNote(identity.Certificate?.Subject.CommonName + identity.Certificate?.Subject.Organization, words)));
        foreach (var attested in identity.Attested.Take(MostAttested))
            rows.Add(page.Row("attested", AttestedOf(attested, words)));
        if (identity.Attested.Count > MostAttested)
            rows.Add(page.Row("attested", words.Say("page.and-n-more", "n", Words.Number(identity.Attested.Count - MostAttested))));
    }

    private static string WhyNot(IdentityResult identity) =>
        identity.State == IdentityState.Failed ? "identity.failed"
        : identity.Findings.Any(finding => finding.Code == StatusCodes.IcaDidUnavailable) ? "identity.not-checked.document"
        : "identity.not-checked";

    /// <summary>Who says so of whom: what a certificate or an aggregator says of somebody is never more than that.</summary>
    private static string WhoOf(IdentityResult identity, Words words)
    {
        if (identity.Signer is { } signer)
            return words.Say(signer.Anchor is null ? "identity.by-list" : "identity.by-anchor", "name", signer.DisplayName, "list", Clean(signer.ListName), "anchor", DisplayText.Clean(signer.Anchor, 160));
        if (identity.Issuer is { } issuer)
            return words.Say(identity.IsIssuerTrusted ? "identity.by-issuer" : "identity.by-unknown-issuer", "issuer", Clean(issuer));
        return words.Say("identity.by-nobody", "name", SignerWords.NameOf(CertificateOf(identity), words));
    }

    private static CertificateSummary? CertificateOf(IdentityResult identity) => identity.Certificate is not { } leaf ? null
        : new(leaf.Subject.CommonName, leaf.Subject.Organization, leaf.Issuer.ToString(), "", null, leaf.NotBefore, leaf.NotAfter);

    private static string AttestedOf(AttestedIdentity attested, Words words)
    {
        string who = Clean(attested.UserName ?? attested.Name ?? attested.Address ?? attested.Uri);
        string provider = Clean(attested.ProviderName);
        string text = provider.Length > 0 ? words.Say("identity.attested", "who", who, "provider", provider) : who;
        return attested.At is { } at ? words.Say("identity.attested-at", "what", text, "day", words.Day(at)) : text;
    }

    private static string RoleOf(string role, Words words) => Array.Find(s_roles, key => key.AsSpan(5).SequenceEqual(role)) is { } known ? words.Say(known) : Clean(role);

    /// <summary>What is vouched for, each kind once.</summary>
    private static string WhatOf(IdentityResult identity, Words words) =>
        words.List(identity.References.Select(reference => KindOf(reference, identity.Manifest)).Distinct().Order().Select(kind => words.Say(kind switch
        {
            Kind.Content => "identity.of.content",
            Kind.Actions => "identity.of.actions",
            Kind.Metadata => "identity.of.metadata",
            Kind.TrainingMining => "identity.of.training-mining",
            Kind.Sources => "identity.of.sources",
            _ => "identity.of.other",
        })));

    private enum Kind
    {
        Content,
        Actions,
        Sources,
        Metadata,
        TrainingMining,
        Other,
    }

    /// <summary>What it is of this file. The binding is that of this file, wherever it stands (§5.1.1); all else of another manifest is about what this was made from.</summary>
    private static Kind KindOf(IdentityReference reference, string manifest)
    {
        var kind = KindOf(reference.Label ?? "");
        return kind != Kind.Content && reference.Manifest != manifest ? Kind.Sources : kind;
    }

    private static Kind KindOf(string label) =>
        label.StartsWith("c2pa.hash.", StringComparison.Ordinal) ? Kind.Content
        : label.StartsWith("c2pa.actions", StringComparison.Ordinal) ? Kind.Actions
        : label.StartsWith("c2pa.ingredient", StringComparison.Ordinal) ? Kind.Sources
        : label.Contains("training-mining", StringComparison.Ordinal) ? Kind.TrainingMining
        : label.Contains("metadata", StringComparison.Ordinal) || label.StartsWith("stds.", StringComparison.Ordinal) ? Kind.Metadata
        : Kind.Other;

    private static void AddRows(PageContext page, TrainingMiningSummary statement, List<PageRow> rows)
    {
        var words = page.Words;
        foreach (var use in statement.Uses.Take(MostIdentities))
        {
            string name = UseOf(use.Name, words);
            rows.Add(page.Row("training", words.Say(use.Use == "allowed" ? "training.allowed" : use.IsRefused ? "training.refused" : "training.constrained",
                "use", name, "condition", DisplayText.Clean(use.Constraint, 160))));
        }
        if (statement.Uses.Count > 0)
            rows.Add(page.Row("training", words.Say(
                statement.VouchedFor is IdentityState.Trusted or IdentityState.WellFormed ? "training.vouched-for" : statement.IsCreated ? "training.signer-alone" : "training.passed-on")));
    }

    private static string UseOf(string name, Words words) =>
        name.StartsWith("cawg.", StringComparison.Ordinal) || name.StartsWith("c2pa.", StringComparison.Ordinal)
            ? Array.Find(s_uses, key => key.AsSpan(4).SequenceEqual(name.AsSpan(5))) is { } known ? words.Say(known) : Clean(name)
            : Clean(name);

    private static string Clean(string? text) => DisplayText.Clean(text, NameLength);
}
