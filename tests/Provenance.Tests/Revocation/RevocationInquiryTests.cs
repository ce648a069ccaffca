using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Provenance.Tests.Hostile;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Labels;
using Xunit;
using static Provenance.Tests.Revocation.Signed;

namespace Provenance.Tests.Revocation;

/// <summary>What asking responders changes, and what it does not (C2PA 2.5 §14.9.2; attacks F14 to F17, K16).</summary>
public sealed class RevocationInquiryTests
{
    private static readonly byte[] s_good = Responder.Respond(Camera), s_revoked = Responder.Respond(Camera, OcspAnswer.Revoked);
    private static readonly byte[] s_authorityGood = RootResponder.Respond(Authority.Certificate);

    private static TestDesk Desk(byte[] aboutCamera) => new TestDesk().Answers(Camera, aboutCamera).Answers(Authority.Certificate, s_authorityGood);

    private static void Says(VerificationReport report, RevocationStatus status, RevocationOrigin origin, RevocationGap gap, params string[] codes)
    {
        var details = Details(report);
        Assert.True((status, origin, gap) == (details.Status, details.Origin, details.Gap), details.ToString());
        Assert.Equal(codes.Select(code => "signingCredential.ocsp." + code), Codes(report));
    }

    [Fact]
    public async Task Without_a_source_nobody_is_asked_and_the_report_says_why_nothing_is_known()
    {
        Says(await VerifyAsync(Photo()), RevocationStatus.NotChecked, RevocationOrigin.None, RevocationGap.NothingEnclosed, "skipped");
        Says(await VerifyAsync(Photo(signer: Mute)), RevocationStatus.NotChecked, RevocationOrigin.None, RevocationGap.NoAddress, "skipped");
        Says(await VerifyAsync(Photo(m => m.Stapled(s_good))), RevocationStatus.NotChecked, RevocationOrigin.None, RevocationGap.NotUsable, "skipped");
        Says(await VerifyAsync(Photo(m => m.Stapled([1, 2, 3]))), RevocationStatus.NotChecked, RevocationOrigin.None, RevocationGap.NotUsable, "skipped");
        // Some writers staple an empty element beside the answer: that is nothing, not something unusable.
        Says(await VerifyAsync(Photo(m => m.Stapled([]))), RevocationStatus.NotChecked, RevocationOrigin.None, RevocationGap.NothingEnclosed, "skipped");
        Says(await VerifyAsync(Photo(m => m.TimeStampedBy(Stamper).Stapled(s_good))), RevocationStatus.NotRevoked, RevocationOrigin.Stapled, RevocationGap.None, "notRevoked");
        Says(await VerifyAsync(Photo(m => m.Stapled(s_revoked))), RevocationStatus.Revoked, RevocationOrigin.Stapled, RevocationGap.None, "revoked");
        Says(await VerifyAsync(Photo(m => m.Stapled(Responder.Respond(Camera, OcspAnswer.Unknown)))), RevocationStatus.Unknown, RevocationOrigin.Stapled, RevocationGap.None, "unknown");
    }

    [Fact]
    public async Task An_answer_another_manifest_carries_about_another_certificate_is_no_answer()
    {
        var parent = Manifest("parent", Mute).TimeStampedBy(Stamper).With(StandardAssertions.CertificateStatus(Responder.Respond(Mute))).Embed(TestJpeg.Small());
        var child = new ManifestBuilder("revocation/child").SignedBy(Camera).Opened(parent).Embed(TestJpeg.Small());

        var report = await VerifyAsync(child.Bytes);

        Says(report, RevocationStatus.NotChecked, RevocationOrigin.None, RevocationGap.NothingEnclosed, "skipped");
        Assert.Equal(RevocationStatus.NotRevoked, report.Manifests[1].RevocationDetails!.Status);
    }

