using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;

namespace Provenance.Verifier.Reports;

/// <summary>Says of ranges of an asset whether the credential's hashes cover them.</summary>
internal static class MetadataCoverage
{
    public static FieldCoverage Of(VerificationReport report, IReadOnlyList<ByteRange> ranges)
    {
        var asked = ByteRange.Merge(ranges);
        if (asked.Count == 0 || report is not { Uncovered: { } uncovered, Map: { } map, Proven: { Presence: CredentialPresence.Checked, Integrity: IntegrityFact.Intact } })
            return FieldCoverage.NotEstablished;
        var left = ByteRange.Subtract(asked, uncovered.Select(part => part.Range).Concat(map.Stores.SelectMany(store => store.Extent)));
        long covered = left.Sum(range => range.Length);
        return covered == 0 ? FieldCoverage.NotCovered : covered == asked.Sum(range => range.Length) ? FieldCoverage.Covered : FieldCoverage.PartlyCovered;
    }
}
