using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>Objects by their offset, and streams unpacked.</summary>
internal sealed class PdfFile(AssetSource source, ReadWindow window, Limits limits, CancellationToken cancellation)
{
    /// <summary>Bytes of an object without its stream: a catalogue, a file specification, a node of a tree.</summary>
    private const int ObjectBytes = 1 << 20;

    private const int FirstRead = 2 << 10;

    /// <summary>Bytes parsed as objects, all together: a tree may name one large object a thousand times.</summary>
    private const long ParsedBytes = 128L << 20;

    /// <summary>Runs passed by look-ups, all together: a table may be made of tens of thousands, and each object looked up in it.</summary>
    private const long PassedRuns = 64L << 20;

    private readonly Inflater _inflater = new(limits);
    private readonly Dictionary<long, PdfObjectStream> _objectStreams = [];
    private long _parsed;
    private long _runs;
    private long _passed;
    private bool _isUnpacking;

    public ReadWindow Window => window;

    public Limits Limits => limits;

    public long Length => source.Length;

    /// <summary>Where the header stands: some files have bytes before it, and their offsets are counted from it.</summary>
    public long Origin { get; set; }

    /// <summary>The place in the file of an offset that is written in it; behind the file's end where it is none.</summary>
    public long At(long written) => written < 0 || written > source.Length ? source.Length : Origin + written;

    /// <summary>The indirect object at an offset of the file.</summary>
    /// <exception cref="MalformedDataException">None is there.</exception>
    public ValueTask<PdfObject> ReadAsync(long offset) => ReadAsync(offset, ParseObject);

    /// <summary>Counts runs of cross-reference entries, each of which every look-up passes.</summary>
    public void CountRuns(int count, long offset)
    {
        if ((_runs += count) > limits.ContainerParts)
            throw new LimitExceededException("PDF cross-reference section", offset, nameof(Limits.ContainerParts), limits.ContainerParts);
    }

    /// <summary>The entry of an object in a section.</summary>
    public ValueTask<PdfEntry> FindAsync(PdfSection section, long number) =>
        (_passed += section.Runs) <= PassedRuns ? section.FindAsync(number) : throw new LimitExceededException("PDF cross-reference section", section.Offset, "runs of entries looked through", PassedRuns);

    /// <summary>The dictionary behind "trailer".</summary>
    /// <exception cref="MalformedDataException">None is there.</exception>
    public ValueTask<PdfValue> ReadTrailerAsync(long offset) => ReadAsync(offset, static (ref PdfSyntax syntax, bool _) =>
        syntax.ReadValue() is not { } value ? null : value.Kind == PdfKind.Dictionary ? value : throw syntax.Malformed("a dictionary expected (§7.5.5)"));

    /// <summary>Parses what stands next; null where the bytes ran out.</summary>
    private delegate T? Parser<T>(ref PdfSyntax syntax, bool isLast);

    private async ValueTask<T> ReadAsync<T>(long offset, Parser<T> parser)
        where T : class
    {
        if (_parsed > ParsedBytes)
            throw new LimitExceededException("PDF", offset, "bytes of objects", ParsedBytes);
        if (offset < 0 || offset >= source.Length)
            throw new MalformedDataException("PDF object", offset, "an offset lies outside the file");
        for (int size = source.Memory is null ? FirstRead : ObjectBytes; ; size *= 8)
        {
            int count = (int)Math.Min(Math.Min(size, ObjectBytes), source.Length - offset);
            var bytes = await source.ReadAsync(new ByteRange(offset, count), cancellation).ConfigureAwait(false);
            bool isLast = count == source.Length - offset;
            if (Parse(bytes.Span, offset, isLast, parser) is { } parsed)
                return parsed;
            if (isLast || size >= ObjectBytes)
                throw new MalformedDataException("PDF object", offset, isLast ? "the file ends inside it" : $"more than {ObjectBytes} bytes");
        }
    }

    private T? Parse<T>(ReadOnlySpan<byte> bytes, long offset, bool isLast, Parser<T> parser)
        where T : class
    {
        var syntax = new PdfSyntax(bytes, offset);
        try
        {
            return parser(ref syntax, isLast);
        }
        finally
        {
            _parsed += syntax.Position;
        }
    }

