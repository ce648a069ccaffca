using Provenance.Verifier.Checks;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;
using Xunit;

namespace Provenance.Tests.Checks;

/// <summary>The verdict asks for evidence of each thing it says.</summary>
public sealed class VerdictTests
{
    private static readonly StatusCode[] Evidence =
    [
        StatusCodes.ClaimSignatureValidated, StatusCodes.AssertionHashedUriMatch, StatusCodes.ClaimSignatureInsideValidity,
        StatusCodes.SigningCredentialTrusted, StatusCodes.DataHashMatch,
    ];

    private static readonly VerdictInput Sound = new([.. Evidence.Select(Find)], true, [], [], SignerFact.Unknown, ByOlderList: false);

    public static IEnumerable<TheoryDataRow<string>> Failures() => StatusCodes.All.Where(code => code.Kind == StatusKind.Failure && !code.IsAboutIdentity).Select(code => new TheoryDataRow<string>(code.Text));

    public static IEnumerable<TheoryDataRow<string>> Others() => StatusCodes.All.Where(code => code.Kind != StatusKind.Failure || code.IsAboutIdentity).Select(code => new TheoryDataRow<string>(code.Text));

    [Fact]
    public void With_all_its_evidence_a_file_is_intact_by_a_known_issuer() => AssertSays(Sound, Label.IntactKnown, ValidationState.Trusted);

    [Fact]
    public void Without_any_finding_nothing_is_intact() => AssertSays(new([], false, [], [], SignerFact.Unknown, false), Label.Unreadable, ValidationState.Invalid);

    [Fact]
    public void Without_a_sound_signature_nothing_is_intact() => AssertSays(Without(StatusCodes.ClaimSignatureValidated), Label.Unreadable, ValidationState.Invalid);

    [Fact]
    public void Without_an_assertion_that_matches_nothing_is_intact() => AssertSays(Without(StatusCodes.AssertionHashedUriMatch), Label.Unreadable, ValidationState.Invalid);

    [Fact]
    public void Without_a_binding_to_the_content_nothing_is_intact() => AssertSays(Sound with { HasBinding = false }, Label.Unreadable, ValidationState.Invalid);

    [Fact]
    public void A_code_that_says_the_binding_matches_is_no_binding() => AssertSays(Sound with { HasBinding = false, Active = [.. Sound.Active, Find(StatusCodes.BoxesHashMatch)] }, Label.Unreadable, ValidationState.Invalid);

    [Fact]
    public void Without_proof_that_the_certificate_was_in_force_the_time_is_unproven() => AssertSays(Without(StatusCodes.ClaimSignatureInsideValidity), Label.IntactTimeUnproven, ValidationState.Invalid);

    [Fact]
    public void Being_in_force_and_out_of_force_is_out_of_force() => AssertSays(With(StatusCodes.ClaimSignatureOutsideValidity), Label.IntactTimeUnproven, ValidationState.Invalid);

    [Fact]
    public void Without_proof_of_trust_nobody_is_known() => AssertSays(Without(StatusCodes.SigningCredentialTrusted), Label.IntactUnknownIssuer, ValidationState.Valid);

    [Fact]
    public void Being_trusted_and_untrusted_is_untrusted() => AssertSays(With(StatusCodes.SigningCredentialUntrusted), Label.IntactUnknownIssuer, ValidationState.Valid);

    [Fact]
    public void A_signer_whom_only_an_older_list_knows_is_told_so()
    {
        Assert.Equal(SignerFact.KnownToOlderList, Verdict.From(Sound with { ByOlderList = true }).Signer);
        Assert.Equal(SignerFact.Known, Verdict.From(Sound).Signer);
        Assert.Equal(SignerFact.Unknown, Verdict.From(Without(StatusCodes.SigningCredentialTrusted) with { ByOlderList = true }).Signer);
    }

    [Fact]
    public void Without_lists_nobody_is_known_whatever_was_found()
    {
        var facts = Verdict.From(Sound with { Unvouched = SignerFact.NotLookedUp });
        Assert.Equal(SignerFact.NotLookedUp, facts.Signer);
        Assert.Equal(SignerFact.NoList, Verdict.From(Sound with { Unvouched = SignerFact.NoList }).Signer);
        Assert.Equal(Label.IntactUnknownIssuer, LabelTable.For(facts).Label);
    }

