using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Jpeg;

/// <summary>
/// Walks the segments of a JPEG behind its SOI. Bytes that are no marker are stepped over, as decoders do, and come out as
/// <see cref="JpegMarker.Stray"/>: what a decoder would still find, we must find too.
/// </summary>
internal sealed class JpegSegments(ReadWindow window, Limits limits)
{
    private int _count;

    /// <summary>Offset of the next byte to be walked.</summary>
    public long Position { get; private set; } = 2;

    /// <summary>The next segment; null at the end of the asset.</summary>
    /// <exception cref="MalformedDataException">A segment's length is below 2 or reaches behind the end of the asset.</exception>
    public async ValueTask<JpegSegment?> NextAsync()
    {
        long start = Position;
        var bytes = await window.AtAsync(start, 4).ConfigureAwait(false);
        if (bytes.IsEmpty)
            return null;
        if (_count++ >= limits.ContainerParts)
            throw new LimitExceededException("JPEG", start, nameof(Limits.ContainerParts), limits.ContainerParts);
        if (bytes.Length < 2 || bytes.Span[0] != 0xFF || bytes.Span[1] is 0x00 or 0xFF)
        {
            Position = await NextMarkerAsync(start, stopAtRestart: true).ConfigureAwait(false);
            return new JpegSegment(JpegMarker.Stray, ByteRange.FromTo(start, Position));
        }

        byte marker = bytes.Span[1];
        long length = 2;
        if (JpegMarker.HasLength(marker))
        {
            if (bytes.Length < 4)
                throw Malformed(marker, start, "the file ends inside the segment");
            int parameters = BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[2..]);
            if (parameters < 2)
                throw Malformed(marker, start, $"the length is {parameters}, and counts its own 2 bytes (T.81 B.1.1.4)");
            length += parameters;
            if (start + length > window.Length)
                throw Malformed(marker, start, $"{length} bytes expected, the file ends after {window.Length - start}");
        }
        Position = start + length;
        return new JpegSegment(marker, new ByteRange(start, length));
    }

    /// <summary>Steps over entropy-coded data; returns where it ends, which is at a marker or at the end of the asset.</summary>
    public async ValueTask<long> SkipEntropyAsync(bool stopAtRestart) =>
        Position = await NextMarkerAsync(Position, stopAtRestart).ConfigureAwait(false);

    /// <summary>The first marker from <paramref name="offset"/> on: FF and a byte that is neither 00 (a stuffed FF) nor FF (fill).</summary>
    private async ValueTask<long> NextMarkerAsync(long offset, bool stopAtRestart)
    {
        while (true)
        {
            var bytes = await window.FromAsync(offset, 2).ConfigureAwait(false);
            int at = FindMarker(bytes.Span, stopAtRestart, out bool found);
            offset += at;
            if (found)
                return offset;
            // One byte is left over where the block ends with FF; where the asset ends with it, there is no marker.
            if (window.Length - offset < 2)
                return window.Length;
        }
    }

    private static int FindMarker(ReadOnlySpan<byte> bytes, bool stopAtRestart, out bool found)
    {
        int at = 0;
        found = false;
        while (true)
        {
            int step = bytes[at..].IndexOf((byte)0xFF);
            if (step < 0)
                return bytes.Length;
            at += step;
            if (at + 1 == bytes.Length)
                return at;
            byte next = bytes[at + 1];
            if (next == 0xFF)
                at++;
            else if (next == 0x00 || (!stopAtRestart && JpegMarker.IsRestart(next)))
                at += 2;
            else
            {
                found = true;
                return at;
            }
        }
    }

    private static MalformedDataException Malformed(byte marker, long offset, string rule) => new($"JPEG {JpegMarker.Name(marker)}", offset, rule);
}
