namespace Provenance.Verifier.Status;

/// <summary>What a code says about the check that reports it (C2PA 2.5 Appendix D).</summary>
public enum StatusKind
{
    /// <summary>The check passed.</summary>
    Success,

    /// <summary>Worth knowing; changes no verdict.</summary>
    Informational,

    /// <summary>The check failed.</summary>
    Failure,
}

/// <summary>One status code: its text, its kind and the clause it comes from.</summary>
/// <param name="Text">The code as the standard spells it.</param>
/// <param name="Kind">Success, informational or failure.</param>
/// <param name="Clause">Clause of C2PA 2.5, or the document it comes from.</param>
/// <param name="Meaning">What it says, in one line of ours.</param>
public sealed record StatusCode(string Text, StatusKind Kind, string Clause, string Meaning)
{
    /// <summary>
    /// Whether it speaks of an identity assertion (CAWG), whose results stand for themselves: no state of a manifest, no label and no exit
    /// code rests on it, whatever its kind.
    /// </summary>
    public bool IsAboutIdentity { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
