using Provenance.TestKit;

namespace Provenance.Server.Tests.Verification;

/// <summary>Pictures that somebody signed, of the size that a test needs.</summary>
internal static class SignedPictures
{
    private static readonly TestAuthority s_root = TestAuthority.Root("Server Tests Root CA");
    private static readonly TestCertificate s_signer = s_root.Issue("Server Tests Signer");

    /// <summary>One of about so many bytes.</summary>
    public static byte[] OfAbout(int bytes) => new ManifestBuilder($"server/{bytes}").Titled("picture.jpg").Created().SignedBy(s_signer).Embed(TestJpeg.OfAbout(bytes)).Bytes;

    /// <summary>One whose credential says so many long things.</summary>
    public static byte[] WithWords(int words)
    {
        var manifest = new ManifestBuilder("server/words").Titled("<script>\u202E__proto__").Created();
        for (int i = 0; i < words; i++)
            manifest.Action("c2pa.edited", action => action.Add("description", string.Concat(Enumerable.Repeat("<b>\"}\u0000", 100))));
        return manifest.SignedBy(s_signer).Embed(TestJpeg.Small()).Bytes;
    }

    /// <summary>One whose credential is where it says, and not in it.</summary>
    public static SignedAsset Detached(string url) => new ManifestBuilder("server/detached").Titled("picture.jpg").Created().SignedBy(s_signer).Sidecar(TestJpeg.Small().WithXmp(TestMetadata.Xmp(url)));

    /// <summary>One that says where its credential is kept.</summary>
    public static byte[] PointingTo(string url) => TestJpeg.Small().WithXmp(TestMetadata.Xmp(url)).Bytes;
}
