using Provenance.TestKit;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;
using Provenance.Verifier.Trust;

namespace Provenance.Tests.Hostile;

/// <summary>A small signed file that the policy here trusts, to be attacked.</summary>
internal sealed class Subject
{
    private static readonly TestAuthority s_root = TestAuthority.Root("Hostile Root");
    private static readonly TestAuthority s_authority = s_root.Intermediate("Hostile CA");
    private static readonly Lazy<IReadOnlyList<Subject>> s_all = new(MakeAll);

    private Subject(string name, SignedAsset asset, bool isSidecar = false)
    {
        (Name, Asset) = (name, asset);
        Companions = isSidecar ? new() { Manifest = new(asset.Store) } : AssetCompanions.None;
    }

    public string Name { get; }

    public SignedAsset Asset { get; }

    public byte[] Bytes => Asset.Bytes;

    public AssetCompanions Companions { get; }

    public static TestCertificate Signer { get; } = s_authority.Issue("Hostile Signer");

    public static TestTimeStampAuthority Stamper { get; } = new(s_root.IssueTimeStamper("Hostile Stamps"));

    /// <summary>An OCSP answer that says good of the signer.</summary>
    public static byte[] Staple { get; } = TestOcspResponder.Delegated(s_authority).Respond(Signer);

    /// <summary>Trusts the signers and time stamps of these files, in the middle of 2026.</summary>
    public static VerificationPolicy Trusting { get; } = VerificationPolicy.WithTrust(
        new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero),
        TrustList.FromPem("signers", TrustPurpose.Signer, s_root.AnchorPem),
        TrustList.FromPem("stampers", TrustPurpose.TimeStamp, s_root.AnchorPem));

    /// <summary>PEM of the one anchor of both lists.</summary>
    public static string AnchorPem => s_root.AnchorPem;

    /// <summary>Every container, every kind of binding, and a part of every kind.</summary>
    public static IReadOnlyList<Subject> All => s_all.Value;

    public static Subject Named(string name) => All.Single(subject => subject.Name == name);

    public static ManifestBuilder Manifest(string seed) => new ManifestBuilder(seed).SignedBy(Signer);

    public ValueTask<VerificationReport> VerifyAsync(byte[] bytes) => Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(bytes), Companions, Trusting);

    /// <summary>The report as the command line prints it.</summary>
    public static string Json(VerificationReport report)
    {
        using var text = new StringWriter();
        ReportJson.Write(text, report);
        return text.ToString();
    }

    private static List<Subject> MakeAll()
    {
        // No two share a picture: a store moved from one to the other must not fit.
        int pictures = 0;
        TestPicture Picture() => TestPicture.Flat(8, 8, level: pictures++ / 16.0);
        TestJpeg Jpeg() => TestJpeg.Of(Picture());
        TestPng Png() => TestPng.Of(Picture());
        TestWebP WebP() => TestWebP.Of(Picture());
        var parent = Manifest("parent").Created().With(Assertion.Json("org.example.note", "{\"a\": [1, 2.5, null]}").Salted()).Embed(Png());
        var packed = Manifest("packed").Created().BoundBy(HardBinding.Boxes()).Compressed().Embed(Png());
        var updated = Png();
        var standard = Manifest("standard").Created().Embed(updated);
        return
        [
            new("jpeg", Manifest("jpeg").Created().Embed(Jpeg())),
            new("png", Manifest("png").Created().Embed(Png())),
            new("webp", Manifest("webp").Created().Embed(WebP())),
            new("boxes", Manifest("boxes").Created().BoundBy(HardBinding.Boxes(oneByOne: true)).Embed(Png())),
            new("stamped", Manifest("stamped").Created().TimeStampedBy(Stamper).Stapled(Staple).Embed(Jpeg())),
            new("family", Manifest("family").From(Ingredient.Parent(parent) with { Thumbnail = Png() }).Opened().Placed(packed, "packed")
                .With(StandardAssertions.Metadata()).Embed(WebP())),
            new("standard", standard),
            new("update", Manifest("update").Update().Opened(standard).Embed(updated)),
            new("older", Manifest("older").OldClaim().Created().TimeStampedBy(Stamper).Embed(Jpeg().InPiecesOf(900).WithXmp())),
            new("parts", Manifest("parts").Created().BoundBy([HardBinding.Data(), .. HardBinding.Parts(HardBinding.PictureAndRest, 2)]).Embed(Jpeg().WithTrailing(Png().Bytes))),
            new("film", Manifest("film").Created().Embed(TestMovie.Mp4([Jpeg().Bytes]))),
            new("trees", Manifest("trees").Created().Embed(TestMovie.Mp4([Jpeg().Bytes]).BoundAs(BmffRecipe.WithTrees(MerkleRecipe.Blocks(100).InRow(1))))),
            new("sidecar", Manifest("sidecar").Created().Sidecar(Png()), isSidecar: true),
        ];
    }
}
