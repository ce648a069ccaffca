using Provenance.TestKit;

namespace Provenance.Samples;

/// <summary>A picture whose signer's certificate names a responder, and what that may answer on 14 March 2026: for tests that ask.</summary>
internal static class RevocationFiles
{
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        TestAuthority root = TestAuthority.Root("Example Asked Root");
        TestAuthority authority = root.Intermediate("Example Asked CA");
        TestCertificate camera = authority.Issue("Example Asked Camera", change: leaf => leaf.OcspAt("http://ocsp.example/leaf"));
        TestOcspResponder responder = TestOcspResponder.Delegated(authority);
        File.WriteAllBytes(Path.Combine(folder, "photo.jpg"), new ManifestBuilder("sample/revocation").Created().SignedBy(camera).Embed(TestJpeg.Small()).Bytes);
        File.WriteAllText(Path.Combine(folder, "anchors.pem"), root.AnchorPem);
        File.WriteAllBytes(Path.Combine(folder, "good.der"), responder.Respond(camera));
        File.WriteAllBytes(Path.Combine(folder, "revoked.der"), responder.Respond(camera, OcspAnswer.Revoked));
    }
}
