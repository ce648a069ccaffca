using Provenance.TestKit;

namespace Provenance.Server.Tests.Verification;

/// <summary>Pictures that somebody signed, of the size that a test needs.</summary>
internal static class SignedPictures
{
    private static readonly TestAuthority s_root = TestAuthority.Root("Server Tests Root CA");
    private static readonly TestCertificate s_signer = s_root.Issue("Server Tests Signer");

    /// <summary>One of about so many bytes.</summary>
    public static byte[] OfAbout(int bytes) => new ManifestBuilder($"server/{bytes}").Titled("picture.jpg").Created().SignedBy(s_signer).Embed(TestJpeg.OfAbout(bytes)).Bytes;
}
