using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Provenance.TestKit;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Trust;
using Xunit;

namespace Provenance.Tests.Trust;

public sealed class ListSignatureTests
{
    private static readonly byte[] s_list = "{\"a\":1}"u8.ToArray();
    private static readonly TestCertificate s_editor = TestAuthority.SelfSigned("Editor"), s_stranger = TestAuthority.SelfSigned("Stranger");
    private static readonly TestListSigner s_signer = new(s_editor);

    [Fact]
    public async Task A_sound_signature_of_the_pinned_certificate_is_good()
    {
        var check = await CheckAsync(s_list, s_signer.Sign(s_list), s_signer.Sha256);
        Assert.Equal((ListSignatureResult.Good, s_signer.Sha256), (check.Result, check.SignerSha256));
        Assert.Equal("Editor", check.Signer!.Subject.CommonName);
        Assert.True(check.IsGood);
        Assert.Equal(ListSignatureResult.Good, (await CheckAsync(s_list, s_signer.Sign(s_list), s_signer.Sha256.ToUpperInvariant())).Result);
        Assert.Equal(ListSignatureResult.Good, (await CheckAsync(s_list, new TestListSigner(s_editor) { Named = s_editor }.Sign(s_list), null)).Result);
    }

    [Theory]
    [InlineData("P-384")]
    [InlineData("Ed25519")]
    [InlineData("RSA")]
    public async Task Keys_of_other_kinds_sign_as_well(string kind)
    {
        var editor = TestAuthority.SelfSigned("Editor", kind switch { "P-384" => TestKey.P384("e"), "Ed25519" => TestKey.Ed25519("e"), _ => TestKey.Rsa(2048) });
        var signer = new TestListSigner(editor) { Method = kind == "P-384" ? SignatureMethod.Es256 : null };
        Assert.Equal(ListSignatureResult.Good, (await CheckAsync(s_list, signer.Sign(s_list), signer.Sha256)).Result);
    }

    [Fact]
    public async Task What_the_platform_signs_is_good_in_DER_and_in_PEM()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Editor", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
        var cms = new SignedCms(new ContentInfo(s_list), detached: true);
        var signer = new CmsSigner(certificate) { IncludeOption = X509IncludeOption.EndCertOnly, DigestAlgorithm = new("2.16.840.1.101.3.4.2.1") };
        // Without any attribute the platform signs the content itself, which could be mistaken for attributes: refused.
        signer.SignedAttributes.Add(new Pkcs9SigningTime(DateTime.UnixEpoch));
        cms.ComputeSignature(signer);
        byte[] der = cms.Encode();

