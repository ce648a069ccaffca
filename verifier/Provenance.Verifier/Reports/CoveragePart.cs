using Provenance.Verifier.Labels;

namespace Provenance.Verifier.Reports;

/// <summary>What bytes of a file mean to somebody who looks at it.</summary>
public enum CoverageMeaning
{
    /// <summary>What is shown, played or read: the picture, the film, the sound, the document.</summary>
    Content,

    /// <summary>What the camera noted (EXIF).</summary>
    CameraData,

    /// <summary>XMP metadata.</summary>
    Xmp,

    /// <summary>IPTC metadata, and Photoshop's.</summary>
    PressMetadata,

    /// <summary>The colour profile, on which the look of a picture depends.</summary>
    ColourProfile,

    /// <summary>Comments, tags and other metadata.</summary>
    OtherMetadata,

    /// <summary>The container's framing, and tables that decoders need.</summary>
    Framing,

    /// <summary>The mark of the file's type, and space that holds nothing by its own word: nothing of it is shown or told.</summary>
    Marks,

    /// <summary>Bytes behind the end of the content.</summary>
    Behind,

    /// <summary>Anything else.</summary>
    Unknown,
}

/// <summary>Everything of one meaning in a file, and how far hashes that hold cover it.</summary>
/// <param name="Meaning">What it is.</param>
/// <param name="Coverage">Whether it is covered.</param>
/// <param name="Bytes">How long it is, the manifest store's own bytes left out.</param>
/// <param name="OpenBytes">How much of it no hash covers.</param>
public sealed record CoveragePart(CoverageMeaning Meaning, FieldCoverage Coverage, long Bytes, long OpenBytes)
{
    /// <summary>The kind of file, on which the name of its content depends.</summary>
    internal string? MediaType { get; init; }

    /// <summary>What people call it, for instance "the picture".</summary>
    public string NameIn(Words words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Say(Meaning switch
        {
            CoverageMeaning.Content => ContentKey,
            CoverageMeaning.CameraData => "part.camera-data",
            CoverageMeaning.Xmp => "part.xmp",
            CoverageMeaning.PressMetadata => "part.press-metadata",
            CoverageMeaning.ColourProfile => "part.colour-profile",
            CoverageMeaning.OtherMetadata => "part.other-metadata",
            CoverageMeaning.Framing => "part.framing",
            CoverageMeaning.Marks => "part.marks",
            CoverageMeaning.Behind => "part.behind",
            _ => "part.unknown",
        });
    }

    private string ContentKey => MediaType switch
    {
        "image/tiff" or "image/x-adobe-dng" => "content.picture",
        "text/html" or "application/xhtml+xml" => "content.page",
        "application/pdf" or "application/epub+zip" => "content.document",
        { } type when type.StartsWith("image/", StringComparison.Ordinal) => "content.picture",
        { } type when type.StartsWith("video/", StringComparison.Ordinal) => "content.film",
        { } type when type.StartsWith("audio/", StringComparison.Ordinal) => "content.sound",
        { } type when type.StartsWith("font/", StringComparison.Ordinal) => "content.font",
        { } type when type.StartsWith("text/", StringComparison.Ordinal) => "content.text",
        { } type when type.StartsWith("application/vnd.o", StringComparison.Ordinal) => "content.document",
        _ => "content.other",
    };
}
