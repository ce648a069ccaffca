using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Provenance.TestKit;

/// <summary>A private key of any kind the profile knows, and some it must refuse.</summary>
public abstract class TestKey
{
    private static readonly ConcurrentDictionary<string, Lazy<TestKey>> s_rsa = new(StringComparer.Ordinal);

    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public abstract byte[] SubjectPublicKeyInfo { get; }

    /// <summary>The method this key signs claims with unless told otherwise.</summary>
    public abstract SignatureMethod DefaultMethod { get; }

    /// <summary>The method this key signs certificates and time stamps with unless told otherwise.</summary>
    public virtual SignatureMethod DefaultCertificateMethod => DefaultMethod;

    /// <summary>The subjectPublicKey bits, of which key identifiers are made.</summary>
    public byte[] PublicKeyBits
    {
        get
        {
            AsnReader spki = new AsnReader(SubjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
            spki.ReadSequence();
            return spki.ReadBitString(out _);
        }
    }

    public static TestKey P256(string seed) => new EcTestKey(ECCurve.NamedCurves.nistP256, 32, seed, SignatureMethod.Es256);

    public static TestKey P384(string seed) => new EcTestKey(ECCurve.NamedCurves.nistP384, 48, seed, SignatureMethod.Es384);

    public static TestKey P521(string seed) => new EcTestKey(ECCurve.NamedCurves.nistP521, 66, seed, SignatureMethod.Es512);

    /// <summary>A curve outside the profile.</summary>
    public static TestKey Secp256k1(string seed) => new EcTestKey(ECCurve.CreateFromValue("1.3.132.0.10"), 32, seed, SignatureMethod.Es256);

    /// <summary>An RSA key. Not seeded (primes are slow); the same size and seed give the same key for one run.</summary>
    public static TestKey Rsa(int bits, string seed = "shared") =>
        s_rsa.GetOrAdd($"{bits}/{seed}", _ => new(() => new RsaTestKey(RSA.Create(bits), pssOnly: false))).Value;

    /// <summary>The same RSA key, named id-RSASSA-PSS in its SubjectPublicKeyInfo, with or without parameters.</summary>
    public static TestKey RsaPssOnly(int bits, string seed = "shared", HashAlgorithmName? parameters = null) =>
        new RsaTestKey(((RsaTestKey)Rsa(bits, seed)).Key, pssOnly: true, parameters);

    public static TestKey Ed25519(string seed) => new Ed25519TestKey(Seeded.Bytes("ed25519/" + seed, 32));

    /// <summary>ML-DSA-44, -65 or -87; only where <see cref="MLDsa.IsSupported"/>.</summary>
    public static TestKey MlDsa(int parameterSet, string seed) => new MlDsaTestKey(parameterSet, seed);

    /// <summary>Signs the data (not a digest).</summary>
    public abstract byte[] Sign(byte[] data, SignatureMethod method, EcdsaForm form);

    /// <summary>The platform's key object, for self-checks; null where the platform has none.</summary>
    public abstract AsymmetricAlgorithm? Platform { get; }

    private sealed class EcTestKey : TestKey
    {
        private readonly ECDsa _key;

        public EcTestKey(ECCurve curve, int width, string seed, SignatureMethod method)
        {
            // 31 leading bits off keeps d below every group order here; the key is for tests, not for secrets.
            byte[] d = Seeded.Bytes("ec/" + seed, width);
            d[0] = 0;
            d[1] &= 0x0F;
            _key = ECDsa.Create(new ECParameters { Curve = curve, D = d });
            DefaultMethod = method;
        }

        public override byte[] SubjectPublicKeyInfo => _key.ExportSubjectPublicKeyInfo();

        public override SignatureMethod DefaultMethod { get; }

        public override AsymmetricAlgorithm Platform => _key;

        public override byte[] Sign(byte[] data, SignatureMethod method, EcdsaForm form) =>
            _key.SignData(data, method.Hash, form == EcdsaForm.Der ? DSASignatureFormat.Rfc3279DerSequence : DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private sealed class RsaTestKey(RSA rsa, bool pssOnly, HashAlgorithmName? parameters = null) : TestKey
    {
        public RSA Key => rsa;

        public override SignatureMethod DefaultMethod => SignatureMethod.Ps256;

        public override SignatureMethod DefaultCertificateMethod => pssOnly ? SignatureMethod.Ps256 : SignatureMethod.Rs256;

        public override AsymmetricAlgorithm Platform => rsa;

        public override byte[] SubjectPublicKeyInfo
        {
            get
            {
                if (!pssOnly) return rsa.ExportSubjectPublicKeyInfo();
                var writer = new AsnWriter(AsnEncodingRules.DER);
                using (writer.PushSequence())
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteObjectIdentifier("1.2.840.113549.1.1.10");
                        if (parameters is { } hash) SignatureMethod.WritePssParameters(writer, hash, TestHash.Size(hash));
                    }
                    writer.WriteBitString(rsa.ExportRSAPublicKey());
                }
                return writer.Encode();
            }
        }

        public override byte[] Sign(byte[] data, SignatureMethod method, EcdsaForm form) =>
            method switch
            {
                { Family: SignatureFamily.RsaPkcs1 } => rsa.SignData(data, method.Hash, RSASignaturePadding.Pkcs1),
                { SaltLength: { } salt } => PssSigner.Sign(rsa, data, method.Hash, salt),
                _ => rsa.SignData(data, method.Hash, RSASignaturePadding.Pss),
            };
    }

    private sealed class Ed25519TestKey(byte[] seed) : TestKey
    {
        private readonly byte[] _publicKey = Ed25519Signer.PublicKey(seed);

        public override SignatureMethod DefaultMethod => SignatureMethod.EdDsa;

        public override AsymmetricAlgorithm? Platform => null;

        public override byte[] SubjectPublicKeyInfo
        {
            get
            {
                var writer = new AsnWriter(AsnEncodingRules.DER);
                using (writer.PushSequence())
                {
                    using (writer.PushSequence()) writer.WriteObjectIdentifier("1.3.101.112");
                    writer.WriteBitString(_publicKey);
                }
                return writer.Encode();
            }
        }

        public override byte[] Sign(byte[] data, SignatureMethod method, EcdsaForm form) => Ed25519Signer.Sign(seed, data);
    }

#pragma warning disable SYSLIB5006 // ML-DSA in .NET 10 is marked experimental; this is test code.
    private sealed class MlDsaTestKey : TestKey
    {
        private readonly MLDsa _key;

        public MlDsaTestKey(int parameterSet, string seed)
        {
            MLDsaAlgorithm algorithm = parameterSet switch
            {
                44 => MLDsaAlgorithm.MLDsa44,
                65 => MLDsaAlgorithm.MLDsa65,
                87 => MLDsaAlgorithm.MLDsa87,
                _ => throw new ArgumentOutOfRangeException(nameof(parameterSet)),
            };
            _key = MLDsa.ImportMLDsaPrivateSeed(algorithm, Seeded.Bytes("ml-dsa/" + seed, algorithm.PrivateSeedSizeInBytes));
            DefaultMethod = parameterSet switch { 44 => SignatureMethod.MlDsa44, 65 => SignatureMethod.MlDsa65, _ => SignatureMethod.MlDsa87 };
        }

        public override SignatureMethod DefaultMethod { get; }

        public override AsymmetricAlgorithm? Platform => null;

        public override byte[] SubjectPublicKeyInfo => _key.ExportSubjectPublicKeyInfo();

        public override byte[] Sign(byte[] data, SignatureMethod method, EcdsaForm form) => _key.SignData(data);
    }
#pragma warning restore SYSLIB5006
}
