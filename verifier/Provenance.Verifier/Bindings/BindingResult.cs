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

    /// <summary>A file of a collection has a path that may not be followed.</summary>
    InvalidUri,

    /// <summary>A file of a collection is absent, or one is there too many.</summary>
    FileCount,

    /// <summary>The segments of a text do not reach from its start to its end.</summary>
    PartialCoverage,

    /// <summary>The line that closes the segment before is not the one that was signed.</summary>
    PredecessorMismatch,

    /// <summary>What is bound is not here: the segments of a stream, the files of a collection. Nothing was compared.</summary>
    ContentAbsent,

    /// <summary>The hash algorithm is missing or not allowed.</summary>
    AlgorithmUnsupported,

    /// <summary>The binding is of a kind this format cannot have.</summary>
    NotApplicable,
}

/// <summary>What a hard binding proved, or why it did not.</summary>
/// <param name="Outcome">How it came out.</param>
/// <param name="Explanation">For the person who must act.</param>
internal sealed record BindingResult(BindingOutcome Outcome, string Explanation)
{
    /// <summary>Ranges of the asset that no hash covers, the manifest store's own left out.</summary>
    public IReadOnlyList<ByteRange> Uncovered { get; init; } = [];

    /// <summary>
    /// Something is left out that need not be. Null where that is so if anything is uncovered; some bindings must leave more out than the store.
    /// </summary>
    public bool? AdditionalExclusions { get; init; }

    /// <summary>What belongs to the asset and was not given: segments before or behind those that match. Null where nothing is.</summary>
    public IReadOnlyList<PartialTrack>? NotHere { get; init; }

    public static BindingResult Mismatch(string explanation) => new(BindingOutcome.Mismatch, explanation);

    public static BindingResult Malformed(string explanation) => new(BindingOutcome.Malformed, explanation);
}
