using System.Security.Cryptography.X509Certificates;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Timestamps;
using Provenance.Verifier.X509;
using Xunit;
using Oids = Provenance.TestKit.Oids;

namespace Provenance.Tests.Timestamps;

/// <summary>Which time stamps prove a time (C2PA 2.5 §14.8.2; attacks G01 to G08).</summary>
public sealed class TimeStampCheckTests
{
    private static readonly TestAuthority Root = TestAuthority.Root("Time Root");
    private static readonly TestAuthority Ca = Root.Intermediate("Time CA");
    private static readonly TestCertificate Tsa = Ca.IssueTimeStamper("Time Stamper");
    private static readonly byte[] Stamped = "Sig_structure"u8.ToArray();
    private static readonly TokenFields Sound = new(Tsa, Stamped);
    private static readonly DateTimeOffset Now = Sound.GenTime.AddYears(1);

    private static TrustAnchor Anchor(TestAuthority authority, DateTimeOffset? from = null, DateTimeOffset? until = null) => new(Certificate.Parse(authority.Certificate.Der), from, until);

    private static async Task<TimeStampResult> Evaluate(
        TokenFields fields, TrustAnchor[]? anchors = null, bool trustUnlisted = false, DateTimeOffset? now = null, byte[]? stamped = null, Limits? limits = null) =>
        await TimeStampCheck.EvaluateAsync(
            TimeStampToken.Parse(fields.Build(), Limits.Default), stamped ?? Stamped, anchors ?? [Anchor(Root)], trustUnlisted, now ?? Now,
            new SystemCrypto(), new SignatureBudget(limits ?? Limits.Default), limits ?? Limits.Default, TestContext.Current.CancellationToken);

    private static async Task<TimeStampResult> Is(
        TimeStampOutcome outcome, TokenFields fields, TrustAnchor[]? anchors = null, bool trustUnlisted = false, DateTimeOffset? now = null, byte[]? stamped = null)
    {
        var result = await Evaluate(fields, anchors, trustUnlisted, now, stamped);
        Assert.True(outcome == result.Outcome, $"{outcome} expected, {result.Outcome}: {result.Explanation}");
        Assert.Equal(outcome == TimeStampOutcome.Trusted, result.Time is not null);
        return result;
    }

    [Fact]
    public async Task A_listed_authority_proves_a_time()
    {
        var result = await Is(TimeStampOutcome.Trusted, Sound with { GenTime = Sound.GenTime.AddMilliseconds(250) });
        Assert.Equal(Sound.GenTime.AddMilliseconds(250), result.Time!.Time);
        Assert.Equal(Tsa.Der, result.Time.Authority.Raw.ToArray());
        Assert.Equal(3, result.Time.Path!.Certificates.Count);
        Assert.True(result.Time.IsListed);
        Assert.False(result.CredentialInvalid);
        await Is(TimeStampOutcome.Trusted, Sound, [Anchor(Ca)]);
        await Is(TimeStampOutcome.Trusted, Sound with { Certificates = [Tsa.Der] }, [Anchor(Ca)]);
    }

    // G02: v1 and v2 stamp different bytes; the other ones do not fit.
    [Fact]
    public async Task A_stamp_on_other_bytes_is_a_mismatch()
    {
        await Is(TimeStampOutcome.Mismatch, Sound, stamped: [.. Stamped, 0]);
        await Is(TimeStampOutcome.Mismatch, Sound, stamped: []);
        await Is(TimeStampOutcome.Mismatch, Sound, stamped: [.. Stamped, 0], trustUnlisted: true);
    }

    [Theory]
    [InlineData(TokenFields.Sha256, "Trusted")]
    [InlineData(TokenFields.Sha384, "Trusted")]
    [InlineData(TokenFields.Sha512, "Trusted")]
    [InlineData(TokenFields.Sha1, "Untrusted")]
    public async Task An_imprint_is_SHA2(string hash, string outcome) => await Is(Enum.Parse<TimeStampOutcome>(outcome), Sound with { ImprintHash = hash });

    // Trap 42: SHA-1 in ESSCertID identifies, and protects nothing.
    [Fact]
    public async Task SHA1_names_the_certificate_but_signs_nothing()
    {
        await Is(TimeStampOutcome.Trusted, Sound with { EssV1 = true, EssV2 = false });
        await Is(TimeStampOutcome.Untrusted, Sound with { Method = SignatureMethod.EcdsaSha1 });
        await Is(TimeStampOutcome.Untrusted, Sound with { Method = SignatureMethod.EcdsaSha1 }, trustUnlisted: true);
    }

