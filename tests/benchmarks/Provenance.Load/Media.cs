using Provenance.TestKit;

namespace Provenance.Load;

/// <summary>The pictures that are sent: one manifest, ES256, of 1 and of 8 MB; and whom to trust for them.</summary>
internal static class Media
{
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var root = TestAuthority.Root("Load Root CA");
        var signer = root.Intermediate("Load Issuing CA").Issue("Load Signer");
        File.WriteAllText(Path.Combine(folder, "anchors.pem"), root.AnchorPem);
        foreach (int megabytes in (int[])[1, 8])
            new ManifestBuilder($"load/{megabytes}").Titled("picture.jpg").Created().SignedBy(signer).Embed(TestJpeg.OfAbout(megabytes * 1_000_000)).Save(Path.Combine(folder, $"{megabytes}mb.jpg"));
    }
}