    [Fact]
    public async Task The_signer_and_the_authorities_above_it_are_asked_about_and_the_anchor_is_not()
    {
        var desk = Desk(s_good);

        var report = await VerifyAsync(Photo(), desk);

        Assert.Equal([AuthorityUrl, LeafUrl], desk.Asked);
        Says(report, RevocationStatus.NotRevoked, RevocationOrigin.Online, RevocationGap.None, "notRevoked");
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 0, 0, 0, TimeSpan.Zero), Details(report).At);
        Assert.Equal(Label.IntactKnown, report.Label);
    }

    [Fact]
    public async Task A_withdrawn_certificate_is_told_with_the_moment()
    {
        var report = await VerifyAsync(Photo(), Desk(s_revoked));

        Says(report, RevocationStatus.Revoked, RevocationOrigin.Online, RevocationGap.None, "revoked");
        Assert.Equal((Label.Revoked, 1), (report.Label, report.ExitCode));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), Details(report).At);
        Assert.Null(report.Signer);
    }

    [Fact]
    public async Task What_was_good_when_it_was_signed_and_is_withdrawn_now_is_withdrawn()
    {
        var later = Responder.Respond(Camera, OcspAnswer.Revoked, r => r.Single(s =>
            (s.RevocationTime, s.ThisUpdate, s.NextUpdate) = (Now.AddHours(-2), Now.AddHours(-1), Now.AddDays(1))));

        var report = await VerifyAsync(Photo(m => m.TimeStampedBy(Stamper).Stapled(s_good)), Desk(later));

        Says(report, RevocationStatus.Revoked, RevocationOrigin.Online, RevocationGap.None, "revoked");
        Assert.True(Details(report).RevokedAfterSigning);
    }

    [Fact]
    public async Task A_staple_that_counts_stands_where_the_responder_is_silent()
    {
        byte[] photo = Photo(m => m.TimeStampedBy(Stamper).Stapled(s_good));

        Says(await VerifyAsync(photo, new TestDesk().Answers(Authority.Certificate, s_authorityGood).Fails(Camera, "ocsp.example.com took too long")),
            RevocationStatus.NotRevoked, RevocationOrigin.Stapled, RevocationGap.None, "inaccessible", "notRevoked");
        Says(await VerifyAsync(photo, Desk(Responder.Respond(Camera, OcspAnswer.Unknown))),
            RevocationStatus.NotRevoked, RevocationOrigin.Stapled, RevocationGap.None, "unknown", "notRevoked");
    }

    [Fact]
    public async Task A_staple_that_says_withdrawn_needs_no_question()
    {
        var desk = Desk(s_good);

        var report = await VerifyAsync(Photo(m => m.Stapled(s_revoked)), desk);

        Says(report, RevocationStatus.Revoked, RevocationOrigin.Stapled, RevocationGap.None, "revoked");
        Assert.Equal([AuthorityUrl], desk.Asked);
    }

    [Fact]
    public async Task Without_an_answer_the_report_says_that_one_was_asked()
    {
        var report = await VerifyAsync(Photo(), new TestDesk().Answers(Authority.Certificate, s_authorityGood).Fails(Camera, "ocsp.example.com took too long"));

        Says(report, RevocationStatus.NotChecked, RevocationOrigin.None, RevocationGap.NoAnswer, "inaccessible");
        Assert.Contains("ocsp.example.com took too long", Details(report).Explanation, StringComparison.Ordinal);
        Assert.Equal(Label.IntactKnown, report.Label);
    }

    public static TheoryData<string, byte[]> NoAnswers => new()
    {
        { "the responder's answer is none", [] },
        { "the responder's answer is none", [0x30, 0x03, 0x0A, 0x01, 0x00] },
        { "status 6", Responder.Respond(Camera, change: r => r.Status = 6) },
        { "another certificate", Responder.Respond(Mute) },
        { "its signature is wrong", Responder.Respond(Camera, change: r => r.BadSignature()) },
        { "its signature is wrong", Responder.Respond(Camera, OcspAnswer.Revoked, r => r.BadSignature()) },
        { "certified by another CA", TestOcspResponder.Delegated(Root).Respond(Camera) },
    };

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public async Task An_answer_that_proves_nothing_is_no_answer(string why, byte[] answer)
    {
        var report = await VerifyAsync(Photo(), Desk(answer));

        Says(report, RevocationStatus.NotChecked, RevocationOrigin.None, RevocationGap.NoAnswer, "inaccessible");
        Assert.Contains(why, Details(report).Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-15T11:55:00Z", true)]
    [InlineData("2026-03-15T11:54:59Z", false)]
    public async Task An_old_answer_is_none_after_its_time_and_five_minutes(string nextUpdate, bool counts)
    {
        byte[] answer = Responder.Respond(Camera, change: r => r.Single(s => s.NextUpdate = DateTimeOffset.Parse(nextUpdate, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(counts ? RevocationStatus.NotRevoked : RevocationStatus.NotChecked, (await VerifyAsync(Photo(), Desk(answer))).Revocation);
    }

    [Theory]
    [InlineData("2026-03-15T12:05:00Z", true)]
    [InlineData("2026-03-15T12:05:01Z", false)]
    public async Task An_answer_of_a_later_day_than_the_one_judged_at_is_none(string thisUpdate, bool counts)
    {
        byte[] answer = Responder.Respond(Camera, change: r => r.Single(s => s.ThisUpdate = DateTimeOffset.Parse(thisUpdate, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(counts ? RevocationStatus.NotRevoked : RevocationStatus.NotChecked, (await VerifyAsync(Photo(), Desk(answer))).Revocation);
    }

    [Fact]
    public async Task Withdrawn_stays_withdrawn_however_old_the_answer() =>
        Assert.Equal(RevocationStatus.Revoked, (await VerifyAsync(Photo(), Desk(Responder.Respond(Camera, OcspAnswer.Revoked, r => r.Single(s =>
            (s.ThisUpdate, s.NextUpdate) = (Now.AddDays(-9), Now.AddDays(-2))))))).Revocation);

    [Fact]
    public async Task A_hold_that_was_lifted_is_good() =>
        Assert.Equal(RevocationStatus.NotRevoked, (await VerifyAsync(Photo(), Desk(Responder.Respond(Camera, OcspAnswer.Revoked, r => r.Single(s => s.Reason = 8))))).Revocation);

    [Fact]
    public async Task Nobody_is_asked_about_a_certificate_that_no_list_leads_to()
    {
        var stranger = TestAuthority.Root("Stranger").Intermediate("Stranger CA").Issue("Stranger", change: leaf => leaf.OcspAt(LeafUrl));
        var desk = new TestDesk();

        var report = await VerifyAsync(Photo(signer: stranger), desk);

        Assert.Empty(desk.Asked);
        Says(report, RevocationStatus.NotChecked, RevocationOrigin.None, RevocationGap.IssuerUnknown, "skipped");
    }

    [Fact]
    public async Task An_authority_that_was_withdrawn_vouches_for_nobody()
    {
        var desk = new TestDesk().Answers(Camera, s_good).Answers(Authority.Certificate, RootResponder.Respond(Authority.Certificate, OcspAnswer.Revoked));

        var report = await VerifyAsync(Photo(), desk);

        Assert.Equal((Label.IntactUnknownIssuer, ValidationState.Valid), (report.Label, report.State));
        Assert.Equal([AuthorityUrl], desk.Asked);
        Assert.Contains("was itself withdrawn", report.Findings.Single(finding => finding.Code.Text == "signingCredential.untrusted").Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain(report.Findings, finding => finding.Code.Text == "signingCredential.trusted");
    }

    [Fact]
    public async Task An_authority_withdrawn_after_the_proven_time_of_signing_vouched_for_it()
    {
        byte[] later = RootResponder.Respond(Authority.Certificate, OcspAnswer.Revoked, r => r.Single(s => s.RevocationTime = Now.AddHours(-2)));

        var stamped = await VerifyAsync(Photo(m => m.TimeStampedBy(Stamper)), new TestDesk().Answers(Camera, s_good).Answers(Authority.Certificate, later));
        var unstamped = await VerifyAsync(Photo(), new TestDesk().Answers(Camera, s_good).Answers(Authority.Certificate, later));

        Assert.Equal(Label.IntactKnown, stamped.Label);
        Assert.Equal(Label.IntactUnknownIssuer, unstamped.Label);
    }

    [Fact]
    public async Task An_authority_that_nobody_answers_for_is_told()
    {
        var report = await VerifyAsync(Photo(), new TestDesk().Answers(Camera, s_good));

        Assert.Equal(["signingCredential.ocsp.inaccessible", "signingCredential.ocsp.notRevoked"], Codes(report));
        Assert.Equal(Label.IntactKnown, report.Label);
    }

    [Fact]
    public async Task Manifests_of_one_signer_ask_once()
    {
        var parent = Manifest("parent").Embed(TestJpeg.Small());
        var child = new ManifestBuilder("revocation/child").SignedBy(Camera).Opened(parent).Embed(TestJpeg.Small());
        var desk = Desk(s_good);

        var report = await VerifyAsync(child.Bytes, desk);

        Assert.Equal(2, desk.Asked.Count);
        Assert.All(report.Manifests, manifest => Assert.Equal(RevocationOrigin.Online, manifest.RevocationDetails!.Origin));
    }

    [Theory]
    [InlineData(2, RevocationStatus.NotRevoked)]
    [InlineData(1, RevocationStatus.NotChecked)]
    public async Task No_more_questions_are_asked_than_the_limit_allows(int questions, RevocationStatus status)
    {
        var desk = Desk(s_good);

        var report = await VerifyAsync(Photo(), Policy with { RevocationSource = desk, Limits = new Limits { OcspQuestions = questions } });

        Assert.Equal(questions, desk.Asked.Count);
        Assert.Equal(status, report.Revocation);
    }

    [Fact]
    public async Task Json_says_how_it_is_known()
    {
        var online = JObject.Parse(Subject.Json(await VerifyAsync(Photo(), Desk(s_good))));
        var none = JObject.Parse(Subject.Json(await VerifyAsync(Photo())));

        Assert.Equal(("not-revoked", "online"), ((string?)online["revocation"]!["result"], (string?)online["revocation"]!["source"]));
        Assert.Equal("online", (string?)online["manifests"]![0]!["revocationDetails"]!["source"]);
        Assert.True((bool)online["policy"]!["asksAboutRevocation"]!);
        Assert.Equal(("not-checked", null, "nothing-enclosed"),
            ((string?)none["revocation"]!["result"], (string?)none["revocation"]!["source"], (string?)none["revocation"]!["notCheckedBecause"]));
        Assert.False((bool)none["policy"]!["asksAboutRevocation"]!);
    }
}
