using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>
/// A file whose cross-references are broken is searched for its objects from end to end, as other readers do: of two objects of one number
/// the later counts. Revisions cannot be told apart then.
/// </summary>
internal sealed class PdfRebuild(PdfFile file)
{
    /// <summary>The longest "number generation obj" that is looked back for.</summary>
    private const int HeaderLength = 32;

    private readonly List<(long Offset, long Number)> _objects = [];
    private readonly SortedSet<long> _objectStreams = [], _trailers = [], _catalogues = [];

    public static async ValueTask<PdfDocument> RunAsync(PdfFile file)
    {
        // Offsets are found, not read.
        file.Origin = 0;
        var rebuild = new PdfRebuild(file);
        await rebuild.SearchAsync().ConfigureAwait(false);
        var entries = await rebuild.IndexAsync().ConfigureAwait(false);
        return new PdfDocument(file, [new PdfFoundSection(await rebuild.TrailerAsync().ConfigureAwait(false), entries)]);
    }

    private async ValueTask SearchAsync()
    {
        long offset = 0;
        while (true)
        {
            var bytes = await file.Window.FromAsync(offset, 2 * HeaderLength).ConfigureAwait(false);
            FindObjects(bytes.Span, offset);
            FindMarks(bytes.Span, offset, "/ObjStm"u8, _objectStreams);
            FindMarks(bytes.Span, offset, "/XRef"u8, _trailers);
            FindMarks(bytes.Span, offset, "trailer"u8, _trailers);
            FindMarks(bytes.Span, offset, "/Catalog"u8, _catalogues);
            if (offset + bytes.Length >= file.Length)
                return;
            offset += bytes.Length - HeaderLength;
        }
    }

    private void FindObjects(ReadOnlySpan<byte> bytes, long origin)
    {
        for (int at = 0, next; (next = bytes[at..].IndexOf("obj"u8)) >= 0; at += next + 3)
        {
            int start = at + next;
            int from = start;
            // Backwards: blanks, digits, blanks, digits.
            if (!Skip(bytes, ref from, isDigits: false) || !Skip(bytes, ref from, isDigits: true) || !Skip(bytes, ref from, isDigits: false) || !Skip(bytes, ref from, isDigits: true))
                continue;
            long offset = origin + from;
            if (new PdfSyntax(bytes, origin, from).TakeNumber() is { } number && (_objects.Count == 0 || offset > _objects[^1].Offset))
            {
                Count(_objects.Count, offset);
                _objects.Add((offset, number));
            }
        }
    }

    private static bool Skip(ReadOnlySpan<byte> bytes, ref int from, bool isDigits)
    {
        int end = from;
        while (from > 0 && end - from < 10 && (isDigits ? char.IsAsciiDigit((char)bytes[from - 1]) : PdfSyntax.IsSpace(bytes[from - 1])))
            from--;
        return from < end;
    }

    private void FindMarks(ReadOnlySpan<byte> bytes, long origin, ReadOnlySpan<byte> mark, SortedSet<long> found)
    {
        for (int at = 0, next; (next = bytes[at..].IndexOf(mark)) >= 0; at += next + mark.Length)
        {
            Count(found.Count, origin + at + next);
            found.Add(origin + at + next);
        }
    }

    private void Count(int count, long offset)
    {
        if (count >= file.Limits.ContainerParts)
            throw new LimitExceededException("PDF", offset, nameof(Limits.ContainerParts), file.Limits.ContainerParts);
    }

    /// <summary>The object that a mark lies in; null where it lies in none.</summary>
    private (long Offset, long Number)? HolderOf(long mark)
    {
        int next = ByteRange.FirstEndingBehind(_objects, found => new ByteRange(found.Offset, 1), mark);
        return next == 0 ? null : _objects[next - 1];
    }

    /// <summary>Where every object lies, those in object streams too.</summary>
    private async ValueTask<IReadOnlyDictionary<long, PdfEntry>> IndexAsync()
    {
        var entries = new Dictionary<long, PdfEntry>();
        foreach (var (offset, number) in _objects)
            entries[number] = new PdfEntry(PdfEntryKind.InFile, offset);
        var view = new PdfView(file, [new PdfFoundSection(PdfValue.Null, entries)]);
        foreach (var holder in _objectStreams.Select(HolderOf).OfType<(long Offset, long Number)>().Distinct())
        {
            try
            {
                var stream = await file.ObjectStreamAsync(holder.Offset, view).ConfigureAwait(false);
                foreach (long number in stream.Numbers)
                {
                    Count(entries.Count, holder.Offset);
                    if (!(entries.TryGetValue(number, out var known) && known.Kind == PdfEntryKind.InFile && known.Place > holder.Offset))
                        entries[number] = new PdfEntry(PdfEntryKind.InObjectStream, holder.Number);
                }
            }
            catch (MalformedDataException e) when (e is not LimitExceededException)
            {
                // What it held is lost; what is looked for may lie elsewhere.
            }
        }
        return entries;
    }

    /// <summary>The last trailer with a Root; else one that names the last catalogue.</summary>
    private async ValueTask<PdfValue> TrailerAsync()
    {
        foreach (long mark in _trailers.Reverse())
        {
            try
            {
                var trailer = HolderOf(mark) is { } holder && await file.ReadAsync(holder.Offset).ConfigureAwait(false) is { Value: var value } && value["Type"].Is("XRef")
                    ? value
                    : await file.ReadTrailerAsync(mark + "trailer".Length).ConfigureAwait(false);
                if (trailer["Root"].Kind == PdfKind.Reference)
                    return trailer;
            }
            catch (MalformedDataException e) when (e is not LimitExceededException)
            {
                // Another may be whole.
            }
        }
        var root = _catalogues.Count > 0 && HolderOf(_catalogues.Max) is { } catalogue ? new PdfValue(PdfKind.Reference) { Number = catalogue.Number } : PdfValue.Null;
        return new PdfValue(PdfKind.Dictionary) { Entries = new Dictionary<string, PdfValue> { ["Root"] = root } };
    }
}
