using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Labels;

/// <summary>Every combination of facts against a second telling of what labels mean, written from labels.md and not from the table.</summary>
public sealed class LabelTableTests
{
    public static IReadOnlyList<LabelFacts> AllFacts { get; } =
    [..
        from presence in Enum.GetValues<CredentialPresence>()
        from integrity in Enum.GetValues<IntegrityFact>()
        from signer in Enum.GetValues<SignerFact>()
        from validity in Enum.GetValues<ValidityFact>()
        from revocation in Enum.GetValues<RevocationFact>()
        from sources in Enum.GetValues<SourcesFact>()
        from ai in Enum.GetValues<AiFact>()
        from coverage in Enum.GetValues<CoverageFact>()
        from identity in Enum.GetValues<IdentityFact>()
        select new LabelFacts(presence, integrity, signer, validity, revocation, sources) { Ai = ai, Coverage = coverage, Identity = identity },
    ];

    [Fact]
    public void Every_combination_of_facts_has_the_label_that_its_meaning_asks_for() => Assert.All(AllFacts, facts =>
        Assert.Equal(Meant(facts), LabelTable.For(facts).Label));

    [Fact]
    public void The_state_is_the_lesser_of_what_this_file_and_its_sources_are_worth() => Assert.All(AllFacts, facts =>
        Assert.Equal(StateOf(facts), LabelTable.For(facts).State));

    [Fact]
    public void The_exit_code_follows_the_label_and_fails_for_a_failing_source() => Assert.All(AllFacts, facts =>
    {
        int own = Meant(facts) switch
        {
            Label.IntactKnown or Label.IntactUnknownIssuer => 0,
            Label.Broken or Label.Revoked => 1,
            Label.Unreadable => 3,
            Label.None => 4,
            _ => 5,
        };
        bool fails = facts is { Presence: CredentialPresence.Checked, Sources: SourcesFact.Failing or SourcesFact.Unconfirmed };
        Assert.Equal(fails && own is (0 or 5) ? 1 : own, LabelTable.For(facts).ExitCode);
    });

    [Fact]
    public void Sources_have_a_line_of_their_own_and_never_change_the_label() => Assert.All(AllFacts, facts =>
    {
        var labelling = LabelTable.For(facts);
        var alone = LabelTable.For(facts with { Sources = SourcesFact.Sound });
        Assert.Equal(alone.Label, labelling.Label);
        Assert.Equal(alone.Sentence, labelling.Sentence);
        Assert.DoesNotContain(alone.Lines, line => line.Axis == LabelAxis.Sources);
        // A source nobody knows is no news beside a signer nobody knows.
        bool told = facts.Presence == CredentialPresence.Checked && facts.Sources != SourcesFact.Sound
            && (facts.Sources != SourcesFact.UnknownIssuer || alone.State == ValidationState.Trusted);
        Assert.Equal(told, labelling.Lines.Any(line => line.Axis == LabelAxis.Sources));
    });

    [Fact]
    public void What_is_declared_covered_and_vouched_for_is_told_of_intact_files_alone_and_never_changes_the_label() => Assert.All(AllFacts, facts =>
    {
        var labelling = LabelTable.For(facts);
        var alone = LabelTable.For(facts with { Ai = AiFact.NotChecked, Coverage = CoverageFact.NotEstablished, Identity = IdentityFact.None });
        Assert.Equal((alone.Label, alone.State, alone.ExitCode, alone.Sentence), (labelling.Label, labelling.State, labelling.ExitCode, labelling.Sentence));
        bool isIntact = Meant(facts) is Label.IntactKnown or Label.IntactUnknownIssuer or Label.IntactTimeUnproven;
        Assert.Equal(isIntact && facts.Ai is not (AiFact.NotChecked or AiFact.NotDeclared), labelling.Lines.Any(line => line.Axis == LabelAxis.Ai));
        Assert.Equal(isIntact && facts.Coverage is (CoverageFact.OnlyMetadataOpen or CoverageFact.OtherOpen), labelling.Lines.Any(line => line.Axis == LabelAxis.Coverage));
        Assert.Equal(isIntact && facts.Identity is (IdentityFact.Failed or IdentityFact.NotChecked), labelling.Lines.Any(line => line.Axis == LabelAxis.Identity));
    });

    [Fact]
    public void Only_a_file_whose_every_fact_holds_is_called_intact_by_a_known_issuer() =>
        Assert.All(AllFacts.Where(facts => LabelTable.For(facts).Label == Label.IntactKnown), facts => Assert.True(facts is
        {
            Presence: CredentialPresence.Checked, Integrity: IntegrityFact.Intact, Signer: SignerFact.Known or SignerFact.KnownToOlderList,
            Validity: ValidityFact.InForce, Revocation: RevocationFact.NotRevoked,
        }));

    [Fact]
    public void Only_sound_sources_keep_a_file_trusted() =>
        Assert.Equal(
            [SourcesFact.Sound, SourcesFact.RecordedFailure],
            AllFacts.Where(facts => LabelTable.For(facts).State == ValidationState.Trusted).Select(facts => facts.Sources).Distinct());

