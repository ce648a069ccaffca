using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation.Sections;

/// <summary>Who signed, when and with what; where a credential that is not in the file came from.</summary>
internal static class CredentialSection
{
    public static PageSection Of(PageContext page)
    {
        var rows = new List<PageRow>(OriginOf(page));
        if (page.Holds)
        {
            var (report, words) = page;
            var active = report.Manifests[0];
            rows.Add(page.Row("issuer", IssuerOf(report, active, words)));
            if (report.Facts.Signer == SignerFact.NoList)
                rows.Add(page.Row("to-fix", words.Say("issuer.needs-a-list")));
            rows.Add(page.Row("signed", TimeOf(active.Time, words)));
            if (report.Facts.Validity == ValidityFact.OutOfForce && active.Certificate is { } certificate)
                rows.Add(page.Row("certificate", words.Say("time.in-force", "from", words.Moment(certificate.NotBefore), "until", words.Moment(certificate.NotAfter))));
            if (DisplayText.Clean(active.Generator) is { Length: > 0 } generator)
                rows.Add(page.Row("made-with", words.Say("made-with", "program", generator)));
            rows.AddRange(AiRows.Of(page));
        }
        return page.Section(PageTopic.Credential, "section.credential", rows);
    }

    /// <summary>Where a credential that is not in the file came from; where it does not match, that it may be another file's (C2PA 2.5 §14.5.5).</summary>
    private static IEnumerable<PageRow> OriginOf(PageContext page)
    {
        var (report, words) = page;
        string place = DisplayText.Clean(report.ManifestLocation, 200);
        string? where = report.Origin switch
        {
            ManifestOrigin.Fetched => words.Say("credential.fetched", "where", place),
            ManifestOrigin.Beside => words.Say("credential.beside", "where", place),
            ManifestOrigin.Detached => words.Say("credential.given"),
            _ => null,
        };
        if (where is not null)
            yield return page.Row("credential", report.Label == Label.Broken ? words.Say("credential.another-file", "where", where) : where);
        if (report is { Facts.Presence: CredentialPresence.Alone, MediaType: not "application/c2pa" })
            yield return page.Row("to-check", words.Say("credential.name-fragments"));
        if (report.Facts.Presence == CredentialPresence.Elsewhere)
            yield return page.Row("to-check", words.Say("credential.fetch-remote"));
    }

    /// <summary>The list with its issue, so that two readers can find out whether they asked the same.</summary>
    private static string ListOf(VerifiedSigner signer, Words words)
    {
        string name = DisplayText.Clean(signer.ListName);
        bool hasNumber = long.TryParse(signer.ListIdentifier, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number);
        return hasNumber && signer.ListIssued is { } issued ? $"{name} ({words.Say("trust.issue", "n", Words.Number(number), "date", words.Day(issued))})" : name;
    }

    private static string IssuerOf(VerificationReport report, ManifestSummary active, Words words)
    {
        if (report.Signer is { } signer)
        {
            string list = ListOf(signer, words);
            string text = signer.Anchor is { } anchor
                ? words.Say("issuer.known", "issuer", signer.DisplayName, "list", list, "anchor", DisplayText.Clean(anchor, 160))
                : words.Say("issuer.listed", "issuer", signer.DisplayName, "list", list);
            return text + SignerWords.MixedNote(signer.Name + signer.Organization, words);
        }
        string key = report.Facts.Signer switch
        {
            SignerFact.NotLookedUp => "issuer.not-looked-up",
            SignerFact.NoList => "issuer.no-list",
            SignerFact.Unknown => "issuer.unknown",
            _ => "issuer.not-in-force",
        };
        return words.Say(key, "name", SignerWords.NameOf(active.Certificate, words))
            + SignerWords.MixedNote(active.Certificate?.CommonName + active.Certificate?.Organization, words);
    }

    private static string TimeOf(TimeSummary time, Words words)
    {
        if (time.Proven is { } proven)
            return words.Say(time.IsListed ? "time.proven" : "time.older-model", "time", words.Moment(proven), "authority", DisplayText.Clean(time.Authority, 80));
        return time.Claimed is { } claimed ? words.Say("time.claimed", "time", words.Moment(claimed)) : words.Say("time.none");
    }
}