    [Fact]
    public void A_withdrawn_certificate_is_told_unless_the_file_changed()
    {
        AssertSays(With(StatusCodes.OcspRevoked), Label.Revoked, ValidationState.Invalid);
        AssertSays(With(StatusCodes.OcspRevoked, StatusCodes.DataHashMismatch), Label.Broken, ValidationState.Invalid);
    }

    [Fact]
    public void A_failure_nobody_knows_breaks_the_file()
    {
        var unknown = new StatusCode("org.example.failure", StatusKind.Failure, "none", "Made here.");
        AssertSays(With(unknown), Label.Broken, ValidationState.Invalid);
        Assert.Equal(SourcesFact.Failing, Verdict.From(Sound with { Sources = [Find(unknown)] }).Sources);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void No_failure_leaves_a_file_valid_but_that_of_an_unknown_issuer(string text)
    {
        var code = StatusCodes.Find(text)!;
        var labelling = LabelTable.For(Verdict.From(With(code)));
        if (code == StatusCodes.SigningCredentialUntrusted)
            Assert.Equal((Label.IntactUnknownIssuer, ValidationState.Valid), (labelling.Label, labelling.State));
        else
            Assert.Equal(ValidationState.Invalid, labelling.State);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void No_failure_of_a_source_leaves_a_file_trusted(string text)
    {
        var labelling = LabelTable.For(Verdict.From(Sound with { Sources = [Find(StatusCodes.Find(text)!)] }));
        Assert.Equal(Label.IntactKnown, labelling.Label);
        Assert.NotEqual(ValidationState.Trusted, labelling.State);
        Assert.Contains(labelling.Lines, line => line.Axis == LabelAxis.Sources);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_no_failure_changes_no_verdict(string text)
    {
        // A success is evidence for itself alone, and all of it is there already.
        Assert.Equal(Verdict.From(Sound), Verdict.From(With(StatusCodes.Find(text)!)));
        Assert.Equal(Verdict.From(Sound), Verdict.From(Sound with { Sources = [Find(StatusCodes.Find(text)!)] }));
    }

    [Fact]
    public void A_code_is_about_identity_by_what_it_is_and_not_by_its_name()
    {
        Assert.All(StatusCodes.All, code => Assert.Equal(code.Text.StartsWith("cawg.", StringComparison.Ordinal), code.IsAboutIdentity));
        var stranger = new StatusCode("cawg.identity.made-up", StatusKind.Failure, "none", "Made here.");
        AssertSays(With(stranger), Label.Broken, ValidationState.Invalid);
        AssertSays(With(stranger with { IsAboutIdentity = true }), Label.IntactKnown, ValidationState.Trusted);
        Assert.Equal(SourcesFact.Sound, Verdict.From(Sound with { Recorded = [Find(stranger with { IsAboutIdentity = true })] }).Sources);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void No_recorded_failure_makes_a_file_invalid(string text)
    {
        var code = StatusCodes.Find(text)!;
        var facts = Verdict.From(Sound with { Recorded = [Find(code)] });
        Assert.Equal(code == StatusCodes.SigningCredentialUntrusted ? SourcesFact.Sound : SourcesFact.RecordedFailure, facts.Sources);
        Assert.Equal(ValidationState.Trusted, LabelTable.For(facts).State);
    }

    [Fact]
    public void Of_several_failing_sources_the_gravest_counts()
    {
        Finding[] all = [Find(StatusCodes.SigningCredentialUntrusted), Find(StatusCodes.ClaimSignatureOutsideValidity), Find(StatusCodes.ClaimActionsMissing), Find(StatusCodes.ClaimSignatureMismatch)];
        SourcesFact[] expected = [SourcesFact.UnknownIssuer, SourcesFact.TimeUnproven, SourcesFact.Unconfirmed, SourcesFact.Failing];
        for (int i = 0; i < all.Length; i++)
            Assert.Equal(expected[i], Verdict.From(Sound with { Sources = all[..(i + 1)] }).Sources);
    }

    private static Finding Find(StatusCode code) => new(code, "self#jumbf=/c2pa/m", "made here");

    private static VerdictInput With(params StatusCode[] codes) => Sound with { Active = [.. Sound.Active, .. codes.Select(Find)] };

    private static VerdictInput Without(StatusCode code) => Sound with { Active = [.. Sound.Active.Where(finding => finding.Code != code)] };

    private static void AssertSays(VerdictInput input, Label label, ValidationState state)
    {
        var labelling = LabelTable.For(Verdict.From(input));
        Assert.Equal((label, state), (labelling.Label, labelling.State!.Value));
    }
}
