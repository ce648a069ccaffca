using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Xml;

/// <summary>
/// SVG (C2PA 2.5 §A.3.3). The tags are hashed, the Base64 between them is not. Whether white space around it is left out with it the clause
/// does not say; it holds nothing either way.
/// </summary>
internal sealed class SvgFormat() : XmlFormat("SVG", ["svg", "metadata"], "image/svg+xml", [".svg"])
{
    public override StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.3", "c2pa:manifest in /svg/metadata", "c2pa.hash.data");

    protected override bool MatchesRoot(ReadOnlySpan<byte> rootName, ReadOnlySpan<byte> root) => rootName.SequenceEqual("svg"u8);

    protected override (ByteRange Extent, IReadOnlyList<ByteRange> Others) ExtentOf(ByteRange element, ByteRange between, ByteRange text) =>
        (text, between == text ? [] : [between]);

    protected override string? FaultOf(ReadOnlySpan<byte> startTag) => null;
}
