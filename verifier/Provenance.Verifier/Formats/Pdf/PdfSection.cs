using System.Buffers.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>One cross-reference section and its trailer. Entries are looked up in place: a table of a million objects costs what is asked of it.</summary>
internal abstract class PdfSection(long offset, PdfValue trailer)
{
    /// <summary>Where it stands in the file.</summary>
    public long Offset => offset;

    public PdfValue Trailer => trailer;

    /// <summary>The numbers it tells of; what a file made up may be endless.</summary>
    public abstract IEnumerable<long> Numbers { get; }

    /// <summary>Runs of entries that a look-up may pass.</summary>
    public abstract int Runs { get; }

    public abstract ValueTask<PdfEntry> FindAsync(long number);

    /// <summary>Consecutive numbers, without a list of them.</summary>
    protected static IEnumerable<long> From(long first, long count)
    {
        for (long i = 0; i < count; i++)
            yield return first + i;
    }
}

/// <summary>
/// A table (§7.5.4): entries of 20 bytes, "nnnnnnnnnn ggggg n" and two bytes of line end. In a hybrid file (§7.5.8.4) a stream tells what
/// the table calls free.
/// </summary>
internal sealed class PdfTableSection(ReadWindow window, long offset, PdfValue trailer, IReadOnlyList<PdfTableSection.Run> runs, PdfSection? hidden) : PdfSection(offset, trailer)
{
    public const int EntryLength = 20;

    /// <summary>Entries of consecutive numbers.</summary>
    internal readonly record struct Run(long First, long Count, long Offset);

    public override IEnumerable<long> Numbers => runs.SelectMany(run => From(run.First, run.Count)).Concat(hidden?.Numbers ?? []);

    public override int Runs => runs.Count + (hidden?.Runs ?? 0);

    public override async ValueTask<PdfEntry> FindAsync(long number)
    {
        var entry = await FindInTableAsync(number).ConfigureAwait(false);
        if (hidden is null || entry.Kind == PdfEntryKind.InFile)
            return entry;
        var other = await hidden.FindAsync(number).ConfigureAwait(false);
        return other.Kind == PdfEntryKind.Absent ? entry : other;
    }

    private async ValueTask<PdfEntry> FindInTableAsync(long number)
    {
        foreach (var run in runs)
        {
            if (number < run.First || number - run.First >= run.Count)
                continue;
            long at = run.Offset + (number - run.First) * EntryLength;
            var bytes = await window.AtAsync(at, EntryLength - 2).ConfigureAwait(false);
            return Read(bytes.Span, at);
        }
        return default;
    }

    private static PdfEntry Read(ReadOnlySpan<byte> bytes, long at)
    {
        if (bytes.Length < EntryLength - 2 || bytes[10] != ' ' || bytes[16] != ' ' || bytes[17] is not ((byte)'n' or (byte)'f')
            || !Utf8Parser.TryParse(bytes[..10], out long place, out int digits) || digits != 10)
            throw new MalformedDataException("PDF cross-reference table", at, "an entry is ten digits, five digits and n or f (§7.5.4)");
        return new PdfEntry(bytes[17] == 'n' ? PdfEntryKind.InFile : PdfEntryKind.Free, place);
    }
}

/// <summary>A stream (§7.5.8): entries of three fields, whose widths the dictionary gives.</summary>
internal sealed class PdfStreamSection : PdfSection
{
    private readonly ReadOnlyMemory<byte> _entries;
    private readonly List<(long First, long Count)> _runs = [];
    private readonly int _kind, _place, _index;

    public PdfStreamSection(long offset, PdfValue trailer, ReadOnlyMemory<byte> entries)
        : base(offset, trailer)
    {
        _entries = entries;
        if (trailer["W"].Items is not [{ Kind: PdfKind.Number, Number: >= 0 and <= 8 and var kind }, { Kind: PdfKind.Number, Number: > 0 and <= 8 and var place }, { Kind: PdfKind.Number, Number: >= 0 and <= 8 and var index }, ..])
            throw Malformed("W holds three widths (§7.5.8.2)");
        (_kind, _place, _index) = ((int)kind, (int)place, (int)index);
        var bounds = trailer["Index"].Items;
        if (trailer["Index"].Kind == PdfKind.Null)
            _runs.Add((0, trailer["Size"].Number));
        for (int i = 0; i + 1 < bounds.Count; i += 2)
            _runs.Add((bounds[i].Number, bounds[i + 1].Number));
        long left = entries.Length / (_kind + _place + _index);
        foreach (var (first, count) in _runs)
        {
            if (first is < 0 or > int.MaxValue || count < 0 || (left -= Math.Min(count, left + 1)) < 0)
                throw Malformed("Index tells of entries that are not there (§7.5.8.2)");
        }
    }

    public override IEnumerable<long> Numbers => _runs.SelectMany(run => From(run.First, run.Count));

    public override int Runs => _runs.Count;

    public override ValueTask<PdfEntry> FindAsync(long number) => ValueTask.FromResult(Find(number));

    private PdfEntry Find(long number)
    {
        int width = _kind + _place + _index;
        long before = 0;
        foreach (var (first, count) in _runs)
        {
            if (number >= first && number - first < count)
            {
                long at = (before + number - first) * width;
                if (at + width > _entries.Length)
                    throw Malformed($"entry {number} is not there");
                return Read(_entries.Span.Slice((int)at, width));
            }
            before += count;
        }
        return default;
    }

    private PdfEntry Read(ReadOnlySpan<byte> entry)
    {
        // Where the field is left out the kind is 1 (§7.5.8.3).
        ulong kind = _kind == 0 ? 1 : Field(entry[.._kind]);
        ulong place = Field(entry.Slice(_kind, _place)), index = Field(entry[(_kind + _place)..]);
        if (place > long.MaxValue / 2 || index > long.MaxValue)
            throw Malformed("a field is out of range");
        return kind switch
        {
            0 => new PdfEntry(PdfEntryKind.Free, 0),
            1 => new PdfEntry(PdfEntryKind.InFile, (long)place),
            2 => new PdfEntry(PdfEntryKind.InObjectStream, (long)place, (long)index),
            _ => new PdfEntry(PdfEntryKind.Free, 0), // another kind is a reference to null
        };
    }

    private static ulong Field(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        foreach (byte b in bytes)
            value = (value << 8) | b;
        return value;
    }

    private MalformedDataException Malformed(string rule) => new("PDF cross-reference stream", Offset, rule);
}

/// <summary>Objects found by searching a file whose own sections are broken.</summary>
internal sealed class PdfFoundSection(PdfValue trailer, IReadOnlyDictionary<long, PdfEntry> entries) : PdfSection(0, trailer)
{
    public override IEnumerable<long> Numbers => entries.Keys;

    public override int Runs => 1;

    public override ValueTask<PdfEntry> FindAsync(long number) => ValueTask.FromResult(entries.GetValueOrDefault(number));
}
