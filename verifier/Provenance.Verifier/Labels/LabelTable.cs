using System.Diagnostics;

namespace Provenance.Verifier.Labels;

/// <summary>What is shown for one row of the table.</summary>
/// <param name="Label">The label.</param>
/// <param name="State">The state of the reference's reports; null where there is no manifest to have one.</param>
/// <param name="ExitCode">The command line's exit code.</param>
/// <param name="Sentence">Key of the label's sentence in <see cref="Words"/>: {issuer} stands for what was proven; "….dated" tells the {date} too.</param>
/// <param name="Lines">What is told below it, in order.</param>
public sealed record Labelling(Label Label, ValidationState? State, int ExitCode, string Sentence, IReadOnlyList<LabelLine> Lines);

/// <summary>
/// The one truth table: facts to label, state, exit code and words. Rows are tried in order, the first whose every named fact holds is
/// it; a test walks all combinations of facts.
/// </summary>
public static class LabelTable
{
    /// <summary>Exit code for every file intact, broken, unreadable … where several are named: the first of these that occurs.</summary>
    public static IReadOnlyList<int> ExitPrecedence { get; } = [70, 1, 3, 5, 4, 0];

    /// <summary>Our own fault.</summary>
    public const int ExitInternalError = 70;

    /// <summary>The command was not understood.</summary>
    public const int ExitUsage = 2;

    private static readonly IReadOnlyList<Row> Rows =
    [
        new(Label.None, null, 4, "label.none") { Presence = CredentialPresence.Absent },
        new(Label.NotChecked, null, 5, "label.not-checked.elsewhere") { Presence = CredentialPresence.Elsewhere },
        new(Label.NotChecked, null, 5, "label.not-checked.inaccessible") { Presence = CredentialPresence.Inaccessible },
        new(Label.NotChecked, null, 5, "label.not-checked.alone") { Presence = CredentialPresence.Alone },
        new(Label.Unreadable, null, 3, "label.unreadable.file") { Presence = CredentialPresence.Unreadable },
        new(Label.Unreadable, ValidationState.Invalid, 3, "label.unreadable.credential") { Presence = CredentialPresence.Malformed },
        new(Label.Broken, ValidationState.Invalid, 1, "label.broken") { Integrity = IntegrityFact.Changed },
        new(Label.Revoked, ValidationState.Invalid, 1, "label.revoked") { Revocation = RevocationFact.Revoked },
        new(Label.Revoked, ValidationState.Invalid, 1, "label.revoked.known-bad") { Revocation = RevocationFact.KnownBad },
        new(Label.Unreadable, ValidationState.Invalid, 3, "label.unreadable.rules") { Integrity = IntegrityFact.AgainstRules },
        new(Label.IntactTimeUnproven, ValidationState.Invalid, 5, "label.intact-time-unproven") { Validity = ValidityFact.OutOfForce },
        new(Label.IntactKnown, ValidationState.Trusted, 0, "label.intact-known") { Signer = SignerFact.Known },
        new(Label.IntactKnown, ValidationState.Trusted, 0, "label.intact-known.older-list") { Signer = SignerFact.KnownToOlderList },
        new(Label.IntactUnknownIssuer, ValidationState.Valid, 0, "label.intact-unknown-issuer") { Signer = SignerFact.Unknown },
        new(Label.IntactUnknownIssuer, ValidationState.Valid, 0, "label.intact-unknown-issuer.no-list") { Signer = SignerFact.NoList },
        new(Label.IntactUnknownIssuer, ValidationState.Valid, 0, "label.intact-unknown-issuer.not-looked-up") { Signer = SignerFact.NotLookedUp },
    ];

    /// <summary>Every label's code, as JSON and the extension spell it.</summary>
    public static string Code(Label label) => label switch
    {
        Label.IntactKnown => "intact-known",
        Label.IntactUnknownIssuer => "intact-unknown-issuer",
        Label.IntactTimeUnproven => "intact-time-unproven",
        Label.Revoked => "revoked",
        Label.Broken => "broken",
        Label.Unreadable => "unreadable",
        Label.NotChecked => "not-checked",
        _ => "none",
    };

