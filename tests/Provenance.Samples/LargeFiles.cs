using Provenance.TestKit;

namespace Provenance.Samples;

/// <summary>What the memory of a browser is measured with: pictures of two megabytes, and a film of one gigabyte that takes no room on the disk.</summary>
internal static class LargeFiles
{
    private const int Pictures = 4, PictureBytes = 2_000_000;
    private const long FilmBytes = 1L << 30;

    private static readonly TestCertificate s_signer = TestAuthority.Root("Large Root").Issue("Large Signer");

    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        // A picture takes long to encode: each is the same with other bytes behind its end, which its signature covers.
        var picture = TestJpeg.OfAbout(PictureBytes);
        for (byte i = 0; i < Pictures; i++)
            new ManifestBuilder($"large/picture-{i}").Created().SignedBy(s_signer).Embed(picture with { Trailing = [i] }).Save(Path.Combine(folder, $"picture-{i}.jpg"));
        var film = BigAsset.Mp4(FilmBytes);
        film.Save(Path.Combine(folder, "film.mp4"), new ManifestBuilder("large/film").Created().SignedBy(s_signer).Embed(film).Store);
    }
}