    // The order of §14.8.2: algorithm, signature, imprint's hash, imprint, chain, dates.
    [Fact]
    public async Task The_first_rule_broken_decides()
    {
        var wrongSignature = Sound with { SignatureChanged = _ => [] };
        await Is(TimeStampOutcome.Untrusted, wrongSignature with { Method = SignatureMethod.EcdsaSha1 });
        await Is(TimeStampOutcome.Mismatch, wrongSignature with { ImprintHash = TokenFields.Sha1 });
        await Is(TimeStampOutcome.Untrusted, Sound with { ImprintHash = TokenFields.Sha1 }, stamped: [1]);
        await Is(TimeStampOutcome.Mismatch, Sound, anchors: [], stamped: [1]);
        await Is(TimeStampOutcome.Untrusted, Sound with { GenTime = Now.AddYears(90) }, anchors: []);
    }

    [Fact]
    public async Task Without_certificate_or_path_it_is_untrusted()
    {
        await Is(TimeStampOutcome.Untrusted, Sound with { WithoutCertificates = true });
        await Is(TimeStampOutcome.Untrusted, Sound with { Certificates = [Tsa.Der] });
        await Is(TimeStampOutcome.Untrusted, Sound, anchors: []);
        await Is(TimeStampOutcome.Untrusted, Sound, [Anchor(TestAuthority.Root("Somebody"))]);
    }

    // G03: an authority of one's own tells any time.
    [Fact]
    public async Task An_unlisted_authority_is_untrusted_except_in_the_older_model()
    {
        var own = new TokenFields(TestAuthority.Root("Own Root").IssueTimeStamper("Own Stamper"), Stamped);
        var refused = await Is(TimeStampOutcome.Untrusted, own);
        Assert.False(refused.CredentialInvalid);
        var taken = await Is(TimeStampOutcome.Trusted, own, trustUnlisted: true);
        Assert.False(taken.Time!.IsListed);
        Assert.Null(taken.Time.Path);
        Assert.True((await Is(TimeStampOutcome.Trusted, Sound, trustUnlisted: true)).Time!.IsListed);
    }

    // The reference trusts such a stamp on a claim of version 1 (digest §6.5); everything else is still checked.
    [Fact]
    public async Task The_older_model_takes_any_purpose_but_no_wrong_signature_and_no_expired_certificate()
    {
        var mail = new TokenFields(TestAuthority.Root("Mail Root").Issue("Mail", change: r => r.ExtendedKeyUsages(Oids.EmailProtection)), Stamped);
        await Is(TimeStampOutcome.Untrusted, mail);
        await Is(TimeStampOutcome.Trusted, mail, trustUnlisted: true);
        await Is(TimeStampOutcome.Mismatch, mail with { SignatureChanged = _ => [] }, trustUnlisted: true);
        await Is(TimeStampOutcome.Mismatch, mail with { EssV2 = false }, trustUnlisted: true);
        await Is(TimeStampOutcome.Untrusted, mail with { WithoutCertificates = true }, trustUnlisted: true);
        await Is(TimeStampOutcome.OutsideValidity, mail with { GenTime = new(2023, 12, 31, 23, 59, 59, TimeSpan.Zero) }, trustUnlisted: true);
    }

    // G04, RFC 3161 §2.3
    [Fact]
    public async Task An_authority_has_the_purpose_of_time_stamping_alone_and_critical()
    {
        async Task Invalid(string name, Action<CertificateRecipe> change)
        {
            var result = await Is(TimeStampOutcome.Untrusted, new(Ca.IssueTimeStamper(name, change: change), Stamped));
            Assert.True(result.CredentialInvalid, name);
        }
        await Invalid("none", r => r.WithoutExtendedKeyUsage());
        await Invalid("any", r => r.ExtendedKeyUsages(critical: true, Oids.AnyExtendedKeyUsage));
        await Invalid("other", r => r.ExtendedKeyUsages(critical: true, Oids.EmailProtection));
        await Invalid("more", r => r.ExtendedKeyUsages(critical: true, Oids.TimeStamping, Oids.EmailProtection));
        await Invalid("not critical", r => r.ExtendedKeyUsages(critical: false, Oids.TimeStamping));
        await Invalid("key usage", r => r.KeyUsage(X509KeyUsageFlags.KeyEncipherment));
        await Is(TimeStampOutcome.Trusted, new(Ca.IssueTimeStamper("no key usage", change: r => r.WithoutKeyUsage()), Stamped));
        await Is(TimeStampOutcome.Trusted, new(Ca.IssueTimeStamper("nr", change: r => r.KeyUsage(X509KeyUsageFlags.NonRepudiation)), Stamped));
    }

