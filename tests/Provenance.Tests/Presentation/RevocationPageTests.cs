using Provenance.Presentation;
using Provenance.TestKit;
using Provenance.Tests.Revocation;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Xunit;
using static Provenance.Tests.Revocation.Signed;

namespace Provenance.Tests.Presentation;

/// <summary>Revocation has a line of its own in every report on a credential that holds, whatever is known.</summary>
public sealed class RevocationPageTests
{
    private static readonly byte[] s_good = Responder.Respond(Camera);

    private static TestDesk Desk(byte[] answer) => new TestDesk().Answers(Camera, answer).Answers(Authority.Certificate, RootResponder.Respond(Authority.Certificate));

    public static TheoryData<string, Func<Task<VerificationReport>>> States => new()
    {
        { "not withdrawn as of 14 Mar 2026 00:00 UTC, by an answer of its authority that the file holds", () => VerifyAsync(Photo(m => m.TimeStampedBy(Stamper).Stapled(s_good))) },
        { "not withdrawn as of 14 Mar 2026 00:00 UTC, by the answer of its authority, which was asked", () => VerifyAsync(Photo(), Desk(s_good)) },
        { "withdrawn on 1 Mar 2026 00:00 UTC, by an answer of its authority that the file holds", () => VerifyAsync(Photo(m => m.Stapled(Responder.Respond(Camera, OcspAnswer.Revoked)))) },
        { "withdrawn on 1 Mar 2026 00:00 UTC, by the answer of its authority, which was asked", () => VerifyAsync(Photo(), Desk(Responder.Respond(Camera, OcspAnswer.Revoked))) },
        { "not known: by an answer that the file holds, its authority does not know the certificate", () => VerifyAsync(Photo(m => m.Stapled(Responder.Respond(Camera, OcspAnswer.Unknown)))) },
        { "not known: its authority was asked, and does not know the certificate", () => VerifyAsync(Photo(), Desk(Responder.Respond(Camera, OcspAnswer.Unknown))) },
        { "not checked: the file holds no answer about it, and nobody was asked; the command line asks with --check-revocation", () => VerifyAsync(Photo()) },
        { "not checked: the file holds no answer about it, and the certificate names nobody to ask", () => VerifyAsync(Photo(signer: Mute)) },
        { "not checked: nobody was asked, and the answer that the file holds does not count: no trusted time stamp says when the file was signed", () => VerifyAsync(Photo(m => m.Stapled(s_good))) },
        { "not checked: nobody was asked, and the answer that the file holds does not count: it is about another certificate", () => VerifyAsync(Photo(m => m.Stapled(Responder.Respond(Mute)))) },
        { "not checked: nobody was asked, and the answer that the file holds does not count: it cannot be read, or says only that there is none", () => VerifyAsync(Photo(m => m.Stapled([1]))) },
        { "not checked: its authority was asked, and gave no answer", () => VerifyAsync(Photo(), new TestDesk()) },
        { "not checked: its authority was asked, and the answer does not count: whoever made it may not answer, or its signature does not fit", () => VerifyAsync(Photo(), Desk(Responder.Respond(Camera, change: r => r.BadSignature()))) },
        { "not checked: its authority was asked, and the answer does not count: it speaks of another time", () => VerifyAsync(Photo(), Desk(Responder.Respond(Camera, change: r => r.Single(s => s.NextUpdate = Now.AddDays(-1))))) },
        { "not checked: only its authority may answer, and no trust list leads to it", () => VerifyAsync(Photo(), VerificationPolicy.WithoutTrustAnchorsUnsafe(Now)) },
    };

    [Theory]
    [MemberData(nameof(States), DisableDiscoveryEnumeration = true)]
    public async Task Each_state_has_words_of_its_own(string told, Func<Task<VerificationReport>> verify)
    {
        var report = await verify();

        Assert.Equal([told], Rows(report, Words.English));
        Assert.NotEmpty(Assert.Single(Rows(report, Words.Korean)));
    }

    [Fact]
    public async Task After_the_proven_time_of_signing_is_said_so() =>
        Assert.Equal("a trusted time stamp shows that the file was signed before that", Rows(await VerifyAsync(
            Photo(m => m.TimeStampedBy(Stamper)),
            Desk(Responder.Respond(Camera, OcspAnswer.Revoked, r => r.Single(s => (s.RevocationTime, s.ThisUpdate) = (Now.AddHours(-2), Now.AddHours(-1)))))), Words.English)[1]);

    [Fact]
    public async Task Of_a_credential_that_does_not_fit_nothing_is_said() =>
        Assert.Empty(Rows(await VerifyAsync(Manifest("photo").Embed(TestJpeg.Small()).MediaChanged()), Words.English));

    private static IReadOnlyList<string> Rows(VerificationReport report, Words words) =>
        [.. ReportPage.Of(report, words, null).Sections.Where(section => section.Topic == PageTopic.Revocation).SelectMany(section => section.Rows).Select(row => row.Text)];
}
