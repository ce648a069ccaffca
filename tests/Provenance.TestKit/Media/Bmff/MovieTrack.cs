using static Provenance.TestKit.BmffWriter;

namespace Provenance.TestKit;

/// <summary>One track of a film: samples, and the boxes that describe them (ISO 14496-12 §8).</summary>
/// <param name="Handler"><c>vide</c> or <c>soun</c>.</param>
/// <param name="Entry">The sample entry that stands in <c>stsd</c>.</param>
/// <param name="TimeScale">Units in a second.</param>
/// <param name="SampleTime">Units that a sample lasts.</param>
/// <param name="Samples">The coded frames.</param>
public sealed record MovieTrack(string Handler, byte[] Entry, int TimeScale, int SampleTime, IReadOnlyList<byte[]> Samples)
{
    private static readonly byte[] s_matrix = Join(U32(0x10000), U32(0), U32(0), U32(0), U32(0x10000), U32(0), U32(0), U32(0), U32(0x40000000));

    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>Offsets of 64 bits: <c>co64</c> instead of <c>stco</c>.</summary>
    public bool HasLongOffsets { get; init; }

    /// <summary>An edit list that begins so many units into the media; none when negative.</summary>
    public int EditStart { get; init; } = -1;

    public byte[] Media => Join([.. Samples]);

    private bool IsVideo => Handler == "vide";

    private long Duration => (long)SampleTime * Samples.Count;

    /// <summary>A picture in motion: each sample is a JPEG.</summary>
    public static MovieTrack OfJpegs(int width, int height, IReadOnlyList<byte[]> frames, bool quickTime)
    {
        // In MP4 a JPEG is an MPEG-4 visual stream of object type 6C (ISO 14496-1 §7.2.6.6.2); QuickTime has a name for it.
        byte[] entry = quickTime ? VisualEntry("jpeg", width, height) : VisualEntry("mp4v", width, height, StreamDescriptor(0x6C, 4));
        return new("vide", entry, 600, 40, frames) { Width = width, Height = height };
    }

    /// <summary><c>moov</c>, for samples that lie in one chunk at an offset; each track's behind the one before.</summary>
    public static byte[] Movie(IReadOnlyList<MovieTrack> tracks, long media)
    {
        List<byte[]> boxes = [MovieHeader(tracks.Max(track => track.Duration * 600 / track.TimeScale), tracks.Count)];
        foreach ((int i, MovieTrack track) in tracks.Index())
        {
            boxes.Add(track.Write(i + 1, track.Samples, media));
            media += track.Media.Length;
        }
        return Box("moov", [.. boxes]);
    }

    /// <summary><c>moov</c> of a film whose samples all lie in fragments.</summary>
    public static byte[] FragmentedMovie(IReadOnlyList<MovieTrack> tracks) => Box("moov",
    [
        MovieHeader(0, tracks.Count),
        .. tracks.Select((track, i) => track.Write(i + 1, [], 0)),
        Box("mvex", [.. tracks.Select((_, i) => FullBox("trex", 0, 0, U32(i + 1), U32(1), U32(0), U32(0), U32(0)))]),
    ]);

    /// <summary><c>moof</c> and <c>mdat</c> of samples of one track.</summary>
    public byte[][] Fragment(int sequence, int track, int firstSample, int count)
    {
        byte[][] samples = [.. Samples.Skip(firstSample).Take(count)];
        byte[] Moof(long offset) => Box("moof",
            FullBox("mfhd", 0, 0, U32(sequence)),
            Box("traf",
                FullBox("tfhd", 0, 0x020000, U32(track)), // default-base-is-moof
                FullBox("tfdt", 1, 0, U64((long)firstSample * SampleTime)),
                // Offset, and of each sample duration and size.
                FullBox("trun", 0, 0x000301, U32(samples.Length), U32(offset), Join([.. samples.Select(sample => Join(U32(SampleTime), U32(sample.Length)))]))));
        return [Moof(Moof(0).Length + 8), Box("mdat", samples)];
    }

    public static byte[] VisualEntry(string type, int width, int height, params byte[][] boxes) => Box(type,
    [
        new byte[6], U16(1), new byte[16], U16(width), U16(height), U32(0x480000), U32(0x480000), U32(0), U16(1), new byte[32], U16(24), U16(0xFFFF), .. boxes,
    ]);

    public static byte[] SoundEntry(string type, int channels, int rate, params byte[][] boxes) => Box(type,
    [
        new byte[6], U16(1), new byte[8], U16(channels), U16(16), U32(0), U32((long)rate << 16), .. boxes,
    ]);

    // ISO 14496-1 §7.2.6: ES, decoder configuration without specific data, and the sync layer of MP4 files.
    private static byte[] StreamDescriptor(byte objectType, byte streamType) =>
        FullBox("esds", 0, 0, [3, 21, 0, 0, 0, 4, 13, objectType, (byte)(streamType << 2 | 1), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 1, 2]);

    private static byte[] MovieHeader(long duration, int tracks) => FullBox("mvhd", 0, 0,
        U32(0), U32(0), U32(600), U32(duration), U32(0x10000), U16(0x100), new byte[10], s_matrix, new byte[24], U32(tracks + 1));

    private byte[] Write(int id, IReadOnlyList<byte[]> samples, long media)
    {
        long duration = (long)SampleTime * samples.Count, inMovie = duration * 600 / TimeScale;
        byte[] header = FullBox("tkhd", 0, 7, U32(0), U32(0), U32(id), U32(0), U32(inMovie), new byte[8], U16(0), U16(0), U16(IsVideo ? 0 : 0x100), U16(0),
            s_matrix, U32((long)Width << 16), U32((long)Height << 16));
        byte[] edits = EditStart < 0 ? [] : Box("edts", FullBox("elst", 0, 0, U32(1), U32(inMovie), U32(EditStart), U32(0x10000)));
        byte[] reference = Box("dinf", FullBox("dref", 0, 0, U32(1), FullBox("url ", 0, 1)));
        byte[] offsets = samples.Count == 0 ? FullBox("stco", 0, 0, U32(0))
            : HasLongOffsets ? FullBox("co64", 0, 0, U32(1), U64(media)) : FullBox("stco", 0, 0, U32(1), U32(media));
        byte[] table = Box("stbl",
            FullBox("stsd", 0, 0, U32(1), Entry),
            samples.Count == 0 ? FullBox("stts", 0, 0, U32(0)) : FullBox("stts", 0, 0, U32(1), U32(samples.Count), U32(SampleTime)),
            samples.Count == 0 ? FullBox("stsc", 0, 0, U32(0)) : FullBox("stsc", 0, 0, U32(1), U32(1), U32(samples.Count), U32(1)),
            FullBox("stsz", 0, 0, U32(0), U32(samples.Count), Join([.. samples.Select(sample => U32(sample.Length))])),
            offsets);
        return Box("trak", header, edits, Box("mdia",
            FullBox("mdhd", 0, 0, U32(0), U32(0), U32(TimeScale), U32(duration), U16(0x55C4), U16(0)),
            FullBox("hdlr", 0, 0, U32(0), FourCc(Handler), new byte[12], NulText(IsVideo ? "video" : "sound")),
            Box("minf", IsVideo ? FullBox("vmhd", 0, 1, new byte[8]) : FullBox("smhd", 0, 0, new byte[4]), reference, table)));
    }
}