        var check = await CheckAsync(s_list, der, null);
        Assert.Equal((ListSignatureResult.Good, Convert.ToHexStringLower(SHA256.HashData(certificate.RawData))), (check.Result, check.SignerSha256));
        string pem = PemEncoding.WriteString("CMS", der);
        Assert.Equal(ListSignatureResult.Good, (await CheckAsync(s_list, System.Text.Encoding.ASCII.GetBytes(pem + "\n\n"), check.SignerSha256)).Result);
        foreach (string odd in new[] { pem + "\nx", pem + "\n" + pem, pem.Replace("CMS", "PKCS7", StringComparison.Ordinal) })
            Assert.Equal(ListSignatureResult.Malformed, (await CheckAsync(s_list, System.Text.Encoding.ASCII.GetBytes(odd), null)).Result);
    }

    [Fact]
    public async Task A_signature_without_signed_attributes_is_malformed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=Editor", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
        var cms = new SignedCms(new ContentInfo(s_list), detached: true);
        cms.ComputeSignature(new CmsSigner(certificate) { IncludeOption = X509IncludeOption.EndCertOnly });
        Assert.Equal(ListSignatureResult.Malformed, (await CheckAsync(s_list, cms.Encode(), null)).Result);
    }

    [Fact]
    public async Task Any_changed_bit_of_the_list_or_of_the_signature_is_noticed()
    {
        byte[] signature = s_signer.Sign(s_list);
        for (int i = 0; i < s_list.Length; i++)
            Assert.Equal(ListSignatureResult.Wrong, (await CheckAsync(Changed(s_list, i), signature, s_signer.Sha256)).Result);
        // What stands before the certificate, a version and a list of digests among it, is no part of what is signed.
        for (int i = signature.AsSpan().IndexOf(s_editor.Der); i < signature.Length; i++)
        {
            var check = await CheckAsync(s_list, Changed(signature, i), s_signer.Sha256);
            Assert.False(check.IsGood, $"bit of byte {i}");
            Assert.NotEmpty(check.Reason);
        }
    }

    [Fact]
    public async Task Another_signer_than_the_pinned_one_is_told_with_its_fingerprint()
    {
        var stranger = new TestListSigner(s_stranger);
        var check = await CheckAsync(s_list, stranger.Sign(s_list), s_signer.Sha256);
        Assert.Equal((ListSignatureResult.OtherSigner, stranger.Sha256, false), (check.Result, check.SignerSha256, check.IsGood));
        Assert.Contains(s_signer.Sha256, check.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_of_the_same_name_and_another_key_is_wrong()
    {
        // The stranger's certificate claims the editor's name and number; only the pinned bytes count.
        var impostor = TestAuthority.SelfSigned("Editor", TestKey.P256("another"));
        Assert.Equal(ListSignatureResult.OtherSigner, (await CheckAsync(s_list, new TestListSigner(impostor).Sign(s_list), s_signer.Sha256)).Result);
    }

    [Fact]
    public async Task What_is_no_detached_signature_with_its_certificate_is_malformed()
    {
        foreach (var signer in new[]
        {
            new TestListSigner(s_editor) { Encloses = true },
            new TestListSigner(s_editor) { EnclosesCertificate = false },
            new TestListSigner(s_editor) { Signers = 0 },
            new TestListSigner(s_editor) { Signers = 2 },
            new TestListSigner(s_editor) { ContentType = "1.2.840.113549.1.9.16.1.4" },
        })
            Assert.Equal(ListSignatureResult.Malformed, (await CheckAsync(s_list, signer.Sign(s_list), null)).Result);
        byte[] sound = s_signer.Sign(s_list);
        foreach (byte[] bytes in new byte[][] { [], sound[..^1], [.. sound, 0], "-----BEGIN CMS-----"u8.ToArray() })
            Assert.Equal(ListSignatureResult.Malformed, (await CheckAsync(s_list, bytes, null)).Result);
    }

    [Fact]
    public async Task Signed_attributes_that_speak_of_something_else_are_wrong()
    {
        Assert.Equal(ListSignatureResult.Wrong, (await CheckAsync(s_list, new TestListSigner(s_editor) { ContentTypeAttribute = "1.2.840.113549.1.9.16.1.4" }.Sign(s_list), null)).Result);
        Assert.Equal(ListSignatureResult.Wrong, (await CheckAsync(s_list, new TestListSigner(s_editor) { Named = s_stranger }.Sign(s_list), null)).Result);
    }

    [Theory]
    [InlineData(1024, ListSignatureResult.Unsupported)]
    [InlineData(2048, ListSignatureResult.Good)]
    public async Task A_weak_key_signs_nothing(int bits, ListSignatureResult expected) =>
        Assert.Equal(expected, (await CheckAsync(s_list, new TestListSigner(TestAuthority.SelfSigned("Editor", TestKey.Rsa(bits))).Sign(s_list), null)).Result);

    [Fact]
    public async Task A_signature_over_the_limit_is_malformed()
    {
        string pem = PemEncoding.WriteString("CMS", s_signer.Sign(s_list));
        Assert.True((await CheckAsync(s_list, System.Text.Encoding.ASCII.GetBytes(pem.PadRight(ListSignature.MostBytes, '\n')), null)).IsGood);
        var over = await CheckAsync(s_list, System.Text.Encoding.ASCII.GetBytes(pem.PadRight(ListSignature.MostBytes + 1, '\n')), null);
        Assert.Equal(ListSignatureResult.Malformed, over.Result);
        Assert.Contains("MostBytes", over.Reason, StringComparison.Ordinal);
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        byte[] changed = [.. bytes];
        changed[at] ^= 1;
        return changed;
    }

    private static ValueTask<ListSignature> CheckAsync(byte[] list, byte[] signature, string? pinned) =>
        ListSignature.CheckAsync(list, signature, pinned, new SystemCrypto(), null, TestContext.Current.CancellationToken);
}
