using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>A document as of one of its revisions: what a section does not tell, older ones do (ISO 32000-2 §7.5.6).</summary>
/// <param name="file">The file.</param>
/// <param name="sections">All sections, the newest first.</param>
/// <param name="newest">The first section of the list that the revision has.</param>
internal sealed class PdfView(PdfFile file, IReadOnlyList<PdfSection> sections, int newest = 0)
{
    /// <summary>References to references; none is allowed, and cycles end here.</summary>
    private const int Hops = 8;

    public PdfFile File => file;

    /// <summary>The newest trailer's value of a key, or that of the newest older one that has it.</summary>
    public PdfValue Trailer(string key)
    {
        for (int i = newest; i < sections.Count; i++)
        {
            if (sections[i].Trailer[key] is { Kind: not PdfKind.Null } value)
                return value;
        }
        return PdfValue.Null;
    }

    /// <summary>What a value is once references are followed; null for objects that are free or not there (§7.3.10).</summary>
    /// <exception cref="MalformedDataException">An object is not where its section says.</exception>
    public async ValueTask<PdfValue> ResolveAsync(PdfValue value)
    {
        for (int hop = 0; value.Kind == PdfKind.Reference && hop < Hops; hop++)
            value = await LoadAsync(value).ConfigureAwait(false) is { } loaded ? loaded.Value : PdfValue.Null;
        return value.Kind == PdfKind.Reference ? PdfValue.Null : value;
    }

    /// <summary>The object a reference names; null where it is free or no section tells of it.</summary>
    public async ValueTask<PdfObject?> LoadAsync(PdfValue reference)
    {
        if (reference.Kind != PdfKind.Reference)
            return null;
        for (int i = newest; i < sections.Count; i++)
        {
            var entry = await file.FindAsync(sections[i], reference.Number).ConfigureAwait(false);
            if (entry.Kind == PdfEntryKind.Absent)
                continue;
            if (entry.Kind == PdfEntryKind.Free)
                return null;
            var loaded = entry.Kind == PdfEntryKind.InFile
                ? await file.ReadAsync(file.At(entry.Place)).ConfigureAwait(false)
                : await FromObjectStreamAsync(reference.Number, entry).ConfigureAwait(false);
            if (loaded.Number != reference.Number)
                throw new MalformedDataException("PDF object", entry.Place, $"object {reference.Number} expected, {loaded.Number} found");
            return loaded with { Section = i };
        }
        return null;
    }

    private async ValueTask<PdfObject> FromObjectStreamAsync(long number, PdfEntry entry)
    {
        // An object stream lies in the file itself: looked up without going through another.
        for (int i = newest; i < sections.Count; i++)
        {
            var holder = await file.FindAsync(sections[i], entry.Place).ConfigureAwait(false);
            if (holder.Kind == PdfEntryKind.Absent)
                continue;
            if (holder.Kind != PdfEntryKind.InFile)
                break;
            var stream = await file.ObjectStreamAsync(file.At(holder.Place), this).ConfigureAwait(false);
            return stream.Read(number) with { Section = i };
        }
        throw new MalformedDataException("PDF object stream", 0, $"object {entry.Place} is none (§7.5.7)");
    }
}
