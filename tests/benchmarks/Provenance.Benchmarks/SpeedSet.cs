using Provenance.TestKit;
using Provenance.Verifier;
using Provenance.Verifier.Trust;

namespace Provenance.Benchmarks;

/// <summary>
/// The pictures whose verification is timed, and the anchors they verify under. Content and EC keys follow from fixed seeds; RSA keys and
/// signatures are new in each run, so two runs differ in bytes and not in work.
/// </summary>
internal static class SpeedSet
{
    private static readonly TestAuthority s_root = TestAuthority.Root("Benchmark Root CA");
    private static readonly TestAuthority s_issuer = s_root.Intermediate("Benchmark Issuing CA");
    private static readonly TestAuthority s_rsaRoot = TestAuthority.Root("Benchmark RSA Root CA", TestKey.Rsa(4096, "root"));
    private static readonly TestAuthority s_rsaIssuer = s_rsaRoot.Intermediate("Benchmark RSA Issuing CA", TestKey.Rsa(4096, "issuer"));
    public static readonly TestCertificate EcSigner = s_issuer.Issue("Benchmark EC Signer");
    public static readonly TestCertificate RsaSigner = s_rsaIssuer.Issue("Benchmark RSA Signer", TestKey.Rsa(2048, "signer"));
    public static readonly TestTimeStampAuthority Stamps = new(s_rsaIssuer.IssueTimeStamper("Benchmark Time Stamping", TestKey.Rsa(4096, "stamps")));

    private static string Anchors => s_root.AnchorPem + s_rsaRoot.AnchorPem;

    /// <summary>Makes the files and <c>anchors.pem</c>.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "anchors.pem"), Anchors);
        Save("small.jpg", Small());
        Save("stamped.jpg", Stamped());
        Save("deep.jpg", Deep());
        Save("many.jpg", Many());
        Save("large.jpg", Large());
        foreach (var (name, asset) in OtherFormats())
            Save(name, Manifest(name).Created().SignedBy(EcSigner).Embed(asset));

        void Save(string name, SignedAsset asset)
        {
            asset.Save(Path.Combine(folder, name));
            Console.WriteLine($"{name}: {asset.Bytes.Length} bytes, {asset.Manifests.Count} manifests");
        }
    }

    /// <summary>Trusts the signers and the time-stamp authority of these pictures.</summary>
    public static VerificationPolicy Policy() => VerificationPolicy.WithTrust(
        TestTimeStampAuthority.UsualTime.AddMonths(1), TrustList.FromPem("signers", TrustPurpose.Signer, Anchors), TrustList.FromPem("stamps", TrustPurpose.TimeStamp, Anchors));

    /// <summary>0.1 MB: one manifest, ES256, no time stamp.</summary>
    public static SignedAsset Small() => Manifest("small").Created().SignedBy(EcSigner).Embed(TestJpeg.OfAbout(98_000));

    // 0.13 MB: one manifest, PS256, stamped by an authority with RSA keys of 4096 bits, as the usual ones have.
    private static SignedAsset Stamped() =>
        Manifest("stamped").Created().SignedBy(RsaSigner).TimeStampedBy(Stamps).With(Thumbnail("stamped", 8_000)).Embed(TestJpeg.OfAbout(110_000));

    // 0.66 MB: four manifests, each the parent of the next, with thumbnails of the picture and of its parent.
    private static SignedAsset Deep()
    {
        SignedAsset picture = Manifest("deep/0").Created().With(Thumbnail("deep/0", 40_000)).SignedBy(RsaSigner).TimeStampedBy(Stamps).Embed(TestJpeg.Small());
        for (int step = 1; step <= 3; step++)
        {
            TestAsset image = step == 3 ? TestJpeg.OfAbout(380_000) : TestJpeg.Small();
            picture = Manifest($"deep/{step}")
                .From(Ingredient.Parent(picture).Titled($"step {step}") with { Thumbnail = Picture($"deep/{step}/parent", 30_000) }).Opened()
                .Action("c2pa.color_adjustments").Action("c2pa.filtered")
                .With(Thumbnail($"deep/{step}", 30_000))
                .SignedBy(step % 2 == 0 ? RsaSigner : EcSigner).TimeStampedBy(Stamps).Embed(image);
        }
        return picture;
    }

    /// <summary>1.6 MB: a composite of six pictures, each a composite of three, every one with manifest, time stamp and thumbnails: 25 manifests.</summary>
    public static SignedAsset Many() => Composite("many", parts: 6, TestJpeg.OfAbout(550_000),
        part => Composite($"many/{part}", parts: 3, TestJpeg.Small(), inner => Leaf($"many/{part}/{inner}")));

    private static SignedAsset Composite(string seed, int parts, TestAsset image, Func<int, SignedAsset> part)
    {
        ManifestBuilder manifest = Manifest(seed).Created("http://cv.iptc.org/newscodes/digitalsourcetype/compositeCapture").With(Thumbnail(seed, 18_000));
        for (int i = 0; i < parts; i++)
            manifest.From(Ingredient.Component(part(i)).Titled($"part {i}") with { Thumbnail = Picture($"{seed}/{i}", 18_000) });
        return manifest.ActionOn("c2pa.placed", i => i.Relationship == "componentOf").SignedBy(EcSigner).TimeStampedBy(Stamps).Embed(image);
    }

    private static SignedAsset Leaf(string seed) =>
        Manifest(seed).Created().With(Thumbnail(seed, 18_000)).SignedBy(RsaSigner).TimeStampedBy(Stamps).Embed(TestJpeg.Small());

    // 20 MB: nearly all of it is hashed picture.
    private static SignedAsset Large() => Manifest("large").Created().SignedBy(EcSigner).Embed(TestJpeg.OfAbout(20_000_000));

    // One file of each other kind: as big as what people send each other.
    private static IEnumerable<(string Name, TestAsset Asset)> OtherFormats()
    {
        yield return ("picture.png", TestPng.OfAbout(30_000_000));
        yield return ("film.mp4", TestMovie.OfAbout(40_000_000));
        yield return ("sound.wav", TestWav.Small() with { Samples = Noise(40_000_000) });
        yield return ("scan.tif", TestTiff.Of(TestPicture.Noise(2500, 2000)));
        yield return ("photo.heic", TestHeif.Heic(Noise(4_000_000)));
        yield return ("photo.avif", TestHeif.Avif(Noise(2_000_000)));
        string content = string.Concat(Enumerable.Repeat("0.25 0.5 0.75 rg 72 700 200 40 re f % drawn over and over\n", 90_000));
        yield return ("paper.pdf", TestPdf.Small() with { MoreObjects = [(20, $"<< /Length {content.Length} >>\nstream\n{content}endstream")] });
    }

    private static byte[] Noise(int bytes) => TestPicture.Noise(bytes / 3 + 1, 1).Rgb[..bytes];

    public static ManifestBuilder Manifest(string seed) => new ManifestBuilder("benchmark/" + seed).Titled(seed.Contains('.', StringComparison.Ordinal) ? seed : seed + ".jpg");

    private static Assertion Thumbnail(string seed, int bytes) => StandardAssertions.Thumbnail(Picture(seed + "/thumbnail", bytes));

    // Noise in a comment: a thumbnail is hashed, never decoded.
    private static TestJpeg Picture(string seed, int bytes) => TestJpeg.Small().WithSegment(0xFE, Seeded.Bytes(seed, bytes));
}
