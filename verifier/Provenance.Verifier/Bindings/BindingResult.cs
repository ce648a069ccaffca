using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Bindings;

/// <summary>How a hard binding came out.</summary>
internal enum BindingOutcome
{
    Match,
    Mismatch,
    Malformed,

    /// <summary>The asset has a part that the binding does not name (box hash).</summary>
    UnknownBox,

    /// <summary>A required part is absent (multi-asset hash).</summary>
    MissingPart,

    /// <summary>The hash algorithm is missing or not allowed.</summary>
    AlgorithmUnsupported,

    /// <summary>The binding is of a kind this format cannot have, or that is not built yet.</summary>
    NotApplicable,
}

/// <summary>What a hard binding proved, or why it did not.</summary>
/// <param name="Outcome">How it came out.</param>
/// <param name="Explanation">For the person who must act.</param>
internal sealed record BindingResult(BindingOutcome Outcome, string Explanation)
{
    /// <summary>Ranges of the asset that no hash covers, the manifest store's own left out.</summary>
    public IReadOnlyList<ByteRange> Uncovered { get; init; } = [];

    public static BindingResult Mismatch(string explanation) => new(BindingOutcome.Mismatch, explanation);

    public static BindingResult Malformed(string explanation) => new(BindingOutcome.Malformed, explanation);
}
