namespace Provenance.Verifier.Formats.Pdf;

/// <summary>Where a cross-reference section says an object is (ISO 32000-2 §7.5.4, §7.5.8.3).</summary>
/// <param name="Kind">How it is kept.</param>
/// <param name="Place">Its offset in the file as written there, or the number of the object stream it lies in.</param>
/// <param name="Index">Its index in that object stream.</param>
internal readonly record struct PdfEntry(PdfEntryKind Kind, long Place, long Index = 0);

internal enum PdfEntryKind
{
    /// <summary>The section does not speak of the object.</summary>
    Absent,

    /// <summary>The object was deleted, or never was.</summary>
    Free,

    InFile,

    InObjectStream,
}
