using System.Globalization;
using Provenance.TestKit;

namespace Provenance.Benchmarks;

/// <summary>
/// A folder as a newsroom has one: pictures of 0.1 to 4 MB, sizes evenly spread and mixed, three of four with a credential, of those a third with
/// a time stamp and RSA keys and a third with the credential of a source. Pictures follow from fixed seeds.
/// </summary>
internal static class FolderSet
{
    private const int Sizes = 50, SmallestBytes = 100_000, LargestBytes = 4_000_000;

    /// <summary>Makes the files.</summary>
    public static void Write(string folder, int files)
    {
        Directory.CreateDirectory(folder);
        // To draw a picture takes longer than to sign it: each is signed several times.
        var pictures = Enumerable.Range(0, Sizes).Select(size => TestJpeg.OfAbout(SmallestBytes + size * (LargestBytes - SmallestBytes) / (Sizes - 1))).ToList();
        var source = SpeedSet.Manifest("folder/source").Created().SignedBy(SpeedSet.EcSigner).Embed(TestJpeg.Small());
        for (int i = 0; i < files; i++)
        {
            // Every size equally often; neighbours lie apart, so that no stretch of the folder is all small or all large.
            var picture = pictures[(int)((long)i * 7919 % Sizes)];
            string name = string.Create(CultureInfo.InvariantCulture, $"IMG_{i:D4}.jpg");
            var manifest = SpeedSet.Manifest("folder/" + name);
            byte[] bytes = (i / 3 % 4) switch
            {
                0 => manifest.Created().SignedBy(SpeedSet.EcSigner).Embed(picture).Bytes,
                1 => manifest.Created().SignedBy(SpeedSet.RsaSigner).TimeStampedBy(SpeedSet.Stamps).Embed(picture).Bytes,
                2 => manifest.From(Ingredient.Parent(source)).Opened().Action("c2pa.cropped").SignedBy(SpeedSet.EcSigner).Embed(picture).Bytes,
                _ => picture.Bytes,
            };
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }
}
