using System.Security.Cryptography.X509Certificates;
using Provenance.TestKit;
using Provenance.Tests.Timestamps;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;
using Provenance.Verifier.X509.Ocsp;
using Xunit;
using Oids = Provenance.TestKit.Oids;

namespace Provenance.Tests.X509.Ocsp;

/// <summary>What a stapled response proves (C2PA 2.5 §14.9.1, RFC 6960 §3.2 and §4.2.2.2; attacks F14 to F17).</summary>
public sealed class OcspCheckTests
{
    private static readonly TestAuthority Ca = TestAuthority.Root("Example Root").Intermediate("Example CA");
    private static readonly TestAuthority OtherCa = TestAuthority.Root("Example Root").Intermediate("Other CA");
    private static readonly TestCertificate Leaf = Ca.Issue("Signer");
    private static readonly TestCertificate Responder = Ca.IssueOcspResponder("Responder");
    private static readonly SingleFields Single = new(Leaf);
    private static readonly OcspFields Sound = new(Responder, Single);

    private static readonly DateTimeOffset Noon = OcspFields.Noon;
    private static readonly DateTimeOffset Stamped = Noon.AddHours(1);
    private static readonly DateTimeOffset Now = Noon.AddYears(1);

    private static async Task<OcspResult> Evaluate(OcspFields recipe, DateTimeOffset? signedAt, DateTimeOffset? now = null, Limits? limits = null) =>
        await OcspCheck.EvaluateAsync(
            OcspResponse.Parse(recipe.Build(), Limits.Default), Certificate.Parse(Leaf.Der), Certificate.Parse(Ca.Certificate.Der), signedAt, now ?? Now, OcspOrigin.Enclosed, TimeSpan.Zero,
            new SystemCrypto(), new SignatureBudget(limits ?? Limits.Default), TestContext.Current.CancellationToken);

    private static async Task Says(OcspOutcome outcome, OcspFields recipe, DateTimeOffset? signedAt, DateTimeOffset? now = null)
    {
        var result = await Evaluate(recipe, signedAt, now);
        Assert.True(outcome == result.Outcome, $"{outcome} expected, {result.Outcome}: {result.Explanation}");
    }

    /// <summary>The response counts as absent, and for this reason.</summary>
    private static async Task Ignored(string because, OcspFields recipe)
    {
        var result = await Evaluate(recipe, Stamped);
        Assert.Equal(OcspOutcome.NotApplicable, result.Outcome);
        Assert.Contains(because, result.Explanation, StringComparison.Ordinal);
    }

    private static OcspFields About(SingleFields single) => Sound with { Singles = [single] };

    private static SingleFields Revoked(DateTimeOffset time, int? reason = null) => Single with { Status = SingleFields.Revoked(time, reason) };

    [Fact]
    public async Task A_good_answer_of_the_issuer_or_its_delegate_counts()
    {
        await Says(OcspOutcome.Good, Sound, Stamped);
        await Says(OcspOutcome.Good, Sound with { ByKey = true }, Stamped);
        await Says(OcspOutcome.Good, Sound with { Responder = Ca.Certificate, Certificates = null }, Stamped);
        await Says(OcspOutcome.Good, Sound with { Responder = Ca.Certificate, Certificates = null, ByKey = true }, Stamped);
        await Says(OcspOutcome.Good, new(Ca.IssueOcspResponder("RSA Responder", TestKey.Rsa(2048)), Single), Stamped);
        foreach (string hash in new[] { TokenFields.Sha1, TokenFields.Sha384, TokenFields.Sha512 })
            await Says(OcspOutcome.Good, About(Single with { Hash = hash }), Stamped);
    }

    // Trap 43: without a proven time the signature may be younger than the answer.
    [Fact]
    public async Task A_good_answer_without_a_trusted_time_stamp_proves_nothing() => await Says(OcspOutcome.NotApplicable, Sound, null, Noon.AddHours(1));

    [Fact]
    public async Task A_good_answer_counts_for_signatures_up_to_nextUpdate()
    {
        var next = Noon.AddDays(7);
        await Says(OcspOutcome.Good, Sound, Noon.AddYears(-1));
        await Says(OcspOutcome.Good, Sound, Noon);
        await Says(OcspOutcome.Good, Sound, next.AddTicks(-1));
        await Says(OcspOutcome.NotApplicable, Sound, next);
        await Says(OcspOutcome.NotApplicable, Sound, next.AddDays(1));
    }

