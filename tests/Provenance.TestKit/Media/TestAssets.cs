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
        ["gif"] = TestGif.Small,
        ["gif-87a"] = () => TestGif.Small() with { Version = "87a", LocalColours = true },
        ["gif-film"] = () => TestGif.Small().WithComment("two").WithXmp() with { Frames = 2 },
        ["tiff"] = TestTiff.Small,
        ["tiff-big-endian"] = () => TestTiff.Small() with { BigEndian = true, ExcludesCount = true },
        ["tiff-pages"] = () => TestTiff.Small().WithXmp().WithIptc() with { Pages = 3 },
        ["tiff-own-directory"] = () => TestTiff.Small() with { Place = TiffPlace.OwnDirectory },
        ["bigtiff"] = () => TestTiff.Small() with { IsBig = true, ExcludesCount = true },
        ["dng"] = () => TestTiff.Small() with { IsDng = true },
        ["svg"] = TestXml.Svg,
        ["svg-own-namespace"] = () => TestXml.Svg() with { RootAttributes = "", Element = ("c2pa:manifest xmlns:c2pa=\"http://c2pa.org/manifest\"", "c2pa:manifest"), White = ("\n    ", "\n  ") },
        ["ttml"] = TestXml.Ttml,
        ["jxl"] = TestJxl.Small,
        ["jxl-boxes"] = () => TestJxl.Small().WithXmp(isPacked: true).WithExif() with { Parts = 2, BindsBoxes = true },
    };

    /// <summary>The first file of a format of the reader's; null where there is none.</summary>
    public static TestAsset? Of(string format) => All.Values.Select(make => make()).FirstOrDefault(asset => asset.Format == format);
}
