using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Ogg;

/// <summary>The logical bitstreams met so far: what they are, told by the start of their first packets.</summary>
internal sealed class OggStreams(Limits limits)
{
    private readonly Dictionary<uint, StoreStream?> _streams = [];
    private readonly List<StoreStream> _stores = [];
    private bool _hasVideo, _hasAudio;

    /// <summary>Streams of manifest stores, in file order.</summary>
    public IReadOnlyList<StoreStream> Stores => _stores;

    /// <summary>RFC 5334: video if any stream is, then audio, then whatever else there may be.</summary>
    public string MediaType => _hasVideo ? "video/ogg" : _hasAudio ? "audio/ogg" : "application/ogg";

    /// <summary>Whether a stream starts here whose first packet should be looked at.</summary>
    public bool IsStart(OggPage page) => (page.IsFirst || !_streams.ContainsKey(page.Serial)) && StoreOf(page) is null;

    /// <summary>The stream of a manifest store that the page belongs to; null for all other pages.</summary>
    public StoreStream? StoreOf(OggPage page) => _streams.GetValueOrDefault(page.Serial);

    /// <summary>Learns what a stream is.</summary>
    public void Start(OggPage page, ReadOnlySpan<byte> packet)
    {
        bool isReused = _streams.ContainsKey(page.Serial);
        if (!isReused && _streams.Count == limits.ContainerParts)
            throw new LimitExceededException("Ogg", page.Range.Offset, nameof(Limits.ContainerParts), limits.ContainerParts);
        StoreStream? store = null;
        if (packet.StartsWith(StoreStream.Identifier))
        {
            if (_stores.Count == limits.ContainerParts)
                throw new LimitExceededException("Ogg", page.Range.Offset, nameof(Limits.ContainerParts), limits.ContainerParts);
            store = new StoreStream(page, isReused, limits);
            _stores.Add(store);
        }
        else if (IsVideo(packet))
        {
            _hasVideo = true;
        }
        else if (IsAudio(packet))
        {
            _hasAudio = true;
        }
        _streams[page.Serial] = store;
    }

    private static ReadOnlySpan<byte> Theora => [0x80, (byte)'t', (byte)'h', (byte)'e', (byte)'o', (byte)'r', (byte)'a'];

    private static bool IsVideo(ReadOnlySpan<byte> packet) =>
        packet.StartsWith(Theora) || packet.StartsWith("BBCD"u8) || packet.StartsWith("OVP80"u8);

    private static bool IsAudio(ReadOnlySpan<byte> packet) =>
        packet.StartsWith("\u0001vorbis"u8) || packet.StartsWith("OpusHead"u8) || packet.StartsWith("\u007FFLAC"u8) || packet.StartsWith("Speex   "u8);
}
