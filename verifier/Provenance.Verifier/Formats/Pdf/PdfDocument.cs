using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>The sections of a file, and its revisions: what one saving added (ISO 32000-2 §7.5.6).</summary>
internal sealed class PdfDocument
{
    /// <summary>How often an object may be told of on average.</summary>
    private const long SectionsOfAll = 16;

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

    public int Revisions => _starts.Count;

    /// <summary>The document as of a revision; 0 is the newest.</summary>
    public PdfView View(int revision) => new(_file, _sections, _starts[revision]);

    /// <summary>The revision a section belongs to.</summary>
    public int RevisionOf(int section) => _starts.FindLastIndex(start => start <= section);

    /// <summary>The numbers of all objects that any section tells of.</summary>
    /// <exception cref="LimitExceededException">They are more than <see cref="Limits.ContainerParts"/>.</exception>
    public IReadOnlyCollection<long> Numbers(Limits limits)
    {
        var numbers = new SortedSet<long>();
        long told = 0;
        foreach (var section in _sections)
        {
            foreach (long number in section.Numbers)
            {
                numbers.Add(number);
                // Each section may tell of all of them.
                if (numbers.Count > limits.ContainerParts || ++told > SectionsOfAll * limits.ContainerParts)
                    throw new LimitExceededException("PDF", section.Offset, nameof(Limits.ContainerParts), limits.ContainerParts);
            }
        }
        return numbers;
    }

    /// <summary>The dictionaries in an object, itself included, references not followed.</summary>
    public static IEnumerable<PdfValue> DictionariesIn(PdfValue value)
    {
        var pending = new Stack<PdfValue>([value]);
        while (pending.TryPop(out var next))
        {
            if (next.Kind == PdfKind.Dictionary)
                yield return next;
            foreach (var inner in next.Items.Concat(next.Entries.Values))
                pending.Push(inner);
        }
    }
}
