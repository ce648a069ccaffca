using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;

namespace Provenance.Verifier.Reports;

/// <summary>
/// A watermark's or fingerprint's value by which a credential can be found again (C2PA 2.5 §16.3.7), as its signer wrote it. That it fits the
/// content was not checked: no hash of the content follows from it.
/// </summary>
/// <param name="Algorithm">The algorithm's identifier as written, for instance "com.adobe.trustmark.P".</param>
/// <param name="Value">The value; of one that was written as text its UTF-8.</param>
/// <param name="IsText">Whether it was written as text, of whose encoding nothing is known, and not as the standard's byte string.</param>
public sealed record SoftBinding(string Algorithm, ReadOnlyMemory<byte> Value, bool IsText)
{
    /// <summary>Where the part of the content begins that the value stands for, in milliseconds; null where no stretch of time is named.</summary>
    public long? Start { get; init; }

    /// <summary>Where that part ends, in milliseconds.</summary>
    public long? End { get; init; }

    /// <summary>That part as a region; null where none is named.</summary>
    public RegionOfInterest? Region { get; init; }

    /// <summary>Those of the manifests that speak of the content: the active one, and those its updates rest on.</summary>
    internal static IEnumerable<SoftBinding> Of(VerificationReport report)
    {
        foreach (var manifest in report.Result?.ContentChain ?? [])
        {
            foreach (var claimed in manifest.Matching(AssertionLabels.SoftBinding))
            {
                if (report.Models.Of(claimed.Assertion!) is not SoftBindingAssertion { Algorithm: { } algorithm } assertion)
                    continue;
                foreach (var block in assertion.Blocks)
                {
                    if (block.Value is { } value)
                        yield return new(algorithm, value.Bytes, value.Text is not null) { Start = block.Timespan?.Start, End = block.Timespan?.End, Region = block.Region };
                }
            }
        }
    }
}