    private static PdfObject? ParseObject(ref PdfSyntax syntax, bool isLast)
    {
        long? number = syntax.TakeNumber();
        if (number is null || syntax.TakeNumber() is null || !syntax.Takes("obj"u8))
            return syntax.RanOut ? null : throw syntax.Malformed("number, generation and obj expected (§7.3.10)");
        if (syntax.ReadValue() is not { } value)
            return null;
        bool isStream = value.Kind == PdfKind.Dictionary && syntax.Takes("stream"u8);
        if (!isStream)
            return syntax.RanOut && !isLast ? null : new PdfObject(number.Value, value, null);
        return syntax.TakesLineEnd() || isLast ? new PdfObject(number.Value, value, syntax.Offset) : null;
    }

    /// <summary>The data of a stream as they lie in the file.</summary>
    /// <exception cref="MalformedDataException">They do not end where the dictionary says.</exception>
    public async ValueTask<ByteRange> DataAsync(PdfObject stream, PdfView view)
    {
        long start = stream.Data ?? throw new MalformedDataException("PDF object", 0, $"object {stream.Number} is no stream");
        var length = await view.ResolveAsync(stream.Value["Length"]).ConfigureAwait(false);
        if (length is not { Kind: PdfKind.Number, Number: >= 0 and var count } || count > source.Length - start)
            throw new MalformedDataException("PDF stream", start, "Length does not say how many bytes there are (§7.3.8.2)");
        const int longest = 2 + 9;
        var behind = await window.AtAsync(start + count, longest).ConfigureAwait(false);
        if (!behind.Span[PdfSyntax.LineEnd(behind.Span)..].StartsWith("endstream"u8))
            throw new MalformedDataException("PDF stream", start + count, "endstream expected (§7.3.8.1)");
        return new ByteRange(start, count);
    }

    /// <summary>The data of a stream, unpacked: of the filters, those that cross-references and object streams use.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> UnpackAsync(PdfObject stream, PdfView view)
    {
        var data = await DataAsync(stream, view).ConfigureAwait(false);
        if (data.Length > limits.InflatedBytes)
            throw new LimitExceededException("PDF stream", data.Offset, nameof(Limits.InflatedBytes), limits.InflatedBytes);
        var bytes = await source.ReadAsync(data, cancellation).ConfigureAwait(false);
        var filters = await FiltersAsync(stream, view).ConfigureAwait(false);
        if (filters is [])
            return bytes;
        if (filters is not ["FlateDecode"])
            throw new MalformedDataException("PDF stream", data.Offset, $"the filters {string.Join(", ", filters)} where FlateDecode is expected");
        var parameters = await view.ResolveAsync(stream.Value["DecodeParms"]).ConfigureAwait(false);
        if (parameters is { Kind: PdfKind.Array, Items: [var only] })
            parameters = await view.ResolveAsync(only).ConfigureAwait(false);
        return PngPredictor.Undo(_inflater.Unpack(bytes, data.Offset), parameters, data.Offset);
    }

    /// <summary>The object stream at an offset, unpacked once.</summary>
    public async ValueTask<PdfObjectStream> ObjectStreamAsync(long offset, PdfView view)
    {
        if (_objectStreams.TryGetValue(offset, out var known))
            return known;
        // What an object stream's own length says lies in no other (§7.5.7): otherwise streams could lead to streams without end.
        if (_isUnpacking)
            throw new MalformedDataException("PDF object stream", offset, "its length lies in an object stream (§7.5.7)");
        _isUnpacking = true;
        try
        {
            var stream = await ReadAsync(offset).ConfigureAwait(false);
            var unpacked = new PdfObjectStream((await UnpackAsync(stream, view).ConfigureAwait(false)).Span, stream.Value);
            _objectStreams.Add(offset, unpacked);
            return unpacked;
        }
        finally
        {
            _isUnpacking = false;
        }
    }

    /// <summary>The names of a stream's filters, without the one that says which key decrypts it.</summary>
    public static async ValueTask<IReadOnlyList<string>> FiltersAsync(PdfObject stream, PdfView view)
    {
        var filter = await view.ResolveAsync(stream.Value["Filter"]).ConfigureAwait(false);
        var names = new List<string>();
        foreach (var one in filter.Kind == PdfKind.Array ? filter.Items : [filter])
        {
            var name = await view.ResolveAsync(one).ConfigureAwait(false);
            if (name.Kind != PdfKind.Null && !name.Is("Crypt"))
                names.Add(name.Name ?? "unnamed");
        }
        return names;
    }
}
