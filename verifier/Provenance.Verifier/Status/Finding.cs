namespace Provenance.Verifier.Status;

/// <summary>What one check concluded.</summary>
/// <param name="Code">The code.</param>
/// <param name="Uri">Store-absolute JUMBF URI of the box the code is about ("self#jumbf=/c2pa/…"); null where there is none.</param>
/// <param name="Explanation">What was expected, what was found and where, for the person who must act. Quotes of the file are untrusted text.</param>
public sealed record Finding(StatusCode Code, string? Uri, string Explanation)
{
    /// <summary>Whether the check failed.</summary>
    public bool IsFailure => Code.Kind == StatusKind.Failure;
}
