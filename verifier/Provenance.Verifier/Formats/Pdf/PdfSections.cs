using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>
/// Follows the cross-reference sections from the newest to the oldest (ISO 32000-2 §7.5.5, §7.5.8):
/// <code>
/// … "xref" table "trailer" &lt;&lt; /Prev older >> … "startxref" offset "%%EOF"      or      … N 0 obj &lt;&lt; /Type /XRef /Prev older … >> stream …
/// </code>
/// </summary>
internal static class PdfSections
{
    /// <summary>Sections of one file: each saving may add one.</summary>
    private const int Sections = 1024;

    /// <summary>Bytes at the end in which "startxref" is looked for: 1024 by custom, more where a sender padded the file.</summary>
    private const int Tail = 64 << 10;

    /// <exception cref="MalformedDataException">The chain is broken or goes in circles.</exception>
    public static async ValueTask<IReadOnlyList<PdfSection>> ReadAsync(PdfFile file)
    {
        long? next = await FindStartAsync(file).ConfigureAwait(false);
        var sections = new List<PdfSection>();
        var seen = new HashSet<long>();
        while (next is { } offset)
        {
            if (!seen.Add(offset))
                throw new MalformedDataException("PDF", offset, "the cross-reference sections go in circles (§7.5.5)");
            if (sections.Count == Sections)
                throw new LimitExceededException("PDF", offset, "cross-reference sections", Sections);
            var section = await ReadSectionAsync(file, offset, mayHide: true).ConfigureAwait(false);
            sections.Add(section);
            next = section.Trailer["Prev"] is { Kind: PdfKind.Number, Number: var older } ? file.At(older) : null;
        }
        return sections;
    }

    private static async ValueTask<long> FindStartAsync(PdfFile file)
    {
        foreach (int length in (int[])[1024, Tail])
        {
            int count = (int)Math.Min(length, file.Length);
            var tail = await file.Window.AtAsync(file.Length - count, count).ConfigureAwait(false);
            if (Find(tail.Span) is { } offset)
                return file.At(offset);
        }
        throw new MalformedDataException("PDF", file.Length, "startxref and an offset expected at the end (§7.5.5)");

        static long? Find(ReadOnlySpan<byte> tail)
        {
            int at = tail.LastIndexOf("startxref"u8);
            return at < 0 ? null : new PdfSyntax(tail, 0, at + "startxref"u8.Length).TakeNumber();
        }
    }

    private static async ValueTask<PdfSection> ReadSectionAsync(PdfFile file, long offset, bool mayHide)
    {
        var head = await file.Window.AtAsync(offset, 64).ConfigureAwait(false);
        if (StartOfTable(head.Span) is { } runs)
            return await ReadTableAsync(file, offset, offset + runs, mayHide).ConfigureAwait(false);

        var stream = await file.ReadAsync(offset).ConfigureAwait(false);
        if (!stream.Value["Type"].Is("XRef"))
            throw new MalformedDataException("PDF", offset, "a cross-reference table or stream expected (§7.5.4, §7.5.8)");
        // What its data need stands in its own dictionary: there is nothing yet to look references up with.
        file.CountRuns(stream.Value["Index"].Items.Count / 2, offset);
        var entries = await file.UnpackAsync(stream, new PdfView(file, [])).ConfigureAwait(false);
        return new PdfStreamSection(offset, stream.Value, entries);

        static int? StartOfTable(ReadOnlySpan<byte> head)
        {
            var syntax = new PdfSyntax(head, 0);
            return syntax.Takes("xref"u8) ? syntax.Position : null;
        }
    }

    private static async ValueTask<PdfSection> ReadTableAsync(PdfFile file, long offset, long position, bool mayHide)
    {
        var runs = new List<PdfTableSection.Run>();
        while (true)
        {
            var head = await file.Window.AtAsync(position, 64).ConfigureAwait(false);
            var (run, length) = ReadRun(head.Span, position);
            if (run is not { } found)
            {
                position += length;
                break;
            }
            if (found.Count > (file.Length - found.Offset) / PdfTableSection.EntryLength)
                throw new MalformedDataException("PDF cross-reference table", position, $"{found.Count} entries do not fit into the file");
            file.CountRuns(1, position);
            runs.Add(found);
            position = found.Offset + found.Count * PdfTableSection.EntryLength;
        }
        var trailer = await file.ReadTrailerAsync(position).ConfigureAwait(false);
        // §7.5.8.4; such a section hides no other.
        var hidden = mayHide && trailer["XRefStm"] is { Kind: PdfKind.Number, Number: var at } ? await ReadSectionAsync(file, file.At(at), mayHide: false).ConfigureAwait(false) : null;
        return new PdfTableSection(file.Window, offset, trailer, runs, hidden);
    }

    /// <summary>"first count" and the place of the entries behind; or the bytes up to the trailer's dictionary.</summary>
    private static (PdfTableSection.Run? Run, int Length) ReadRun(ReadOnlySpan<byte> bytes, long origin)
    {
        var syntax = new PdfSyntax(bytes, origin);
        if (syntax.Takes("trailer"u8))
            return (null, syntax.Position);
        if (syntax.TakeNumber() is not (<= int.MaxValue and { } first) || syntax.TakeNumber() is not { } count)
            throw syntax.Malformed("the first number and the count of the entries, or trailer, expected (§7.5.4)");
        syntax.SkipSpace();
        return (new PdfTableSection.Run(first, count, origin + syntax.Position), syntax.Position);
    }
}
