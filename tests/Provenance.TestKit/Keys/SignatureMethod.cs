using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Provenance.TestKit;

/// <summary>The kind of mathematics behind a signature.</summary>
public enum SignatureFamily
{
    Ecdsa,
    RsaPss,
    RsaPkcs1,
    EdDsa,
    MlDsa,
}

/// <summary>How ECDSA writes r and s.</summary>
public enum EcdsaForm
{
    /// <summary>r‖s with fixed width, as COSE wants it.</summary>
    Raw,

    /// <summary>A DER SEQUENCE of two INTEGERs, as X.509 and CMS want it.</summary>
    Der,
}

/// <summary>One way to sign: its COSE number, its hash and its X.509 AlgorithmIdentifier.</summary>
public sealed record SignatureMethod(string Name, int CoseId, SignatureFamily Family, HashAlgorithmName Hash, string Oid)
{
    public static readonly SignatureMethod Es256 = new("ES256", -7, SignatureFamily.Ecdsa, HashAlgorithmName.SHA256, "1.2.840.10045.4.3.2");
    public static readonly SignatureMethod Es384 = new("ES384", -35, SignatureFamily.Ecdsa, HashAlgorithmName.SHA384, "1.2.840.10045.4.3.3");
    public static readonly SignatureMethod Es512 = new("ES512", -36, SignatureFamily.Ecdsa, HashAlgorithmName.SHA512, "1.2.840.10045.4.3.4");
    public static readonly SignatureMethod Esp256 = Es256 with { Name = "ESP256", CoseId = -9 };
    public static readonly SignatureMethod Esp384 = Es384 with { Name = "ESP384", CoseId = -51 };
    public static readonly SignatureMethod Esp512 = Es512 with { Name = "ESP512", CoseId = -52 };
    public static readonly SignatureMethod Ps256 = new("PS256", -37, SignatureFamily.RsaPss, HashAlgorithmName.SHA256, PssOid);
    public static readonly SignatureMethod Ps384 = new("PS384", -38, SignatureFamily.RsaPss, HashAlgorithmName.SHA384, PssOid);
    public static readonly SignatureMethod Ps512 = new("PS512", -39, SignatureFamily.RsaPss, HashAlgorithmName.SHA512, PssOid);
    public static readonly SignatureMethod EdDsa = new("EdDSA", -8, SignatureFamily.EdDsa, HashAlgorithmName.SHA512, "1.3.101.112");
    public static readonly SignatureMethod Ed25519 = EdDsa with { Name = "Ed25519", CoseId = -19 };
    public static readonly SignatureMethod MlDsa44 = new("ML-DSA-44", -48, SignatureFamily.MlDsa, HashAlgorithmName.SHA512, "2.16.840.1.101.3.4.3.17");
    public static readonly SignatureMethod MlDsa65 = new("ML-DSA-65", -49, SignatureFamily.MlDsa, HashAlgorithmName.SHA512, "2.16.840.1.101.3.4.3.18");
    public static readonly SignatureMethod MlDsa87 = new("ML-DSA-87", -50, SignatureFamily.MlDsa, HashAlgorithmName.SHA512, "2.16.840.1.101.3.4.3.19");

    /// <summary>PKCS#1 v1.5, for certificates and CMS; in COSE only to be refused.</summary>
    public static readonly SignatureMethod Rs256 = new("RS256", -257, SignatureFamily.RsaPkcs1, HashAlgorithmName.SHA256, "1.2.840.113549.1.1.11");
    public static readonly SignatureMethod Rs384 = new("RS384", -258, SignatureFamily.RsaPkcs1, HashAlgorithmName.SHA384, "1.2.840.113549.1.1.12");
    public static readonly SignatureMethod Rs512 = new("RS512", -259, SignatureFamily.RsaPkcs1, HashAlgorithmName.SHA512, "1.2.840.113549.1.1.13");

    /// <summary>SHA-1 methods, for weak certificates only.</summary>
    public static readonly SignatureMethod Rs1 = new("RS1", -65535, SignatureFamily.RsaPkcs1, HashAlgorithmName.SHA1, "1.2.840.113549.1.1.5");
    public static readonly SignatureMethod EcdsaSha1 = new("ECDSA-SHA1", 0, SignatureFamily.Ecdsa, HashAlgorithmName.SHA1, "1.2.840.10045.4.1");

    private const string PssOid = "1.2.840.113549.1.1.10";

    /// <summary>PSS salt length in bytes; null is the length of the hash.</summary>
    public int? SaltLength { get; init; }

    public override string ToString() => Name;

    /// <summary>Writes the X.509 AlgorithmIdentifier with the parameters its family asks for.</summary>
    public void WriteAlgorithmIdentifier(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oid);
            if (Family == SignatureFamily.RsaPkcs1) writer.WriteNull();
            if (Family == SignatureFamily.RsaPss) WritePssParameters(writer, Hash, SaltLength ?? TestHash.Size(Hash));
        }
    }

    /// <summary>RSASSA-PSS-params (RFC 4055 §3.1) with MGF1 over the same hash.</summary>
    public static void WritePssParameters(AsnWriter writer, HashAlgorithmName hash, int saltLength)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                TestHash.WriteAlgorithmIdentifier(writer, hash);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.1.1.8");
                TestHash.WriteAlgorithmIdentifier(writer, hash);
            }
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
                writer.WriteInteger(saltLength);
        }
    }
}
