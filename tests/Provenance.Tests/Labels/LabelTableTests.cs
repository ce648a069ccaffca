using System.Collections.Concurrent;
using Provenance.Tests.House;
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

    /// <summary>What is shown for each of <see cref="AllFacts"/>.</summary>
    private static IReadOnlyList<Labelling> Labels { get; } = [.. AllFacts.Select(LabelTable.For)];

    private static readonly ConcurrentDictionary<string, string> Spellings = new(StringComparer.Ordinal);

    [Fact]
    public void Every_combination_of_facts_has_the_label_that_its_meaning_asks_for() => Each((facts, shown) => Meant(facts) == shown.Label);

    [Fact]
    public void The_state_is_the_lesser_of_what_this_file_and_its_sources_are_worth() => Each((facts, shown) => StateOf(facts) == shown.State);

    [Fact]
    public void The_exit_code_follows_the_label_and_fails_for_a_failing_source() => Each((facts, shown) =>
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
        return shown.ExitCode == (fails && own is (0 or 5) ? 1 : own);
    });

    [Fact]
    public void The_sentence_follows_the_label_and_says_why_it_is_so() => Each((facts, shown) => shown.Sentence == SentenceOf(facts));

    [Fact]
    public void Lines_are_told_of_intact_files_alone_each_for_its_own_fact() => Each((facts, shown) => Lines(facts).SequenceEqual(shown.Lines));

    [Fact]
    public void What_lines_tell_never_changes_what_stands_above_them() => Each((facts, shown) =>
        LabelTable.For(facts with { Ai = AiFact.NotChecked, Coverage = CoverageFact.NotEstablished, Identity = IdentityFact.None }) is var alone
        && (alone.Label, alone.State, alone.ExitCode, alone.Sentence) == (shown.Label, shown.State, shown.ExitCode, shown.Sentence)
        && LabelTable.For(facts with { Sources = SourcesFact.Sound }) is var own && (own.Label, own.Sentence) == (shown.Label, shown.Sentence));

    [Fact]
    public void Only_a_file_whose_every_fact_holds_is_called_intact_by_a_known_issuer() =>
        Each((facts, shown) => shown.Label != Label.IntactKnown || facts is
        {
            Presence: CredentialPresence.Checked, Integrity: IntegrityFact.Intact, Signer: SignerFact.Known or SignerFact.KnownToOlderList,
            Validity: ValidityFact.InForce, Revocation: RevocationFact.NotRevoked,
        });

    [Fact]
    public void Only_sound_sources_keep_a_file_trusted() =>
        Assert.Equal(
            [SourcesFact.Sound, SourcesFact.RecordedFailure],
            AllFacts.Zip(Labels).Where(row => row.Second.State == ValidationState.Trusted).Select(row => row.First.Sources).Distinct());

    [Fact]
    public void Every_sentence_and_line_has_words_in_both_languages() =>
        Assert.All(Labels.SelectMany(labelling => labelling.Lines.Select(line => line.Key).Append(labelling.Sentence)).Distinct(), key =>
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
        Assert.Equal(Enum.GetValues<Label>().Order(), Labels.Select(shown => shown.Label).Distinct().Order());

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
        Assert.Empty(Labels.Select(shown => shown.ExitCode).Append(LabelTable.ExitInternalError).Distinct().Except(LabelTable.ExitPrecedence));

    /// <summary>Checks every combination; names the first that fail.</summary>
    private static void Each(Func<LabelFacts, Labelling, bool> holds) =>
        Expect.None(Enumerable.Range(0, AllFacts.Count).Where(i => !holds(AllFacts[i], Labels[i])).Take(5).Select(i => $"{AllFacts[i]}: {Labels[i]}"));

    private static string SentenceOf(LabelFacts facts) => Meant(facts) switch
    {
        Label.None => "label.none",
        Label.NotChecked => facts.Presence switch
        {
            CredentialPresence.Elsewhere => "label.not-checked.elsewhere",
            CredentialPresence.Inaccessible => "label.not-checked.inaccessible",
            _ => "label.not-checked.alone",
        },
        Label.Unreadable => facts.Presence switch
        {
            CredentialPresence.Unreadable => "label.unreadable.file",
            CredentialPresence.Malformed => "label.unreadable.credential",
            _ => "label.unreadable.rules",
        },
        Label.Broken => "label.broken",
        // An issuer that withdrew its certificate is believed before anybody else's list.
        Label.Revoked => facts.Revocation == RevocationFact.Revoked ? "label.revoked" : "label.revoked.known-bad",
        Label.IntactTimeUnproven => "label.intact-time-unproven",
        Label.IntactKnown => facts.Signer == SignerFact.KnownToOlderList ? "label.intact-known.older-list" : "label.intact-known",
        _ => facts.Signer switch
        {
            SignerFact.NoList => "label.intact-unknown-issuer.no-list",
            SignerFact.NotLookedUp => "label.intact-unknown-issuer.not-looked-up",
            _ => "label.intact-unknown-issuer",
        },
    };

    /// <summary>
    /// Of what does not hold nothing is repeated (E3.4, E3.5). Then: what is wrong with a source (E3.2), what the issuer declares of AI
    /// (E3.5), what the signature does not cover, what came of statements of identity. What is as it should be has no line.
    /// </summary>
    private static List<LabelLine> Lines(LabelFacts facts)
    {
        var label = Meant(facts);
        var lines = new List<LabelLine>();
        if (label is not (Label.IntactKnown or Label.IntactUnknownIssuer or Label.IntactTimeUnproven))
            return lines;
        // A source nobody knows is no news beside a signer nobody knows.
        if (facts.Sources is not SourcesFact.Sound && (facts.Sources is not SourcesFact.UnknownIssuer || label is Label.IntactKnown))
            lines.Add(new(LabelAxis.Sources, "line.sources." + Spelled(facts.Sources)));
        if (facts.Ai is not (AiFact.NotChecked or AiFact.NotDeclared))
            lines.Add(new(LabelAxis.Ai, "line.ai." + Spelled(facts.Ai)));
        if (facts.Coverage is CoverageFact.OnlyMetadataOpen or CoverageFact.OtherOpen)
            lines.Add(new(LabelAxis.Coverage, "line.coverage." + Spelled(facts.Coverage)));
        if (facts.Identity is IdentityFact.Failed or IdentityFact.NotChecked)
            lines.Add(new(LabelAxis.Identity, "line.identity." + Spelled(facts.Identity)));
        return lines;
    }

    /// <summary>A fact's name as keys spell it: "OnlyMetadataOpen" is "only-metadata-open".</summary>
    private static string Spelled<T>(T fact) where T : struct, Enum =>
        Spellings.GetOrAdd(fact.ToString(), name => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}")));

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
