using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Midi;

/// <summary>
/// Steps through the events of one track: each is a time of one to four bytes, then a channel message, a system-exclusive message or a
/// meta event (Standard MIDI Files 1.0). The manifest store is the data of FF 7F behind the identifier 00 43 32 (C2PA 2.5 §A.3.6.1).
/// </summary>
internal sealed class MidiTrack(ReadWindow window, ByteRange events)
{
    /// <summary>The structure that faults of a store are told of.</summary>
    public const string StoreStructure = "MIDI C2PA event";

    private const string Structure = "MIDI track";

    /// <summary>Bytes of the longest event without its data: time 4, status 1, type 1, length 4, identifier 3.</summary>
    private const int LongestHead = 13;

    private readonly List<ByteRange> _stores = [];
    private long _position = events.Offset, _storeEnd;
    private int _status;
    private bool _hasEnded;

    /// <summary>Where stores lie in the track, two of them at most.</summary>
    public IReadOnlyList<ByteRange> Stores => _stores;

    /// <summary>The last store stands right before the end of the track.</summary>
    public bool EndsWithStore { get; private set; }

    private static ReadOnlySpan<byte> Identifier => [0x00, 0x43, 0x32];

    /// <summary>Goes to the end of the track.</summary>
    /// <exception cref="MalformedDataException">An event is none, or the track ends before or behind its last; the stores before are known.</exception>
    public async ValueTask WalkAsync()
    {
        while (!_hasEnded)
        {
            if (_position == events.End)
                throw new MalformedDataException(Structure, _position, "the track ends without End of Track");
            var block = await window.FromAsync(_position, LongestHead).ConfigureAwait(false);
            ReadEvents(block.Span[..(int)Math.Min(block.Length, events.End - _position)]);
        }
        if (_position < events.End)
            throw new MalformedDataException(Structure, _position, $"{events.End - _position} bytes follow End of Track");
    }

    /// <summary>All events whose heads are in hand for certain; their data may reach behind.</summary>
    private void ReadEvents(ReadOnlySpan<byte> block)
    {
        long start = _position;
        int enough = block.Length == events.End - start ? 1 : LongestHead;
        do
        {
            long length = ReadEvent(block[(int)(_position - start)..]);
            _position += length;
        }
        while (!_hasEnded && block.Length - (_position - start) >= enough);
    }

    /// <summary>Reads one event and returns its length, time included.</summary>
    private long ReadEvent(ReadOnlySpan<byte> bytes)
    {
        var cursor = new ByteCursor(bytes, Structure, _position);
        ReadNumber(ref cursor); // time
        // A message of the same kind may leave its status out. A meta event between ends that; writers forget it, and players go on.
        int status = cursor.Peek() >= 0x80 ? cursor.ReadByte() : _status;
        switch (status)
        {
            case 0:
                throw cursor.Malformed("a status expected");
            case 0xFF:
                return ReadMetaEvent(ref cursor, bytes);
            case 0xF0 or 0xF7:
                return WithData(ref cursor, ReadNumber(ref cursor), Structure);
            case > 0xF0:
                throw cursor.Malformed($"status {status:X2} is not for files");
        }
        _status = status;
        foreach (byte data in cursor.Take(status is >= 0xC0 and < 0xE0 ? 1 : 2))
        {
            if (data >= 0x80)
                throw cursor.Malformed($"a message has bytes below 80, {data:X2} found");
        }
        return cursor.Position;
    }

    private long ReadMetaEvent(ref ByteCursor cursor, ReadOnlySpan<byte> bytes)
    {
        byte type = cursor.ReadByte();
        long length = ReadNumber(ref cursor);
        if (type == 0x2F)
        {
            _hasEnded = true;
            EndsWithStore = _storeEnd == _position;
        }
        if (type != 0x7F || length < Identifier.Length || !bytes[cursor.Position..].StartsWith(Identifier))
            return WithData(ref cursor, length, Structure);
        var data = new ByteRange(cursor.Offset, length);
        long end = WithData(ref cursor, length, StoreStructure);
        if (length == Identifier.Length)
            throw new MalformedDataException(StoreStructure, data.Offset, "the manifest store is empty");
        var store = ByteRange.FromTo(data.Offset + Identifier.Length, data.End);
        // A second store decides; further ones need no memory.
        if (_stores.Count < 2)
            _stores.Add(store);
        _storeEnd = store.End;
        return end;
    }

    private long WithData(ref ByteCursor cursor, long length, string structure) => cursor.Offset + length <= events.End
        ? cursor.Position + length
        : throw new MalformedDataException(structure, _position, $"{length} bytes expected, the track ends after {events.End - cursor.Offset}");

    /// <summary>A number of seven bits a byte, the highest first, each but the last marked; at most four.</summary>
    private static long ReadNumber(ref ByteCursor cursor)
    {
        long value = 0;
        for (int count = 0; count < 4; count++)
        {
            byte next = cursor.ReadByte();
            value = (value << 7) | (next & 0x7Fu);
            if (next < 0x80)
                return value;
        }
        throw cursor.Malformed("a number has four bytes at most");
    }
}
