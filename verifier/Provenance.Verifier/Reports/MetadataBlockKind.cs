namespace Provenance.Verifier.Reports;

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

/// <summary>Whether the hashes of the credential cover the bytes a piece of metadata stands in. Covered does not mean that anybody vouches for it.</summary>
public enum FieldCoverage
{
    /// <summary>There is no binding that holds, so nothing is known.</summary>
    NotEstablished,

    /// <summary>Every byte is covered: it has not changed since signing.</summary>
    Covered,

    /// <summary>Some bytes of the block are left out, so this one may have been changed since signing.</summary>
    PartlyCovered,

    /// <summary>No byte is covered: anybody may have written it since signing.</summary>
    NotCovered,
}

/// <summary>Whose privacy a piece of metadata touches.</summary>
public enum MetadataPrivacy
{
    /// <summary>Nobody's in particular.</summary>
    Open,

    /// <summary>Tells where somebody was.</summary>
    Location,

    /// <summary>Tells one device from all others.</summary>
    Device,

    /// <summary>Names the owner of a device.</summary>
    Owner,
}
