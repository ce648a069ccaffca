namespace Provenance.Verifier.Labels;

/// <summary>What is shown for one row of the table.</summary>
/// <param name="Label">The label.</param>
/// <param name="State">The state of the reference's reports; null where there is no manifest to have one.</param>
/// <param name="ExitCode">The command line's exit code.</param>
/// <param name="Sentence">The label's sentence: {issuer}, {date} stand for what was proven.</param>
/// <param name="SourceSentence">A second line about the sources, or null.</param>
public sealed record Labelling(Label Label, ValidationState? State, int ExitCode, string Sentence, string? SourceSentence);

/// <summary>
/// The one truth table: facts to label, state, exit code and English sentence. Rows are tried in order, the first whose every named
/// fact holds is it; a test walks all combinations of facts.
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
        new(Label.None, null, 4, "No Content Credentials. Most files have none; it says nothing either way.")
            { Presence = CredentialPresence.Absent },
        new(Label.NotChecked, null, 5, "The Content Credentials of this file are kept elsewhere and were not fetched. Nothing was checked.")
            { Presence = CredentialPresence.Elsewhere },
        new(Label.NotChecked, null, 5, "The Content Credentials of this file are kept elsewhere and could not be fetched. Nothing was checked.")
            { Presence = CredentialPresence.Inaccessible },
        new(Label.NotChecked, null, 5, "These are Content Credentials without the file they belong to. Nothing was checked against it.")
            { Presence = CredentialPresence.Alone },
        new(Label.Unreadable, null, 3, "This file or its credential cannot be read. Nothing can be said about it.")
            { Presence = CredentialPresence.Unreadable },
        new(Label.Unreadable, ValidationState.Invalid, 3, "This file holds a credential that cannot be read. Nothing can be said about it.")
            { Presence = CredentialPresence.Malformed },
        new(Label.Broken, ValidationState.Invalid, 1, "The file does not match its credential. A website may have re-saved it, or it was edited after signing. Do not rely on the credential's details.")
            { Integrity = IntegrityFact.Changed },
        new(Label.Revoked, ValidationState.Invalid, 1, "The issuer has withdrawn the certificate that signed this file. Do not rely on the credential.")
            { Revocation = RevocationFact.Revoked },
        new(Label.Revoked, ValidationState.Invalid, 1, "An incident list in use here names the certificate that signed this file as known bad. Do not rely on the credential.")
            { Revocation = RevocationFact.KnownBad },
        new(Label.Unreadable, ValidationState.Invalid, 3, "The credential does not follow the rules of its standard. Nothing can be concluded from it.")
            { Integrity = IntegrityFact.AgainstRules },
        new(Label.IntactTimeUnproven, ValidationState.Invalid, 5, "Unchanged since it was signed, but the certificate is not in force now and no trusted time stamp says when the file was signed.")
            { Validity = ValidityFact.OutOfForce },
        new(Label.IntactKnown, ValidationState.Trusted, 0, "Unchanged since {issuer} signed it{date}.")
            { Signer = SignerFact.Known },
        new(Label.IntactUnknownIssuer, ValidationState.Valid, 0, "Unchanged since it was signed{date}. No trust list vouches for the issuer.")
            { Signer = SignerFact.Unknown },
        new(Label.IntactUnknownIssuer, ValidationState.Valid, 0, "Unchanged since it was signed{date}. Issuer not looked up.")
            { Signer = SignerFact.NotLookedUp },
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

    /// <summary>What is shown for these facts.</summary>
    public static Labelling For(LabelFacts facts)
    {
        var row = Rows.First(row => row.Holds(facts));
        bool isChecked = facts.Presence == CredentialPresence.Checked;
        // The label speaks of this file; a source changes the state as the reference does, adds a line, and never the label.
        return (isChecked ? facts.Sources : SourcesFact.Sound) switch
        {
            SourcesFact.Failing => row.Result(ValidationState.Invalid, row.ExitCode is 0 or 5 ? 1 : row.ExitCode,
                "One of the sources it was made from does not match its own credential."),
            SourcesFact.Unconfirmed => row.Result(ValidationState.Invalid, row.ExitCode is 0 or 5 ? 1 : row.ExitCode,
                "The credential of one of the sources it was made from could not be confirmed."),
            SourcesFact.RecordedFailure => row.Result(row.State, row.ExitCode,
                "One of the sources it was made from did not match its own credential when it was added; the signer recorded that."),
            SourcesFact.TimeUnproven => row.Result(row.State == ValidationState.Trusted ? ValidationState.Valid : row.State, row.ExitCode,
                "When one of the sources it was made from was signed is not proven, and its certificate is not in force now."),
            SourcesFact.UnknownIssuer when row.State == ValidationState.Trusted => row.Result(ValidationState.Valid, row.ExitCode,
                "No trust list vouches for the issuer of one of the sources it was made from."),
            _ => row.Result(row.State, row.ExitCode, null),
        };
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

        public Labelling Result(ValidationState? state, int exitCode, string? source) => new(Label, state, exitCode, Sentence, source);
    }
}
