using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>How the bytes of a block of metadata lie in their container.</summary>
internal enum MetadataForm
{
    /// <summary>As they are.</summary>
    Plain,

    /// <summary>Exif of HEIF and JPEG XL: the offset of the TIFF header (4), then Exif.</summary>
    OffsetExif,

    /// <summary>The same in a brob box of JPEG XL: packed by Brotli (RFC 7932).</summary>
    BrotliOffsetExif,

    /// <summary>A brob box of JPEG XL.</summary>
    Brotli,

    /// <summary>Photoshop's resources: "8BIM", number, name, length, data. Those of several segments are one text.</summary>
    PhotoshopResources,

    /// <summary>One piece of a JPEG's colour profile: its number (1), how many there are (1), bytes (ICC.1 annex B.4).</summary>
    ProfilePiece,

    /// <summary>One piece of extended XMP: MD5 (32), whole length (4), offset (4), bytes (XMP part 3 §1.1.3.1).</summary>
    ExtendedXmpPiece,

    /// <summary>PNG iCCP: name, 0, method (1), zlib stream (PNG 3rd ed. §11.3.2.3).</summary>
    PngProfile,

    /// <summary>PNG tEXt: keyword, 0, Latin-1 (§11.3.3.2).</summary>
    PngText,

    /// <summary>PNG zTXt: keyword, 0, method (1), zlib stream (§11.3.3.3).</summary>
    PngPackedText,

    /// <summary>PNG iTXt: keyword, 0, flag (1), method (1), language, 0, keyword, 0, UTF-8 or zlib stream (§11.3.3.4).</summary>
    PngInternationalText,

    /// <summary>Sub-blocks of GIF: length (1), data, …, 0.</summary>
    GifSubBlocks,

    /// <summary>A whole TIFF file, whose directories point to values anywhere in it.</summary>
    TiffFile,

    /// <summary>The content of a film's moov box, which may hold tags.</summary>
    Film,
}

/// <summary>A block of metadata that the walk over a container passed. None of its bytes were read for this.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Form">How it lies in the container.</param>
/// <param name="Pieces">Where, in the order in which the pieces belong together.</param>
internal sealed record MetadataLocation(MetadataBlockKind Kind, MetadataForm Form, IReadOnlyList<ByteRange> Pieces)
{
    /// <summary>Bytes at the end of the joined pieces that are none of it.</summary>
    public int CutOff { get; init; }

    /// <summary>The block itself, where the walk had to unpack it; null otherwise.</summary>
    public ReadOnlyMemory<byte>? Unpacked { get; init; }
}
