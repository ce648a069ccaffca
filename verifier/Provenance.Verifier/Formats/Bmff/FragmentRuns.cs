using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Bmff;

/// <summary>Where the samples of the tracks of one moof lie (ISO 14496-12 §8.8.7, §8.8.8).</summary>
/// <param name="moof">Offset of the moof box.</param>
/// <param name="defaultSizes">Size of a sample by track, from trex.</param>
/// <param name="isSegment">The file is one segment of several: offsets from the start of the whole film lead nowhere in it.</param>
internal sealed class FragmentRuns(long moof, IReadOnlyDictionary<uint, uint> defaultSizes, bool isSegment)
{
    /// <summary>Far behind the end of any file, and far from overflow.</summary>
    private const long Farthest = long.MaxValue / 4;

    private long? _base;
    private long _position;
    private uint _defaultSize;
    private bool _isElsewhere;

    /// <summary>A track begins: version, flags 3, track, then what the flags announce.</summary>
    public void Track(ReadOnlySpan<byte> header, long offset)
    {
        var cursor = new ByteCursor(header, "BMFF tfhd", offset);
        int flags = (int)(cursor.ReadUInt32BigEndian() & 0xFFFFFF);
        uint track = cursor.ReadUInt32BigEndian();
        _defaultSize = defaultSizes.GetValueOrDefault(track);
        ulong? start = (flags & 0x1) != 0 ? cursor.ReadUInt64BigEndian() : null;
        cursor.Skip((flags & 0x2) != 0 ? 4 : 0); // sample_description_index
        cursor.Skip((flags & 0x8) != 0 ? 4 : 0); // default_sample_duration
        if ((flags & 0x10) != 0)
            _defaultSize = cursor.ReadUInt32BigEndian();
        // The start of the moof, said so (0x20000) or for its first track; else the end of the data of the track before.
        long implied = (flags & 0x20000) != 0 || _base is null ? moof : _position;
        _base = start is null ? implied : (long)Math.Min(start.Value, (ulong)Farthest);
        _position = _base.Value;
        _isElsewhere = isSegment && start is not null;
    }

    /// <summary>A run of samples; what bytes they are.</summary>
    public ByteRange Run(ReadOnlySpan<byte> run, long offset)
    {
        var cursor = new ByteCursor(run, "BMFF trun", offset);
        int flags = (int)(cursor.ReadUInt32BigEndian() & 0xFFFFFF);
        uint count = cursor.ReadUInt32BigEndian();
        if ((flags & 0x1) != 0)
            _position = (_base ?? moof) + unchecked((int)cursor.ReadUInt32BigEndian());
        cursor.Skip((flags & 0x4) != 0 ? 4 : 0); // first_sample_flags
        int before = (flags & 0x100) != 0 ? 4 : 0, behind = ((flags & 0x400) != 0 ? 4 : 0) + ((flags & 0x800) != 0 ? 4 : 0);
        ulong length = 0;
        if ((flags & 0x200) == 0)
        {
            length = (ulong)count * _defaultSize;
        }
        else
        {
            for (; count > 0; count--)
            {
                cursor.Skip(before);
                length += cursor.ReadUInt32BigEndian();
                cursor.Skip(behind);
            }
        }
        var range = new ByteRange(_position, _isElsewhere ? 0 : (long)Math.Min(length, (ulong)Farthest));
        _position = Math.Min(range.End, Farthest);
        return range;
    }
}
