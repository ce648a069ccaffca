using System.Buffers.Binary;
using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Midi;

/// <summary>
/// Standard MIDI Files of MIDI 1.0: chunks of type 4, length 4, big-endian. One track has the place of the manifest store: the only one of
/// format 0, the last of format 1, the first of format 2 (C2PA 2.5 §A.3.6):
/// <code>
/// "MThd" 6 | format 2 | tracks 2 | division 2 | "MTrk" length 4 | event | … | 00 FF 7F length 00 43 32 store | 00 FF 2F 00 | …
/// </code>
/// </summary>
internal sealed class MidiFormat : IAssetFormat
{
    private const int ChunkHeader = 8;

    private const string Structure = "MIDI chunk";

    public string Name => "MIDI";

    public IReadOnlyList<string> MediaTypes { get; } = ["audio/midi", "audio/x-midi", "audio/mid"];

    public IReadOnlyList<string> Extensions { get; } = [".mid", ".midi", ".kar"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.6", "a sequencer-specific event before the end of a track", "c2pa.hash.data");

    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith("MThd"u8);

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        var file = new MidiFile();
        MalformedDataException? damage;
        try
        {
            damage = await WalkAsync(walk, file, limits).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            damage = e;
        }
        AddStores(walk, file);
        if (damage is not null)
        {
            await walk.DamagedAsync(damage).ConfigureAwait(false);
        }
        return walk.ToMap(this, MediaTypes[0]);
    }

    /// <summary>What is known of a file so far.</summary>
    private sealed class MidiFile
    {
        public int Format { get; set; }

        public int DeclaredTracks { get; set; }

        public int Tracks { get; set; }

        /// <summary>Every store met, and the number of its track from 0.</summary>
        public List<(ByteRange Store, int Track)> Stores { get; } = [];

        /// <summary>The one track whose store counts.</summary>
        public int Place => Format == 1 ? Tracks - 1 : 0;
    }

    /// <summary>Walks all chunks; returns what was wrong inside of one, which does not keep from reading the next.</summary>
    private static async ValueTask<MalformedDataException?> WalkAsync(AssetWalk walk, MidiFile file, Limits limits)
    {
        MalformedDataException? damage = null;
        long at = 0, length = walk.Window.Length;
        for (int chunks = 0; at < length; chunks++)
        {
            if (chunks >= limits.ContainerParts)
                throw new LimitExceededException(Structure, at, nameof(Limits.ContainerParts), limits.ContainerParts);
            var head = await walk.Window.AtAsync(at, ChunkHeader + 6).ConfigureAwait(false);
            // Bytes behind the last track are a chunk only if they look like one.
            if (chunks > 0 && file.Tracks >= file.DeclaredTracks && !IsChunk(head.Span, length - at))
            {
                walk.EndsAt(at, "behind the tracks");
                break;
            }
            var (type, range) = ReadChunk(head.Span, at, length);
            if (chunks == 0)
                ReadHeader(head.Span, range, file);
            if (type == "MTrk")
                damage = await WalkTrackAsync(walk, file, range).ConfigureAwait(false) ?? damage;
            else
                walk.Region(range, type == "MThd" ? RegionKind.Structure : RegionKind.Unknown, type);
            at = range.End;
        }
        string count = $"the header says {file.DeclaredTracks} tracks, the file has {file.Tracks}";
        if (file.Tracks > file.DeclaredTracks)
            walk.Note(10, count);
        // A track that lost its name may be the one with the store.
        return damage ?? (file.Tracks < file.DeclaredTracks ? new MalformedDataException("MIDI header", 10, count) : null);
    }

    private static bool IsChunk(ReadOnlySpan<byte> head, long left) => head.Length >= ChunkHeader && ReadLength(head) <= left - ChunkHeader;

    private static long ReadLength(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt32BigEndian(head[4..]);

    private static (string Type, ByteRange Range) ReadChunk(ReadOnlySpan<byte> head, long offset, long end)
    {
        var cursor = new ByteCursor(head, Structure, offset);
        var id = cursor.Take(4);
        string type = id.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? "0x" + Convert.ToHexString(id) : Encoding.ASCII.GetString(id);
        long size = ChunkHeader + (long)cursor.ReadUInt32BigEndian();
        // What is left of a track may hold its store; its events say so.
        if (size > end - offset && type != "MTrk")
            throw new MalformedDataException(Structure, offset, $"{size} bytes expected, the file ends after {end - offset}");
        return (type, new ByteRange(offset, size));
    }

    private static void ReadHeader(ReadOnlySpan<byte> head, ByteRange chunk, MidiFile file)
    {
        var cursor = new ByteCursor(head[..(int)Math.Min(head.Length, chunk.Length)], "MIDI header", chunk.Offset);
        if (!cursor.Take(4).SequenceEqual("MThd"u8))
            throw new MalformedDataException("MIDI header", chunk.Offset, "MThd expected");
        cursor.Skip(4); // length
        file.Format = cursor.ReadUInt16BigEndian();
        file.DeclaredTracks = cursor.ReadUInt16BigEndian();
        cursor.Skip(2); // division
        if (file.Format > 2)
            throw new MalformedDataException("MIDI header", chunk.Offset + 8, $"format 0, 1 or 2 expected, {file.Format} found");
    }

    private static async ValueTask<MalformedDataException?> WalkTrackAsync(AssetWalk walk, MidiFile file, ByteRange chunk)
    {
        MalformedDataException? damage = null;
        long end = Math.Min(chunk.End, walk.Window.Length);
        var track = new MidiTrack(walk.Window, ByteRange.FromTo(chunk.Offset + ChunkHeader, end));
        try
        {
            await track.WalkAsync().ConfigureAwait(false);
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            // An event of the store's identifier that cannot be read in full is a store that is there and unreadable.
            if (e.Structure == MidiTrack.StoreStructure)
                walk.StoreFault(e);
            damage = e;
        }
        long at = chunk.Offset;
        foreach (var store in track.Stores)
        {
            walk.Region(ByteRange.FromTo(at, store.Offset), RegionKind.Media, "MTrk");
            walk.Region(store, RegionKind.ManifestStore, "FF 7F");
            file.Stores.Add((store, file.Tracks));
            at = store.End;
        }
        if (end > at)
            walk.Region(ByteRange.FromTo(at, end), RegionKind.Media, "MTrk");
        if (track.Stores.Count > 0 && !track.EndsWithStore)
            walk.Note(track.Stores[^1].Offset, "the manifest store does not stand right before End of Track (C2PA 2.5 §A.3.6.1)");
        file.Tracks++;
        return damage ?? (chunk.End > end ? new MalformedDataException(Structure, chunk.Offset, $"{chunk.Length} bytes expected, the file ends after {end - chunk.Offset}") : null);
    }

    /// <summary>One store in its place; two anywhere in the file are two (§A.3.6.1); one elsewhere is there and cannot be used.</summary>
    private static void AddStores(AssetWalk walk, MidiFile file)
    {
        if (file.Stores is [var (only, track)] && track != file.Place)
        {
            walk.StoreFault(new MalformedDataException(MidiTrack.StoreStructure, only.Offset,
                $"the manifest store of a file of format {file.Format} and {file.Tracks} tracks stands in track {file.Place + 1} (C2PA 2.5 §A.3.6.1), not in {track + 1}"));
            return;
        }
        foreach (var (store, _) in file.Stores)
            walk.Store(new StoreLocation([store], [store]));
    }

    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
