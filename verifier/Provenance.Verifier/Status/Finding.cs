namespace Provenance.Verifier.Status;

/// <summary>What one check concluded.</summary>
/// <param name="Code">The code.</param>
/// <param name="Uri">Store-absolute JUMBF URI of the box the code is about ("self#jumbf=/c2pa/…"); null where there is none.</param>
/// <param name="Explanation">What was expected, what was found and where, for the person who must act. Quotes of the file are untrusted text.</param>
public sealed record Finding(StatusCode Code, string? Uri, string Explanation)
{
    /// <summary>What outside the manifest the code is about, as the manifest names it: untrusted, fetched by nobody (C2PA 2.5 §14.10.4.2.3).</summary>
    public string? ResourceUrl { get; init; }

    /// <summary>Whether the check failed.</summary>
    public bool IsFailure => Code.Kind == StatusKind.Failure;
}
