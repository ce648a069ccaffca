using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Provenance.TestKit;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;
using Provenance.Verifier.X509.Ocsp;
using Xunit;

namespace Provenance.Tests.X509.Ocsp;

public sealed class OcspRequestTests
{
    [Theory]
    [SuppressMessage("Security", "CA5350:Do not use weak cryptographic algorithms", Justification = "An index of RFC 6960, no proof.")]
    [InlineData(new byte[] { 0x01 })]
    [InlineData(new byte[] { 0x00, 0x80, 0x01 })]
    public async Task A_request_names_one_certificate_and_nothing_else(byte[] serial)
    {
        var ca = TestAuthority.Root("Request Root");
        var leaf = ca.Issue("Request Leaf", change: c => c.Serial(serial));

        var request = await OcspRequest.WriteAsync(Certificate.Parse(leaf.Der), Certificate.Parse(ca.Certificate.Der), new SystemCrypto(), TestContext.Current.CancellationToken);

        // OCSPRequest { tbsRequest { requestList { Request { reqCert } } } }: no version, name, nonce or signature.
        var reader = new AsnReader(request, AsnEncodingRules.DER);
        var certId = Only(Only(Only(Only(Only(reader)))));
        var algorithm = certId.ReadSequence();
        Assert.Equal("1.3.14.3.2.26", algorithm.ReadObjectIdentifier());
        algorithm.ReadNull();
        algorithm.ThrowIfNotEmpty();
        Assert.Equal(SHA1.HashData(ca.Certificate.Subject), certId.ReadOctetString());
        Assert.Equal(SHA1.HashData(ca.Certificate.Key.PublicKeyBits), certId.ReadOctetString());
        Assert.Equal(serial, certId.ReadIntegerBytes().ToArray());
        certId.ThrowIfNotEmpty();
    }

    private static AsnReader Only(AsnReader outer)
    {
        var inner = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        return inner;
    }
}
