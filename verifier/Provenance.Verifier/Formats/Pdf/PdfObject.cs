namespace Provenance.Verifier.Formats.Pdf;

/// <summary>An indirect object (ISO 32000-2 §7.3.10).</summary>
/// <param name="Number">Its number.</param>
/// <param name="Value">What it is; a stream's dictionary.</param>
/// <param name="Data">Where a stream's data start in the file; null where the object is no stream.</param>
internal sealed record PdfObject(long Number, PdfValue Value, long? Data)
{
    /// <summary>The cross-reference section that told of it, counted from the newest.</summary>
    public int Section { get; init; }

    /// <summary>It came out of an object stream: nothing in it has a place in the file.</summary>
    public bool IsPacked { get; init; }
}