    /// <summary>Every axis's code, as JSON spells it.</summary>
    internal static string Code(LabelAxis axis) => axis switch
    {
        LabelAxis.Sources => "sources",
        LabelAxis.Ai => "ai",
        LabelAxis.Coverage => "coverage",
        _ => "identity",
    };

    /// <summary>Whether a label says that content and signature match, so that the credential's details may be told (labels E1, E3.5).</summary>
    public static bool IsIntact(Label label) => label is Label.IntactKnown or Label.IntactUnknownIssuer or Label.IntactTimeUnproven;

    /// <summary>What is shown for these facts.</summary>
    public static Labelling For(LabelFacts facts)
    {
        var row = RowOf(facts);
        if (facts.Presence != CredentialPresence.Checked)
            return new(row.Label, row.State, row.ExitCode, row.Sentence, []);
        // The label speaks of this file; a source changes the state as the reference does, adds a line, and never the label.
        bool fails = facts.Sources is SourcesFact.Failing or SourcesFact.Unconfirmed;
        bool lessens = row.State == ValidationState.Trusted && facts.Sources is (SourcesFact.TimeUnproven or SourcesFact.UnknownIssuer);
        var state = fails ? ValidationState.Invalid : lessens ? ValidationState.Valid : row.State;
        int exitCode = fails && row.ExitCode is (0 or 5) ? 1 : row.ExitCode;
        // Of a credential that does not hold nothing is told (labels E1, E3.5).
        return new(row.Label, state, exitCode, row.Sentence, IsIntact(row.Label) ? LinesOf(facts, lessens) : []);
    }

    private static Row RowOf(LabelFacts facts)
    {
        foreach (var row in Rows)
        {
            if (row.Holds(facts))
                return row;
        }
        throw new UnreachableException();
    }

    private static List<LabelLine> LinesOf(LabelFacts facts, bool lessens)
    {
        var lines = new List<LabelLine>();
        Add(LabelAxis.Sources, facts.Sources switch
        {
            SourcesFact.Failing => "line.sources.failing",
            SourcesFact.Unconfirmed => "line.sources.unconfirmed",
            SourcesFact.RecordedFailure => "line.sources.recorded-failure",
            SourcesFact.TimeUnproven => "line.sources.time-unproven",
            // A source nobody knows is no news beside a signer nobody knows.
            SourcesFact.UnknownIssuer when lessens => "line.sources.unknown-issuer",
            _ => null,
        });
        Add(LabelAxis.Ai, facts.Ai switch
        {
            AiFact.Generated => "line.ai.generated",
            AiFact.Edited => "line.ai.edited",
            AiFact.ModelUsed => "line.ai.model-used",
            AiFact.InSource => "line.ai.in-source",
            _ => null,
        });
        Add(LabelAxis.Coverage, facts.Coverage switch
        {
            CoverageFact.OnlyMetadataOpen => "line.coverage.only-metadata-open",
            CoverageFact.OtherOpen => "line.coverage.other-open",
            _ => null,
        });
        Add(LabelAxis.Identity, facts.Identity switch
        {
            IdentityFact.Failed => "line.identity.failed",
            IdentityFact.NotChecked => "line.identity.not-checked",
            _ => null,
        });
        return lines;

        void Add(LabelAxis axis, string? key)
        {
            if (key is not null)
                lines.Add(new(axis, key));
        }
    }

    /// <summary>The exit code for several files: the gravest that occurs.</summary>
    public static int ExitCodeFor(IReadOnlyCollection<int> codes) => ExitPrecedence.FirstOrDefault(codes.Contains);

    private sealed record Row(Label Label, ValidationState? State, int ExitCode, string Sentence)
    {
        public CredentialPresence Presence { get; init; } = CredentialPresence.Checked;

        public IntegrityFact? Integrity { get; init; }

        public SignerFact? Signer { get; init; }

        public ValidityFact? Validity { get; init; }

        public RevocationFact? Revocation { get; init; }

        public bool Holds(LabelFacts facts) =>
            Presence == facts.Presence
            && (Integrity is null || Integrity == facts.Integrity)
            && (Signer is null || Signer == facts.Signer)
            && (Validity is null || Validity == facts.Validity)
            && (Revocation is null || Revocation == facts.Revocation);
    }
}
