namespace Provenance.Metadata;

/// <summary>What the metadata of one asset may cost. What is over a limit is told as not read.</summary>
internal static class MetadataLimits
{
    /// <summary>Bytes of one block, packed and unpacked. A workflow of ComfyUI has some hundred thousand, an EXIF with its thumbnail 64 thousand.</summary>
    public const int BlockBytes = 1 << 20;

    /// <summary>Blocks of one asset. Photographs have about six; a picture of a generator has a dozen texts.</summary>
    public const int Blocks = 64;

    /// <summary>Bytes of all blocks of one asset, packed and unpacked: some kilobytes unpack to a mebibyte.</summary>
    public const int AllBytes = 4 << 20;

    /// <summary>Pieces one block is joined from. A colour profile in JPEG has at most 255.</summary>
    public const int Pieces = 4096;

    /// <summary>XMP packets of one asset. Files have one, and a second where the first has no room.</summary>
    public const int XmpPackets = 4;

    /// <summary>Elements and attributes of an XMP packet. Each costs some hundred bytes; packets of long histories have some thousands.</summary>
    public const int XmlNodes = 16_384;

    /// <summary>Attributes of one element of an XMP packet. The settings of a raw converter are some four hundred.</summary>
    public const int XmlAttributes = 1024;

    /// <summary>Nesting of elements in an XMP packet, which its reader follows on the call stack. XMP needs about 8.</summary>
    public const int XmlDepth = 32;

    /// <summary>Values of one property that are shown, such as keywords, and datasets of IPTC-IIM that are read of one kind.</summary>
    public const int Values = 32;

    /// <summary>Fields of one report.</summary>
    public const int Fields = 512;
}
