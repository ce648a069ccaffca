using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Reports;

namespace Provenance.Metadata;

/// <summary>One pass over the blocks of an asset.</summary>
internal sealed class MetadataReading(AssetSource source, VerificationReport report, CancellationToken cancellation)
{
    private readonly BlockReader _reader = new(source, report.Policy.Limits, cancellation);
    private readonly List<MetadataField> _fields = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<UnreadableBlock> _unreadable = [];
    private readonly List<GeneratorMark> _marks = [];

    private int _packets;

    public async ValueTask RunAsync()
    {
        var blocks = BlockReader.Group(report.Map!.Metadata);
        foreach (var location in blocks.Take(MetadataLimits.Blocks))
        {
            try
            {
                await ReadAsync(location).ConfigureAwait(false);
            }
            catch (LimitExceededException e)
            {
                bool isTooLarge = e.Limit is nameof(MetadataLimits.BlockBytes) or nameof(Limits.InflatedBytes) or nameof(Limits.BrotliOutputBytes) or nameof(Limits.BrotliRatio);
                Unreadable(location.Kind, isTooLarge ? UnreadableReason.TooLarge : UnreadableReason.TooCostly, e);
            }
            catch (MalformedDataException e)
            {
                Unreadable(location.Kind, UnreadableReason.Malformed, e);
            }
        }
        // Of each kind once.
        for (int i = MetadataLimits.Blocks; i < blocks.Count; i++)
        {
            var tooMany = new UnreadableBlock(blocks[i].Kind, UnreadableReason.TooMany, $"more than {MetadataLimits.Blocks} blocks");
            if (!_unreadable.Contains(tooMany))
                _unreadable.Add(tooMany);
        }
    }

    public MetadataReport ToReport()
    {
        var fields = new List<MetadataField>(_fields.Count);
        foreach (var key in MetadataKey.All)
        {
            foreach (var field in _fields)
            {
                if (field.Key == key)
                    fields.Add(field);
            }
        }
        return new() { Fields = fields, Unreadable = _unreadable, Marks = _marks };
    }

    private async ValueTask ReadAsync(MetadataLocation location)
    {
        if (location.Form == MetadataForm.Film)
        {
            var tags = await FilmTags.ReadAsync(source, location.Pieces[0], report.Policy.Limits, cancellation).ConfigureAwait(false);
            Add(location.Kind, tags.Ranges, tags.Entries);
            return;
        }
        if (location.Form == MetadataForm.TiffFile)
        {
            await ReadExifAsync(source, 0, null).ConfigureAwait(false);
            return;
        }
        if (location.Kind == MetadataBlockKind.Xmp && ++_packets > MetadataLimits.XmpPackets)
            throw new LimitExceededException("XMP", location.Pieces[0].Offset, nameof(MetadataLimits.XmpPackets), MetadataLimits.XmpPackets);
        var block = await _reader.ReadAsync(location).ConfigureAwait(false);
        if (block.Kind == MetadataBlockKind.Exif)
            await ReadExifAsync(AssetSource.FromMemory(Structure(block)), block.Ranges[0].Offset, block.Ranges).ConfigureAwait(false);
        else
            Add(block.Kind, block.Ranges, EntriesOf(block));
    }

    /// <summary>The TIFF structure of an EXIF block, without what may stand before it.</summary>
    private static ReadOnlyMemory<byte> Structure(MetadataBlock block)
    {
        var bytes = block.Bytes;
        if (block.Form is MetadataForm.OffsetExif or MetadataForm.BrotliOffsetExif)
        {
            uint offset = bytes.Length < 4 ? uint.MaxValue : System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes.Span);
            if (offset > (uint)(bytes.Length - 4) || bytes.Length < 4)
                throw new MalformedDataException("EXIF", block.Ranges[0].Offset, "the offset of its header leads out of it (ISO 23008-12 annex A.2.1)");
            bytes = bytes[(4 + (int)offset)..];
        }
        // Writers of WebP and HEIF take the name along that JPEG needs.
        return bytes.Span.StartsWith("Exif\0"u8) && bytes.Length > 6 ? bytes[6..] : bytes;
    }

    private async ValueTask ReadExifAsync(AssetSource structure, long offset, IReadOnlyList<ByteRange>? ranges)
    {
        var cut = await ExifCut.FromAsync(structure, report.Policy.Limits, cancellation).ConfigureAwait(false);
        if (cut.Fault is { } fault)
            Unreadable(MetadataBlockKind.Exif, UnreadableReason.Malformed, new MalformedDataException(fault.Structure, offset, fault.Rule));
        if (!cut.IsEmpty)
            Add(MetadataBlockKind.Exif, ranges ?? cut.Ranges, Extractor.Exif(cut.Bytes));
    }

    private IReadOnlyList<MetadataEntry> EntriesOf(MetadataBlock block) => block.Kind switch
    {
        MetadataBlockKind.Xmp => EntriesOfXmp(block.Form == MetadataForm.PngInternationalText ? PngTextEntry.TextOf(block, _reader) : block.Bytes),
        MetadataBlockKind.Iptc => EntriesOfIptc(block),
        MetadataBlockKind.ColourProfile => ProfileCut.Of(block.Bytes.Span) is { } profile ? Extractor.Profile(profile) : [],
        MetadataBlockKind.PngText => [PngTextEntry.Read(block, _reader)],
        _ => [new("comment", ExifText.Plain(block.Bytes.Span))],
    };

    private static IReadOnlyList<MetadataEntry> EntriesOfXmp(ReadOnlyMemory<byte> packet) => XmpCut.Of(packet) is { } tree ? Extractor.Xmp(tree) : [];

    private static IReadOnlyList<MetadataEntry> EntriesOfIptc(MetadataBlock block)
    {
        var datasets = block.Form == MetadataForm.PhotoshopResources ? IptcCut.InResources(block.Bytes) : block.Bytes;
        byte[] cut = IptcCut.Of(datasets.Span);
        return cut.Length == 0 ? [] : Extractor.Iptc(cut);
    }

    private void Add(MetadataBlockKind kind, IReadOnlyList<ByteRange> ranges, IReadOnlyList<MetadataEntry> entries)
    {
        if (entries.Count == 0)
            return;
        var coverage = report.CoverageOf(ranges);
        foreach (var entry in entries)
        {
            foreach (var found in GeneratorMarks.In(entry))
            {
                var mark = new GeneratorMark(found.Generator, entry.Name, kind, coverage, found.SaysAi);
                if (_marks.Count < MetadataLimits.Fields && !_marks.Contains(mark))
                    _marks.Add(mark);
            }
            foreach (var (key, written) in GeneratorText.ValuesOf(entry))
            {
                string value = MetadataProperties.ValueOf(key, written);
                if (value.Length > 0 && _fields.Count < MetadataLimits.Fields && _seen.Add($"{key} {ReportMetadataJson.Block(kind)} {value}"))
                    _fields.Add(new(key, value, kind, coverage) { Time = MetadataProperties.TimeOf(key, written) });
            }
        }
    }

    private void Unreadable(MetadataBlockKind kind, UnreadableReason reason, MalformedDataException why) => _unreadable.Add(new(kind, reason, why.Message));
}
