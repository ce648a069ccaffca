using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Xml;

/// <summary>TTML (C2PA 2.5 §A.3.4). The whole element is left out of the hash, so its tags may say nothing but what they are.</summary>
internal sealed class TtmlFormat() : XmlFormat("TTML", ["tt", "head", "metadata"], "application/ttml+xml", [".ttml", ".dfxp"])
{
    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    public override StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.4", "c2pa:manifest in /tt/head/metadata", "c2pa.hash.data");

    /// <summary>Other vocabularies have an element of this name, HTML among them.</summary>
    protected override bool MatchesRoot(ReadOnlySpan<byte> rootName, ReadOnlySpan<byte> root)
    {
        if (!rootName.SequenceEqual("tt"u8))
            return false;
        int length = XmlText.LengthOfMarkup(root);
        return (length == 0 ? root : root[..length]).IndexOf("http://www.w3.org/ns/ttml"u8) >= 0;
    }

    protected override (ByteRange Extent, IReadOnlyList<ByteRange> Others) ExtentOf(ByteRange element, ByteRange between, ByteRange text) => (element, []);

    protected override string? FaultOf(ReadOnlySpan<byte> startTag)
    {
        var rest = startTag[(1 + XmlText.Name(startTag).Length)..^1].Trim(WhiteSpace);
        // xmlns or xmlns:prefix = "http://c2pa.org/manifest"
        if (rest.StartsWith("xmlns"u8) && rest.IndexOf((byte)'=') is > 0 and var equals)
        {
            var value = rest[(equals + 1)..].Trim(WhiteSpace);
            if (value is [(byte)'"', .., (byte)'"'] or [(byte)'\'', .., (byte)'\''] && value[1..^1].SequenceEqual("http://c2pa.org/manifest"u8))
                rest = default;
        }
        return rest.IsEmpty ? null : "the start tag has attributes, which no hash covers";
    }
}
