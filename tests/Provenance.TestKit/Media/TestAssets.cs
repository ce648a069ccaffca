namespace Provenance.TestKit;

/// <summary>The one list of files this kit can make and sign: at least one for every format the reader knows, one for each way a format can be laid out.</summary>
public static class TestAssets
{
    /// <summary>Each by a short name, made anew when asked for.</summary>
    public static IReadOnlyDictionary<string, Func<TestAsset>> All { get; } = new Dictionary<string, Func<TestAsset>>(StringComparer.Ordinal)
    {
        ["jpeg"] = TestJpeg.Small,
        ["png"] = TestPng.Small,
        ["webp"] = TestWebP.Small,
        ["wav"] = TestWav.Small,
        ["wav-broadcast"] = TestWav.Broadcast,
        ["wav-rf64"] = () => TestWav.Wide(WavForm.Rf64),
        ["wav-bw64"] = () => TestWav.Wide(WavForm.Bw64),
        ["avi"] = TestAvi.Small,
        ["avi-opendml"] = TestAvi.OpenDml,
        ["gif"] = TestGif.Small,
        ["gif-87a"] = () => TestGif.Small() with { Version = "87a", LocalColours = true },
        ["gif-film"] = () => TestGif.Small().WithComment("two").WithXmp() with { Frames = 2 },
        ["mp4"] = TestMovie.Mp4,
        ["mp4-large-mdat"] = () => TestMovie.Mp4() with { MediaSize = MediaSize.Large },
        ["mp4-moov-last"] = () => TestMovie.Mp4() with { MediaFirst = true },
        ["mp4-trees"] = () => TestMovie.Mp4().BoundAs(BmffRecipe.WithTrees(MerkleRecipe.Blocks(1000).InRow(1))),
        ["mp4-fragmented"] = () => TestFragmentedMovie.Small(),
        ["mov"] = TestMovie.Mov,
        ["m4a"] = TestMovie.M4a,
        ["3gp"] = TestMovie.ThreeGp,
        ["bmff"] = TestMovie.OtherBrand,
        ["heic"] = TestHeif.Heic,
        ["heif"] = TestHeif.Heif,
        ["avif"] = TestHeif.Avif,
        ["tiff"] = TestTiff.Small,
        ["tiff-big-endian"] = () => TestTiff.Small() with { BigEndian = true, ExcludesCount = true },
        ["tiff-pages"] = () => TestTiff.Small().WithXmp().WithIptc() with { Pages = 3 },
        ["tiff-own-directory"] = () => TestTiff.Small() with { Place = TiffPlace.OwnDirectory },
        ["bigtiff"] = () => TestTiff.Small() with { IsBig = true, ExcludesCount = true },
        ["dng"] = () => TestTiff.Small() with { IsDng = true },
        ["mp3"] = TestMp3.Small,
        ["mp3-id3v2.2"] = () => TestMp3.With(new() { Version = 2, Encoding = 0 }),
        ["mp3-id3v2.3"] = () => TestMp3.With(new() { Version = 3, Encoding = 1, ExtendedHeader = true, Padding = 100 }) with { OldTag = true },
        ["mp3-id3v2.3-unsynchronised"] = () => TestMp3.With(new() { Version = 3, Encoding = 1, Unsynchronised = true, ExtendedHeader = true, Padding = 100 }),
        ["mp3-id3v2.4-unsynchronised"] = () => TestMp3.With(new() { Unsynchronised = true, LengthIndicator = true, ExtendedHeader = true, Footer = true }),
        ["mp3-untagged"] = () => TestMp3.Small() with { NoTag = true },
        ["flac"] = TestFlac.Small,
        ["flac-untagged"] = () => TestFlac.Small() with { NoTag = true },
        ["aac"] = TestAac.Small,
        ["html"] = TestHtml.Small,
        ["text"] = TestText.Small,
        ["text-decomposed"] = TestText.Decomposed,
        ["structured-text"] = TestStructuredText.Small,
        ["structured-text-end"] = TestStructuredText.AtEnd,
        ["structured-text-middle"] = TestStructuredText.InMiddle,
        ["front-matter"] = TestStructuredText.InFrontMatter,
        ["json-lines"] = TestJsonLines.Small,
        ["log"] = TestJsonLines.Log,
    };

    /// <summary>The first file of a format of the reader's; null where there is none.</summary>
    public static TestAsset? Of(string format) => All.Values.Select(make => make()).FirstOrDefault(asset => asset.Format == format);
}
