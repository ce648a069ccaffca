using Provenance.TestKit;

namespace Provenance.Load;

/// <summary>The pictures that are sent: one manifest, ES256, of 1 and of 8 MB, and a small one that costs more than it weighs; and whom to trust for them.</summary>
internal static class Media
{
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var root = TestAuthority.Root("Load Root CA");
        var signer = root.Intermediate("Load Issuing CA").Issue("Load Signer");
        File.WriteAllText(Path.Combine(folder, "anchors.pem"), root.AnchorPem);
        Composite("costly", 6, inner => Composite($"costly/{inner}", 6, leaf => Sign($"costly/{inner}/{leaf}", signer, manifest => manifest.Created()), signer), signer).Save(Path.Combine(folder, "costly.jpg"));
        foreach (int megabytes in (int[])[1, 8])
            new ManifestBuilder($"load/{megabytes}").Titled("picture.jpg").Created().SignedBy(signer).Embed(TestJpeg.OfAbout(megabytes * 1_000_000)).Save(Path.Combine(folder, $"{megabytes}mb.jpg"));
    }

    // 43 manifests in some 200 KB: much to check, and little to send.
    private static SignedAsset Composite(string seed, int parts, Func<int, SignedAsset> part, TestCertificate signer) => Sign(seed, signer, manifest =>
    {
        manifest.Created("http://cv.iptc.org/newscodes/digitalsourcetype/compositeCapture");
        for (int i = 0; i < parts; i++)
            manifest.From(Ingredient.Component(part(i)).Titled($"part {i}"));
        return manifest.ActionOn("c2pa.placed", ingredient => ingredient.Relationship == "componentOf");
    });

    private static SignedAsset Sign(string seed, TestCertificate signer, Func<ManifestBuilder, ManifestBuilder> fill) =>
        fill(new ManifestBuilder($"load/{seed}").Titled("picture.jpg")).SignedBy(signer).Embed(TestJpeg.Small());
}