    [Fact]
    public async Task Without_nextUpdate_it_counts_for_a_day_after_producedAt()
    {
        var recipe = About(Single with { NextUpdate = null }) with { ProducedAt = Noon.AddHours(2) };
        await Says(OcspOutcome.Good, recipe, Noon.AddHours(26).AddTicks(-1));
        await Says(OcspOutcome.NotApplicable, recipe, Noon.AddHours(26));
    }

    [Fact]
    public async Task The_last_day_of_time_has_no_day_after_it()
    {
        var forever = Ca.IssueOcspResponder("Eternal", change: recipe => recipe.Valid(Noon, DateTimeOffset.MaxValue));
        await Says(OcspOutcome.Good, new OcspFields(forever, Single with { NextUpdate = null }) { ProducedAt = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero) }, Stamped);
    }

    // F15
    [Fact]
    public async Task An_answer_from_the_future_does_not_count()
    {
        await Says(OcspOutcome.Good, Sound, Noon.AddDays(-1), now: Noon);
        await Says(OcspOutcome.NotApplicable, Sound, Noon.AddDays(-1), now: Noon.AddTicks(-1));
        await Says(OcspOutcome.NotApplicable, About(Revoked(Noon.AddDays(-2))), Noon.AddDays(-1), now: Noon.AddTicks(-1));
    }

    // F15: three parts of the certID, each wrong once.
    [Fact]
    public async Task An_answer_about_another_certificate_does_not_count()
    {
        await Ignored("another certificate", About(Single with { Serial = [.. Leaf.Serial[..^1], (byte)(Leaf.Serial[^1] ^ 1)] }));
        await Ignored("another certificate", About(Single with { IssuerName = OtherCa.Certificate.Subject }));
        await Ignored("another certificate", About(Single with { IssuerKey = OtherCa.Certificate.Key.PublicKeyBits }));
        await Ignored("another certificate", About(Single with { Hash = "1.2.840.113549.2.5" }));
        await Ignored("another certificate", Sound with { Singles = [] });
        var elsewhere = Revoked(Noon.AddDays(-1)) with { Serial = [1] };
        await Ignored("another certificate", About(elsewhere));
        await Says(OcspOutcome.Good, Sound with { Singles = [elsewhere, Single] }, Stamped);
    }

    // F15, RFC 6960 §4.2.2.2
    [Fact]
    public async Task Only_an_authorised_responder_is_believed()
    {
        await Ignored("no certificate fits", Sound with { Certificates = [] });
        await Ignored("no certificate fits", Sound with { Certificates = null });
        await Ignored("OCSPSigning", new(Ca.Issue("No Purpose"), Single));
        await Ignored("OCSPSigning", new(Ca.IssueOcspResponder("Any", change: r => r.ExtendedKeyUsages(Oids.AnyExtendedKeyUsage)), Single));
        await Ignored("OCSPSigning", new(Ca.IssueOcspResponder("None", change: r => r.WithoutExtendedKeyUsage()), Single));
        await Ignored("another CA", new(OtherCa.IssueOcspResponder("Elsewhere"), Single));
        await Ignored("the CA's signature on its responder is wrong", new(OtherCa.IssueOcspResponder("Pretends", change: r => r.IssuerNamed(Ca.Certificate.Subject)), Single));
        await Ignored("the CA's signature on its responder is wrong", new(Ca.IssueOcspResponder("Forged", change: r => r.BadSignature()), Single));
        await Ignored("another CA", new(Ca.Intermediate("Sub CA").IssueOcspResponder("Too deep"), Single));
        await Ignored("another CA", new(TestAuthority.SelfSigned("Self", change: r => r.ExtendedKeyUsages(Oids.OcspSigning)), Single));
        await Ignored("OCSPSigning", new(Leaf, Single));
    }

    [Fact]
    public async Task A_responders_certificate_must_allow_signatures_and_hold_no_surprises()
    {
        await Says(OcspOutcome.Good, new(Ca.IssueOcspResponder("KU absent", change: r => r.WithoutKeyUsage()), Single), Stamped);
        await Says(OcspOutcome.Good, new(Ca.IssueOcspResponder("KU nr", change: r => r.KeyUsage(X509KeyUsageFlags.NonRepudiation)), Single), Stamped);
        await Ignored("key usage", new(Ca.IssueOcspResponder("KU wrong", change: r => r.KeyUsage(X509KeyUsageFlags.KeyEncipherment)), Single));
        await Ignored("critical extension", new(Ca.IssueOcspResponder("Critical", change: r => r.UnknownCriticalExtension()), Single));
        await Ignored("not allowed", new(Ca.IssueOcspResponder("SHA-1", change: r => r.SignedWith(SignatureMethod.EcdsaSha1)), Single));
        await Ignored("1024 bits", new(Ca.IssueOcspResponder("Weak", TestKey.Rsa(1024)), Single));
    }

    [Fact]
    public async Task A_responders_certificate_must_be_valid_when_it_answers()
    {
        static OcspFields Of(DateTimeOffset from, DateTimeOffset until) => new(Ca.IssueOcspResponder($"Valid {from:s} {until:s}", change: r => r.Valid(from, until)), Single);
        await Says(OcspOutcome.Good, Of(Noon, Noon), Stamped);
        await Says(OcspOutcome.NotApplicable, Of(Noon.AddSeconds(1), Noon.AddDays(1)), Stamped);
        await Says(OcspOutcome.NotApplicable, Of(Noon.AddDays(-1), Noon.AddSeconds(-1)), Stamped);
    }

    [Fact]
    public async Task The_right_certificate_is_found_among_others() =>
        await Says(OcspOutcome.Good, Sound with { Certificates = [Leaf.Der, Ca.Certificate.Der, Ca.IssueOcspResponder("Responder", TestKey.P256("twin")).Der, Responder.Der] }, Stamped);

    [Fact]
    public async Task A_wrong_signature_or_algorithm_does_not_count()
    {
        await Ignored("its signature is wrong", Sound with { SignatureChanged = s => [.. s[..^1], (byte)(s[^1] ^ 1)] });
        await Ignored("its signature is wrong", Sound with { SignatureChanged = _ => [] });
        await Ignored("its signature is wrong", Sound with { Ecdsa = EcdsaForm.Raw });
        await Ignored("not allowed", Sound with { Method = SignatureMethod.EcdsaSha1 });
        await Ignored("its signature is wrong", About(Revoked(Noon.AddDays(-1))) with { SignatureChanged = _ => [] });
    }

    [Fact]
    public async Task A_responder_id_that_is_somebody_elses_does_not_count()
    {
        await Ignored("no certificate fits", Sound with { ResponderId = Tlv.Of(0xA1, Leaf.Subject) });
        await Ignored("no certificate fits", Sound with { ResponderId = Tlv.Of(0xA2, Tlv.Octets(new byte[20])) });
    }

    // F14
    [Fact]
    public async Task Revoked_before_the_signature_is_revoked_with_time_and_reason()
    {
        var result = await Evaluate(About(Revoked(Noon.AddDays(-1), 1)), Stamped);
        Assert.Equal(OcspOutcome.Revoked, result.Outcome);
        Assert.Equal(Noon.AddDays(-1), result.RevocationTime);
        Assert.Equal(1, result.RevocationReason);
        Assert.False(result.RevokedAfterSigning);
        await Says(OcspOutcome.Revoked, About(Revoked(Stamped)), Stamped);
    }

    [Fact]
    public async Task Revoked_counts_without_a_time_stamp_and_when_stale()
    {
        await Says(OcspOutcome.Revoked, About(Revoked(Noon.AddDays(-1))), null);
        await Says(OcspOutcome.Revoked, About(Revoked(Noon.AddDays(-1))), Noon.AddDays(30));
        await Says(OcspOutcome.Revoked, About(Revoked(Noon.AddDays(-1), 6)), Stamped);
    }

    // §14.9.2: the answer covers the time of signing, and the revocation came later.
    [Fact]
    public async Task Revoked_after_the_signature_spares_it_only_inside_the_interval()
    {
        var later = About(Revoked(Stamped.AddSeconds(1)));
        await Says(OcspOutcome.Good, later, Stamped);
        await Says(OcspOutcome.Revoked, later, Stamped.AddSeconds(1));
        await Says(OcspOutcome.Revoked, later, Noon);
        await Says(OcspOutcome.Good, later, Noon.AddTicks(1));

        var before = await Evaluate(later, Noon.AddDays(-1));
        Assert.Equal(OcspOutcome.Revoked, before.Outcome);
        Assert.True(before.RevokedAfterSigning);
    }

    // RFC 5280 §5.3.1: 8 is removeFromCRL, 7 is not used.
    [Theory]
    [InlineData(7, "Revoked")]
    [InlineData(8, "Good")]
    [InlineData(9, "Revoked")]
    public async Task A_lifted_hold_is_good(int reason, string expected) =>
        await Says(Enum.Parse<OcspOutcome>(expected), About(Revoked(Noon.AddDays(-1), reason)), Stamped);

    [Fact]
    public async Task A_lifted_hold_needs_a_time_stamp_like_good() => await Says(OcspOutcome.NotApplicable, About(Revoked(Noon.AddDays(-1), 8)), null);

    [Fact]
    public async Task Unknown_is_unknown_with_and_without_a_time_stamp()
    {
        var recipe = About(Single with { Status = SingleFields.Unknown });
        await Says(OcspOutcome.Unknown, recipe, Stamped);
        await Says(OcspOutcome.Unknown, recipe, null);
        await Says(OcspOutcome.NotApplicable, recipe with { SignatureChanged = _ => [] }, Stamped);
    }

    [Fact]
    public async Task In_one_response_revoked_beats_good_and_good_beats_unknown()
    {
        var revoked = Revoked(Noon.AddDays(-1));
        var unknown = Single with { Status = SingleFields.Unknown };
        var stale = Single with { NextUpdate = Noon.AddMinutes(1) };
        await Says(OcspOutcome.Revoked, Sound with { Singles = [Single, revoked] }, Stamped);
        await Says(OcspOutcome.Revoked, Sound with { Singles = [revoked, Single] }, Stamped);
        await Says(OcspOutcome.Good, Sound with { Singles = [unknown, Single] }, Stamped);
        await Says(OcspOutcome.Good, Sound with { Singles = [stale, Single] }, Stamped);
        await Says(OcspOutcome.NotApplicable, Sound with { Singles = [stale] }, Stamped);
    }

    [Fact]
    public async Task A_critical_extension_makes_the_answer_unusable()
    {
        await Says(OcspOutcome.Good, About(Single with { Tail = OcspFields.Extension(critical: false) }) with { DataTail = OcspFields.Extension(critical: false) }, Stamped);
        await Says(OcspOutcome.NotApplicable, About(Single with { Tail = OcspFields.Extension(critical: true) }), Stamped);
        await Says(OcspOutcome.NotApplicable, Sound with { DataTail = OcspFields.Extension(critical: true) }, Stamped);
    }

    // F17: nothing but leaf and anchor.
    [Fact]
    public async Task A_leaf_below_the_anchor_itself_is_checked()
    {
        var root = TestAuthority.Root("Direct Root");
        var leaf = root.Issue("Direct Signer");
        var response = OcspResponse.Parse(new OcspFields(root.Certificate, new SingleFields(leaf) { Status = SingleFields.Revoked(Noon.AddDays(-1)) }) { Certificates = null }.Build(), Limits.Default);
        var result = await OcspCheck.EvaluateAsync(
            response, Certificate.Parse(leaf.Der), Certificate.Parse(root.Certificate.Der), Stamped, Now, OcspOrigin.Enclosed, TimeSpan.Zero, new SystemCrypto(), new SignatureBudget(Limits.Default), TestContext.Current.CancellationToken);
        Assert.Equal(OcspOutcome.Revoked, result.Outcome);
    }

    [Theory]
    [InlineData(1, "NotApplicable")]
    [InlineData(2, "Good")]
    public async Task A_delegated_answer_costs_two_signature_checks(int budget, string expected) =>
        Assert.Equal(Enum.Parse<OcspOutcome>(expected), (await Evaluate(Sound, Stamped, limits: Limits.Default with { SignatureChecks = budget })).Outcome);
}
