namespace Provenance.Verifier.Formats.Pdf;

/// <summary>The sections of a file, and its revisions: what one saving added (ISO 32000-2 §7.5.6).</summary>
internal sealed class PdfDocument
{
    /// <summary>The index of the first section of each revision, the newest first.</summary>
    private readonly List<int> _starts = [];
    private readonly IReadOnlyList<PdfSection> _sections;
    private readonly PdfFile _file;

    public PdfDocument(PdfFile file, IReadOnlyList<PdfSection> sections)
    {
        (_file, _sections) = (file, sections);
        for (int i = 0; i < sections.Count; i++)
        {
            // A file written for the web has two sections, and the first to be read stands before the other (Annex F): one revision.
            if (i == 0 || sections[i].Offset < sections[i - 1].Offset)
                _starts.Add(i);
        }
    }

    /// <summary>The newest revision is 0.</summary>
    public int Revisions => _starts.Count;

    /// <summary>The document as of a revision.</summary>
    public PdfView View(int revision) => new(_file, _sections, _starts[revision]);

    /// <summary>The revision a section belongs to.</summary>
    public int RevisionOf(int section) => _starts.FindLastIndex(start => start <= section);
}