    // G07: an allowed end-entity certificate is no anchor for time.
    [Fact]
    public async Task The_authoritys_own_certificate_is_no_anchor() => await Is(TimeStampOutcome.Untrusted, Sound, [new(Certificate.Parse(Tsa.Der))]);

    // G04, G08: dates of the authority at genTime, to the second.
    [Fact]
    public async Task GenTime_lies_inside_the_validity_of_the_authority()
    {
        var (from, until) = (new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2025, 12, 31, 23, 59, 59, TimeSpan.Zero));
        var limited = new TokenFields(Ca.IssueTimeStamper("Limited", change: r => r.Valid(from, until)), Stamped);
        foreach (bool unlisted in new[] { false, true })
        {
            await Is(TimeStampOutcome.Trusted, limited with { GenTime = from }, trustUnlisted: unlisted);
            await Is(TimeStampOutcome.Trusted, limited with { GenTime = until.AddMilliseconds(999) }, trustUnlisted: unlisted);
            await Is(TimeStampOutcome.OutsideValidity, limited with { GenTime = from.AddTicks(-1) }, trustUnlisted: unlisted);
            await Is(TimeStampOutcome.OutsideValidity, limited with { GenTime = until.AddSeconds(1) }, trustUnlisted: unlisted);
        }
        // Expired now, and of no concern.
        await Is(TimeStampOutcome.Trusted, limited, now: until.AddYears(20));
    }

    [Fact]
    public async Task GenTime_lies_inside_the_validity_of_the_authoritys_CAs_and_of_the_list()
    {
        var expired = Root.Intermediate("Old CA", change: r => r.Valid("2024-01-01", "2025-01-01"));
        await Is(TimeStampOutcome.OutsideValidity, new(expired.IssueTimeStamper("Below it"), Stamped));
        await Is(TimeStampOutcome.Trusted, new TokenFields(expired.IssueTimeStamper("Below it"), Stamped) { GenTime = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        await Is(TimeStampOutcome.Trusted, Sound, [Anchor(Root, Sound.GenTime, Sound.GenTime)]);
        await Is(TimeStampOutcome.Untrusted, Sound, [Anchor(Root, Sound.GenTime.AddTicks(1))]);
        await Is(TimeStampOutcome.Untrusted, Sound, [Anchor(Root, null, Sound.GenTime.AddTicks(-1))]);
    }

    // G05, G10
    [Fact]
    public async Task A_time_in_the_future_is_trusted_up_to_the_clock_skew()
    {
        foreach (bool unlisted in new[] { false, true })
        {
            await Is(TimeStampOutcome.Trusted, Sound, now: Sound.GenTime - Limits.Default.ClockSkew, trustUnlisted: unlisted);
            await Is(TimeStampOutcome.OutsideValidity, Sound, now: Sound.GenTime - Limits.Default.ClockSkew - TimeSpan.FromTicks(1), trustUnlisted: unlisted);
        }
        await Is(TimeStampOutcome.OutsideValidity, Sound, now: DateTimeOffset.UnixEpoch);
        await Is(TimeStampOutcome.Trusted, Sound, now: DateTimeOffset.MaxValue);
        await Is(TimeStampOutcome.OutsideValidity, Sound, now: DateTimeOffset.MinValue);
    }

    // One check for the token, two for its path.
    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task A_spent_budget_proves_nothing_and_says_so(int checks, bool trusted)
    {
        var result = await Evaluate(Sound, limits: Limits.Default with { SignatureChecks = checks });
        Assert.Equal(trusted ? TimeStampOutcome.Trusted : TimeStampOutcome.Untrusted, result.Outcome);
        Assert.Equal(!trusted, result.LimitReached);
    }

    [Fact]
    public void Bytes_that_are_no_token_are_malformed_and_a_limit_is_told_apart()
    {
        var fault = Assert.Throws<MalformedDataException>(() => TimeStampToken.Parse(Tlv.Sequence(), Limits.Default));
        Assert.Equal(TimeStampOutcome.Malformed, TimeStampResult.Malformed(fault).Outcome);
        Assert.False(TimeStampResult.Malformed(fault).LimitReached);
        var limit = Assert.Throws<LimitExceededException>(() => TimeStampToken.Parse(new byte[2], Limits.Default with { TimeStampBytes = 1 }));
        Assert.True(TimeStampResult.Malformed(limit).LimitReached);
    }
}
