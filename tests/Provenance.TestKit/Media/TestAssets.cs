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
    };

    /// <summary>The first file of a format of the reader's; null where there is none.</summary>
    public static TestAsset? Of(string format) => All.Values.Select(make => make()).FirstOrDefault(asset => asset.Format == format);
}
