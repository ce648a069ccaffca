using System.Security.Cryptography;
using Provenance.Tests.Crypto;
using Provenance.Verifier.Cose;
using Provenance.Verifier.Crypto;
using Xunit;

namespace Provenance.Tests.Cose;

/// <summary>Messages signed by the platform and checked by the library's path from the algorithm identifier to the answer.</summary>
public class CoseSignatureTests
{
    private static readonly byte[] Claim = "a claim"u8.ToArray();

    [Theory]
    [InlineData(-7)]
    [InlineData(-35)]
    [InlineData(-36)]
    [InlineData(-9)]
    [InlineData(-51)]
    [InlineData(-52)]
    [InlineData(-37)]
    [InlineData(-38)]
    [InlineData(-39)]
    public async Task A_message_verifies_as_it_was_signed_and_not_otherwise(int algorithm)
    {
        using var signer = new PlatformSigner(algorithm);
        var message = Signed(algorithm, signer, "Signature1");
        Assert.Equal(SignatureCheck.Good, await Check(message, signer.Key, Claim));
        Assert.Equal(SignatureCheck.Bad, await Check(message, signer.Key, "another claim"u8.ToArray()));
        using var stranger = new PlatformSigner(algorithm);
        Assert.Equal(SignatureCheck.Bad, await Check(message, stranger.Key, Claim));
    }

    [Fact]
    public async Task A_counter_signature_is_no_signature()
    {
        using var signer = new PlatformSigner(-7);
        Assert.Equal(SignatureCheck.Bad, await Check(Signed(-7, signer, "CounterSignature"), signer.Key, Claim));
        Assert.Equal(SignatureCheck.Bad, await Check(Signed(-7, signer, "Signature"), signer.Key, Claim));
    }

    private static CoseSign1 Signed(int algorithm, PlatformSigner signer, string context)
    {
        var unsigned = new CoseMessage { Protected = CoseMessage.Map((1, algorithm)) };
        return (unsigned with { Signature = CoseMessage.Bytes(signer.Sign(unsigned.Parse().SigStructure(context, Claim))) }).Parse();
    }

    private static async Task<SignatureCheck> Check(CoseSign1 message, PublicKey key, byte[] payload)
    {
        Assert.True(message.Algorithm!.Suits(key));
        return await new SystemCrypto().VerifyAsync(message.Algorithm.Scheme, key, message.SigStructure("Signature1", payload), message.Signature, CancellationToken.None);
    }

    private sealed class PlatformSigner : IDisposable
    {
        private readonly ECDsa? _ecdsa;
        private readonly RSA? _rsa;
        private readonly HashAlgorithmName _hash;

        public PlatformSigner(int algorithm)
        {
            (var curve, var kind, _hash) = algorithm switch
            {
                -7 or -9 => (ECCurve.NamedCurves.nistP256, PublicKeyKind.P256, HashAlgorithmName.SHA256),
                -35 or -51 => (ECCurve.NamedCurves.nistP384, PublicKeyKind.P384, HashAlgorithmName.SHA384),
                -36 or -52 => (ECCurve.NamedCurves.nistP521, PublicKeyKind.P521, HashAlgorithmName.SHA512),
                -37 => (default, PublicKeyKind.Rsa, HashAlgorithmName.SHA256),
                -38 => (default, PublicKeyKind.Rsa, HashAlgorithmName.SHA384),
                _ => (default, PublicKeyKind.Rsa, HashAlgorithmName.SHA512),
            };
            if (kind == PublicKeyKind.Rsa)
            {
                _rsa = RSA.Create(2048);
                Key = SpkiKey.Rsa(_rsa.ExportParameters(false).Modulus!, _rsa.ExportParameters(false).Exponent!);
            }
            else
            {
                _ecdsa = ECDsa.Create(curve);
                var point = _ecdsa.ExportParameters(false).Q;
                Key = SpkiKey.Ec(kind, point.X!, point.Y!);
            }
        }

        public PublicKey Key { get; }

        public byte[] Sign(byte[] bytes) => _ecdsa?.SignData(bytes, _hash) ?? _rsa!.SignData(bytes, _hash, RSASignaturePadding.Pss);

        public void Dispose()
        {
            _ecdsa?.Dispose();
            _rsa?.Dispose();
        }
    }
}
