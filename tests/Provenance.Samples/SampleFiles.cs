using System.Security.Cryptography;
using Provenance.TestKit;

namespace Provenance.Samples;

/// <summary>
/// The four pictures of <c>tests/samples</c> and the anchors they verify under. The private keys follow from names in
/// this repository, so anybody can sign as these signers: never trust the anchors outside tests.
/// </summary>
internal static class SampleFiles
{
    private const string When = "2026-03-14T09:20:00Z";
    private static readonly TestAuthority s_root = TestAuthority.Root("Example Root CA", change: c => c.Organization("Example Trust Services"));
    private static readonly TestAuthority s_authority = s_root.Intermediate("Example Issuing CA", change: c => c.Organization("Example Trust Services"));
    private static readonly TestCertificate s_newsroom = Signer("Example Newsroom Signing", "Example Newsroom");
    private static readonly TestCertificate s_camera = Signer("Example Camera EX-1", "Example Camera");
    private static readonly TestCertificate s_generator = Signer("Example Image Generator", "Example AI Lab");
    private static readonly TestTimeStampAuthority s_stamps = TestTimeStampAuthority.Create(leaf: c => c.Organization("Example Trust Services"));

    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        SignedAsset good = Good();
        Save(folder, "good.jpg", good.Bytes);
        Save(folder, "changed.jpg", good.MediaChanged());
        Save(folder, "none.jpg", Picture().Bytes);
        Save(folder, "ai.jpg", Generated().Bytes);
        File.WriteAllText(Path.Combine(folder, "anchors.pem"), s_root.AnchorPem);
        File.WriteAllText(Path.Combine(folder, "tsa-anchors.pem"), s_stamps.AnchorPem);
    }

    // A photograph by a camera, cropped and brightened in a newsroom.
    private static SignedAsset Good() => new ManifestBuilder("sample/good")
        .Titled("harbour-morning.jpg")
        .From(Ingredient.Parent(Photograph()).Titled("EX1_0042.jpg") with { Thumbnail = TestJpeg.Of(Scene().Shrink(5), coarseness: 6) })
        .ActionOn("c2pa.opened", i => i.Relationship == "parentOf", a => a.Add("when", new CborTagged(0, When)))
        .Action("c2pa.cropped", a => a.With("when", new CborTagged(0, "2026-03-14T09:21:00Z")).Add("softwareAgent", Agent("Example Editor", "4.2")))
        .Action("c2pa.adjustedColor", a => a.With("when", new CborTagged(0, "2026-03-14T09:22:30Z")).Add("softwareAgent", Agent("Example Editor", "4.2")))
        .With(StandardAssertions.Thumbnail(TestJpeg.Of(Crop().Shrink(4), coarseness: 6)))
        .SignedBy(s_newsroom).TimeStampedBy(s_stamps)
        .Embed(Picture());

    private static SignedAsset Photograph() => new ManifestBuilder("sample/photograph")
        .GeneratedBy("Example Camera Firmware", "1.7")
        .Titled("EX1_0042.jpg")
        .Action("c2pa.created", a => a.With("when", new CborTagged(0, "2026-03-14T07:58:12Z")).Add("digitalSourceType", DigitalSource.Camera))
        .SignedBy(s_camera).TimeStampedBy(s_stamps.At("2026-03-14T07:58:15Z"))
        .Embed(TestJpeg.Of(Scene()));

    private static SignedAsset Generated() => new ManifestBuilder("sample/ai")
        .GeneratedBy("Example Dream", "2.0")
        .Titled("dream.jpg")
        .Action("c2pa.created", a => a.With("when", new CborTagged(0, When)).With("digitalSourceType", DigitalSource.ArtificialIntelligence).Add("softwareAgent", Agent("Example Dream", "2.0")))
        .SignedBy(s_generator).TimeStampedBy(s_stamps)
        .Embed(TestJpeg.Of(TestPicture.Dream(400, 260), coarseness: 5));

    private static TestPicture Scene() => TestPicture.Landscape(480, 320);

    private static TestPicture Crop() => Scene().Crop(64, 24, 400, 260);

    // One restart interval for each row of blocks keeps the damage of a changed byte to that row.
    private static TestJpeg Picture() => TestJpeg.Of(Crop(), coarseness: 3, restartInterval: 50);

    private static CborFields Agent(string name, string version) => new() { { "name", name }, { "version", version } };

    private static TestCertificate Signer(string name, string organization) =>
        s_authority.Issue(name, change: c => c.Country("ZZ").Organization(organization));

    private static void Save(string folder, string name, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(folder, name), bytes);
        Console.WriteLine($"{name} {bytes.Length} bytes, sha256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}");
    }
}
