using Provenance.Verifier.Checks;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509.Ocsp;

namespace Provenance.Presentation.Sections;

/// <summary>Whether the certificate was withdrawn, in every report on a credential that holds: that it was not checked is news too.</summary>
internal static class RevocationSection
{
    public static PageSection? Of(PageContext page)
    {
        var (report, words) = page;
        if (report.RevocationDetails is not { } details || !(page.Holds || report.Label == Label.Revoked))
            return null;
        var rows = new List<PageRow>();
        if (details.Incident is { } incident)
            AddIncident(page, rows, incident);
        rows.Add(page.Row("revocation", StatusOf(details, words)));
        if (details.RevokedAfterSigning)
            rows.Add(page.Row("revocation", words.Say("revocation.after-signing")));
        else if (details is { Incident: not null, Status: not RevocationStatus.Revoked })
            rows.Add(page.Row("revocation", words.Say("incident.not-the-issuer")));
        return page.Section(PageTopic.Revocation, "section.revocation", rows);
    }

    private static void AddIncident(PageContext page, List<PageRow> rows, IncidentMatch incident)
    {
        string key = incident.Subject == IncidentSubject.Authority ? "incident.authority" : "incident.certificate";
        rows.Add(page.Row("incident", page.Words.Say(key, "list", DisplayText.Clean(incident.List, 80), "reason", DisplayText.Clean(incident.Reason, 300))));
        if (incident.Since is { } since)
            rows.Add(page.Row("incident", page.Words.Say("incident.since", "time", page.Words.Moment(since))));
        if (incident.Url is { } url)
            rows.Add(page.Row("incident", page.Words.Say("incident.more", "url", DisplayText.Clean(url, 200))));
    }

    private static string StatusOf(RevocationDetails details, Words words)
    {
        bool isOnline = details.Origin == RevocationOrigin.Online;
        string time = details.At is { } at ? words.Moment(at) : "";
        return details switch
        {
            { Status: RevocationStatus.NotRevoked } => words.Say(isOnline ? "revocation.good.online" : "revocation.good.stapled", "time", time),
            { Status: RevocationStatus.Revoked } => words.Say(isOnline ? "revocation.revoked.online" : "revocation.revoked.stapled", "time", time),
            { Status: RevocationStatus.Unknown } => words.Say(isOnline ? "revocation.unknown.online" : "revocation.unknown.stapled"),
            { Gap: RevocationGap.NotUsable } => words.Say("revocation.not-usable", "why", words.Say(Flaw(details.Flaw))),
            { Gap: RevocationGap.NoAddress } => words.Say("revocation.no-address"),
            { Gap: RevocationGap.NoAnswer, Flaw: OcspFlaw.None } => words.Say("revocation.no-answer"),
            { Gap: RevocationGap.NoAnswer } => words.Say("revocation.no-answer-that-counts", "why", words.Say(Flaw(details.Flaw))),
            { Gap: RevocationGap.IssuerUnknown } => words.Say("revocation.issuer-unknown"),
            _ => words.Say("revocation.nothing-enclosed"),
        };
    }

    private static string Flaw(OcspFlaw flaw) => flaw switch
    {
        OcspFlaw.AboutAnother => "revocation.flaw.about-another",
        OcspFlaw.NoTimeStamp => "revocation.flaw.no-time-stamp",
        OcspFlaw.OutOfTime => "revocation.flaw.out-of-time",
        OcspFlaw.NotAuthorised => "revocation.flaw.not-authorised",
        _ => "revocation.flaw.unreadable",
    };
}