    [Fact]
    public void Every_sentence_and_line_has_words_in_both_languages() =>
        Assert.All(AllFacts.Select(LabelTable.For).SelectMany(labelling => labelling.Lines.Select(line => line.Key).Append(labelling.Sentence)).Distinct(), key =>
        {
            foreach (var words in new[] { Words.English, Words.Korean })
                Assert.True(words.Say(key, "issuer", "X", "covered", "Y", "open", "Z") is { Length: > 10 } sentence && sentence[^1] == '.', key);
        });

    [Fact]
    public void An_unknown_issuer_is_told_in_other_words_than_a_broken_file()
    {
        string unknown = Told(IntegrityFact.Intact, SignerFact.Unknown), broken = Told(IntegrityFact.Changed, SignerFact.Unknown);
        Assert.StartsWith("Unchanged", unknown);
        Assert.DoesNotContain("nchanged", broken, StringComparison.Ordinal);
        // The innocent cause comes first.
        Assert.True(broken.IndexOf("re-saved", StringComparison.Ordinal) < broken.IndexOf("edited", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SignerFact.NotLookedUp, "not looked up")]
    [InlineData(SignerFact.NoList, "no trust list is installed")]
    [InlineData(SignerFact.KnownToOlderList, "older trust model")]
    public void How_the_issuer_is_known_or_not_is_told(SignerFact signer, string told) =>
        Assert.Contains(told, Told(IntegrityFact.Intact, signer), StringComparison.Ordinal);

    [Fact]
    public void Each_label_has_a_code_of_its_own() =>
        Assert.Equal(
            ["broken", "intact-known", "intact-time-unproven", "intact-unknown-issuer", "none", "not-checked", "revoked", "unreadable"],
            Enum.GetValues<Label>().Select(LabelTable.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_label_can_be_reached() =>
        Assert.Equal(Enum.GetValues<Label>().Order(), AllFacts.Select(facts => LabelTable.For(facts).Label).Distinct().Order());

    [Fact]
    public void Facts_where_nothing_was_checked_are_never_called_intact() => Assert.All(
        Enum.GetValues<CredentialPresence>(),
        presence => Assert.DoesNotContain("intact", LabelTable.Code(LabelTable.For(LabelFacts.NothingChecked(presence)).Label), StringComparison.Ordinal));

    [Theory]
    [InlineData(new[] { 0, 0 }, 0)]
    [InlineData(new[] { 0, 4 }, 4)]
    [InlineData(new[] { 4, 5 }, 5)]
    [InlineData(new[] { 5, 3, 4 }, 3)]
    [InlineData(new[] { 3, 1, 0 }, 1)]
    [InlineData(new[] { 1, 70, 3 }, 70)]
    public void Of_several_files_the_gravest_exit_code_counts(int[] codes, int expected) => Assert.Equal(expected, LabelTable.ExitCodeFor(codes));

    [Fact]
    public void Every_exit_code_of_the_table_has_its_place_among_several() =>
        Assert.Empty(AllFacts.Select(facts => LabelTable.For(facts).ExitCode).Append(LabelTable.ExitInternalError).Distinct().Except(LabelTable.ExitPrecedence));

    private static Label Meant(LabelFacts facts)
    {
        if (facts.Presence == CredentialPresence.Absent)
            return Label.None;
        if (facts.Presence is CredentialPresence.Elsewhere or CredentialPresence.Inaccessible or CredentialPresence.Alone)
            return Label.NotChecked;
        if (facts.Presence != CredentialPresence.Checked)
            return Label.Unreadable;
        // What is wrong with the file outranks what is wrong with its signer, and that outranks what is not known of either.
        if (facts.Integrity == IntegrityFact.Changed)
            return Label.Broken;
        if (facts.Revocation != RevocationFact.NotRevoked)
            return Label.Revoked;
        if (facts.Integrity == IntegrityFact.AgainstRules)
            return Label.Unreadable;
        if (facts.Validity == ValidityFact.OutOfForce)
            return Label.IntactTimeUnproven;
        return facts.Signer is SignerFact.Known or SignerFact.KnownToOlderList ? Label.IntactKnown : Label.IntactUnknownIssuer;
    }

    private static ValidationState? StateOf(LabelFacts facts)
    {
        if (facts.Presence == CredentialPresence.Malformed)
            return ValidationState.Invalid;
        if (facts.Presence != CredentialPresence.Checked)
            return null;
        var own = Meant(facts) switch
        {
            Label.IntactKnown => ValidationState.Trusted,
            Label.IntactUnknownIssuer => ValidationState.Valid,
            _ => ValidationState.Invalid,
        };
        var most = facts.Sources switch
        {
            SourcesFact.Sound or SourcesFact.RecordedFailure => ValidationState.Trusted,
            SourcesFact.UnknownIssuer or SourcesFact.TimeUnproven => ValidationState.Valid,
            _ => ValidationState.Invalid,
        };
        return (ValidationState)Math.Min((int)own, (int)most);
    }

    private static string Told(IntegrityFact integrity, SignerFact signer) => Words.English.Say(
        LabelTable.For(new(CredentialPresence.Checked, integrity, signer, ValidityFact.InForce, RevocationFact.NotRevoked, SourcesFact.Sound)).Sentence, "issuer", "X");
}
