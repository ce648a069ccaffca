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
        ["pdf"] = TestPdf.Small,
        ["pdf-streams"] = TestPdf.WithStreams,
        ["pdf-update"] = TestPdf.WithUpdate,
    };

    /// <summary>The first file of a format of the reader's; null where there is none.</summary>
    public static TestAsset? Of(string format) => All.Values.Select(make => make()).FirstOrDefault(asset => asset.Format == format);
}
