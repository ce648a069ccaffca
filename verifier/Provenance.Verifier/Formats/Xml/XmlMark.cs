using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Xml;

/// <summary>What a scan stopped at.</summary>
internal enum XmlMarkKind
{
    /// <summary>The start tag of a c2pa:manifest element where one may be.</summary>
    Manifest,

    /// <summary>One where none may be.</summary>
    MisplacedManifest,

    /// <summary>A processing instruction &lt;?xpacket …?&gt;: an XMP packet begins or ends.</summary>
    Xpacket,
}

/// <summary>A tag or instruction somebody asked for.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Range">From '&lt;' to '&gt;'.</param>
/// <param name="Text">Its bytes.</param>
internal sealed record XmlMark(XmlMarkKind Kind, ByteRange Range, ReadOnlyMemory<byte> Text)
{
    /// <summary>Whether the tag is the whole element, &lt;a/&gt;.</summary>
    public bool IsEmptyElement => Text.Span.EndsWith("/>"u8);
}
