using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Xml;

/// <summary>SVG (C2PA 2.5 §A.3.3). Tags are hashed; the Base64 alone is left out, white space around it not.</summary>
internal sealed class SvgFormat() : XmlFormat("SVG", ["svg", "metadata"], "image/svg+xml", [".svg"])
{
    public override StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.3", "c2pa:manifest in /svg/metadata", "c2pa.hash.data");

    protected override bool MatchesRoot(ReadOnlySpan<byte> rootName, ReadOnlySpan<byte> root) => rootName.SequenceEqual("svg"u8);

    protected override ByteRange ExtentOf(ByteRange element, ByteRange text) => text;

    protected override string? FaultOf(ReadOnlySpan<byte> startTag) => null;
}
