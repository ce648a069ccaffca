namespace Provenance.Verifier.Formats;

/// <summary>How a block of unsigned metadata is written.</summary>
public enum MetadataBlockKind
{
    /// <summary>EXIF: a TIFF structure with what a camera noted (CIPA DC-008).</summary>
    Exif,

    /// <summary>XMP: RDF in XML (ISO 16684-1).</summary>
    Xmp,

    /// <summary>IPTC-IIM, by itself or among Photoshop's resources (8BIM).</summary>
    Iptc,

    /// <summary>A colour profile (ICC.1).</summary>
    ColourProfile,

    /// <summary>A text chunk of PNG: tEXt, zTXt or iTXt.</summary>
    PngText,

    /// <summary>A comment: JPEG's COM, GIF's comment extension, a tag of a film.</summary>
    Comment,
}
