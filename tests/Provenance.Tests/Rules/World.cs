using System.Globalization;
using Provenance.TestKit;
using Provenance.Verifier.Trust;

namespace Provenance.Tests.Rules;

/// <summary>Who there is in the rule cases: two authorities, a signer under each, a clock. All of it is made here and means nothing elsewhere.</summary>
internal static class World
{
    /// <summary>A day and a bit behind <see cref="TestTimeStampAuthority.UsualTime"/>, inside the usual OCSP answers.</summary>
    public static readonly DateTimeOffset Now = Utc("2026-03-15T12:00:00Z");

    public static readonly TestAuthority Root = TestAuthority.Root("Rule Root CA");
    public static readonly TestAuthority Authority = Root.Intermediate("Rule Issuing CA");
    public static readonly TestCertificate Signer = Authority.Issue("Rule Signer");

    /// <summary>Signs ingredients.</summary>
    public static readonly TestCertificate Camera = Authority.Issue("Rule Camera");

    /// <summary>An authority that no list knows.</summary>
    public static readonly TestAuthority Stranger = TestAuthority.Root("Unlisted Root CA").Intermediate("Unlisted Issuing CA");

    public static readonly TestTimeStampAuthority Tsa = TestTimeStampAuthority.Create("Rule Time Stamping");
    public static readonly TestTimeStampAuthority UnlistedTsa = TestTimeStampAuthority.Create("Unlisted Time Stamping");

    public static readonly TrustList Signers = SignerList(Root.AnchorPem);
    public static readonly TrustList TimeStampers = TrustList.FromPem("rule time stamps", TrustPurpose.TimeStamp, Tsa.AnchorPem);

    private static readonly TestJpeg s_jpeg = TestJpeg.Small();

    public static TestJpeg Jpeg => s_jpeg;

    /// <summary>The containers by the names rows use: those of <see cref="TestAssets"/>.</summary>
    public static IReadOnlyDictionary<string, TestAsset> Images { get; } = TestAssets.All.ToDictionary(asset => asset.Key, asset => asset.Value());

    public static TrustList SignerList(string anchors, string? purposes = null, string? allowed = null) =>
        TrustList.FromPem("rule signers", TrustPurpose.Signer, anchors, purposes, allowed);

    public static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>A manifest without a word on how the picture came to be.</summary>
    public static ManifestBuilder Silent(string seed = "active") => new ManifestBuilder(seed).SignedBy(Signer);

    /// <summary>A sound manifest of version 2.</summary>
    public static ManifestBuilder Sound(string seed = "active") => Silent(seed).Created();

    /// <summary>A sound manifest of version 1.</summary>
    public static ManifestBuilder Old(string seed = "active") => Silent(seed).OldClaim().Action("c2pa.created");

    /// <summary>A sound picture to be made something of, signed by the camera.</summary>
    public static SignedAsset Source(string seed = "source", TestAsset? image = null, Func<ManifestBuilder, ManifestBuilder>? how = null) =>
        (how ?? (m => m))(Sound(seed).SignedBy(Camera)).Embed(image ?? s_jpeg);

    /// <summary>The same with a claim of version 1.</summary>
    public static SignedAsset OldSource(string seed = "source", TestAsset? image = null, Func<ManifestBuilder, ManifestBuilder>? how = null) =>
        (how ?? (m => m))(Old(seed).SignedBy(Camera)).Embed(image ?? s_jpeg);
}
