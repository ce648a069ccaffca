using static Provenance.TestKit.BmffWriter;

namespace Provenance.TestKit;

/// <summary>A film or a sound in one piece: MP4, QuickTime, M4A or 3GP.</summary>
public record TestMovie : TestBmff
{
    private readonly string _format, _mediaType, _extension;
    private readonly IReadOnlyList<string> _brands;

    protected TestMovie(string format, string mediaType, string extension, IReadOnlyList<string> brands, IReadOnlyList<MovieTrack> tracks) =>
        (_format, _mediaType, _extension, _brands, Tracks) = (format, mediaType, extension, brands, tracks);

    public IReadOnlyList<MovieTrack> Tracks { get; init; }

    /// <summary>Changes <c>moov</c>, given where the media begin.</summary>
    public Func<byte[], long, byte[]>? MovieChange { get; init; }

    /// <summary>What else lies in the media's box, behind the samples.</summary>
    public byte[] MoreMedia { get; init; } = [];

    /// <summary>Only a description of samples that lie elsewhere.</summary>
    public bool IsInitialization { get; init; }

    public override string Format => _format;

    public override string MediaType => _mediaType;

    public override string Extension => _extension;

    protected override IReadOnlyList<string> Brands => _brands;

    /// <summary>Three pictures, 64×64, each a JPEG.</summary>
    public static TestMovie Mp4() => Mp4(Frames(3));

    public static TestMovie Mp4(IReadOnlyList<byte[]> frames) => new("MP4", "video/mp4", "mp4", ["isom", "iso2", "mp41"], [MovieTrack.OfJpegs(64, 64, frames, quickTime: false)]);

    public static TestMovie Mov() => new("MOV", "video/quicktime", "mov", ["qt  "], [MovieTrack.OfJpegs(64, 64, Frames(3), quickTime: true)]);

    /// <summary>A second of a tone, in the escape form of Apple Lossless: samples as they are.</summary>
    public static TestMovie M4a() => new("M4A", "audio/mp4", "m4a", ["M4A ", "mp42", "isom"], [TestSound.Tone()]);

    /// <summary>Two pictures, 128×96, in H.263.</summary>
    public static TestMovie ThreeGp() => new("3GP", "video/3gpp", "3gp", ["3gp5", "isom"], [TestH263.Track()]);

    /// <summary>The same three pictures under a brand of nobody's in particular: a common file of DECE.</summary>
    public static TestMovie OtherBrand() => new("ISO BMFF", "application/mp4", "m4s", ["ccff", "iso6"], [MovieTrack.OfJpegs(64, 64, Frames(3), quickTime: false)]);

    /// <summary>An MP4 of noise with about this many bytes.</summary>
    public static TestMovie OfAbout(long bytes)
    {
        TestJpeg noise = TestJpeg.OfAbout(Math.Min(bytes, 1_000_000));
        byte[] frame = noise.Bytes;
        return Mp4([.. Enumerable.Repeat(frame, (int)(bytes / frame.Length))]);
    }

    /// <summary>What comes before the segments of a track.</summary>
    public static TestMovie Initialization(MovieTrack track) =>
        new("MP4", "video/mp4", "mp4", ["iso5", "iso6", "mp41"], [track with { Samples = [] }]) { IsInitialization = true };

    /// <summary>JPEGs of 64×64 pixels, of a light that moves.</summary>
    public static IReadOnlyList<byte[]> Frames(int count) =>
        [.. Enumerable.Range(0, count).Select(i => TestJpeg.Of(new TestPicture(64, 64, (x, y) => (x, y, Math.Abs(x - (i + 0.5) / count)))).Bytes)];

    protected override IReadOnlyList<byte[]> Roots(long start)
    {
        if (IsInitialization) return [MovieTrack.FragmentedMovie(Tracks)];
        byte[] media = MediaBox(Join([.. Tracks.Select(track => track.Media), MoreMedia]));
        byte[] Movie(long at) => MovieTrack.Movie(Tracks, at) is var movie && MovieChange is { } change ? change(movie, at) : movie;
        return MediaFirst
            ? [media, Movie(start + MediaHeader)]
            : [Movie(start + Movie(0).Length + MediaHeader), media];
    }
}
