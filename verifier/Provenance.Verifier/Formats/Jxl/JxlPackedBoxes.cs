using Provenance.Verifier.Bytes;
using Provenance.Verifier.Bytes.Brotli;

namespace Provenance.Verifier.Formats.Jxl;

/// <summary>
/// The brob boxes that may tell of a store: XMP, and JUMBF. A store itself stands in a box of its own, unpacked (C2PA 2.5 §A.3.11); a packed
/// one is told and not read, so that nobody hears there is none. All of them together unpack to no more than one manifest may (attack I04).
/// </summary>
internal sealed class JxlPackedBoxes(AssetSource source, Limits limits, CancellationToken cancellation)
{
    private readonly List<(string Type, JxlBox Box)> _boxes = [];
    private long _left = limits.BrotliOutputBytes;

    /// <summary>Adds a box whose content starts with this type.</summary>
    public void Add(string type, JxlBox box)
    {
        if (type is "xml " or "jumb")
            _boxes.Add((type, box));
    }

    /// <summary>Unpacks the boxes, for a file in which no store was found.</summary>
    /// <exception cref="LimitExceededException">A jumb box is too long to tell what it is.</exception>
    public async ValueTask ReadAsync(AssetWalk walk)
    {
        foreach (var (type, box) in _boxes)
        {
            bool isXmp = type == "xml ";
            try
            {
                var unpacked = await UnpackAsync(box, isXmp ? Math.Min(_left, limits.XmpBytes) : _left).ConfigureAwait(false);
                if (isXmp)
                    walk.Xmp(box.Range.Offset, unpacked);
                // The packed content of the box; one writer packs its header too.
                else if (JxlFormat.IsStore(unpacked.Span) || (unpacked.Length > 8 && JxlFormat.IsStore(unpacked.Span[8..])))
                    walk.StoreFault(new MalformedDataException("JPEG XL brob", box.Range.Offset, "a packed manifest store; §A.3.11 of C2PA 2.5 wants it in a jumb box of its own"));
            }
            catch (LimitExceededException) when (isXmp)
            {
                walk.Note(box.Range.Offset, "a packed XMP packet that is too long, not read");
            }
            catch (MalformedDataException e) when (e is not LimitExceededException)
            {
                walk.Note(box.Range.Offset, "a box that cannot be unpacked: " + e.Message);
            }
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> UnpackAsync(JxlBox box, long longest)
    {
        var stream = ByteRange.FromTo(box.Content.Offset + 4, box.Content.End);
        if (longest <= 0 || stream.Length > longest)
            throw new LimitExceededException("JPEG XL brob", box.Range.Offset, nameof(Limits.BrotliOutputBytes), limits.BrotliOutputBytes);
        var bytes = await source.ReadAsync(stream, cancellation).ConfigureAwait(false);
        // What fails has cost as much as it could yield.
        long most = Math.Min(longest, Math.Max(BrotliDecoder.FreeOutput, stream.Length * limits.BrotliRatio));
        _left -= most;
        byte[] unpacked = BrotliDecoder.Decode(bytes, limits with { BrotliOutputBytes = (int)longest });
        _left += most - unpacked.Length;
        return unpacked;
    }
}
