using System.Formats.Asn1;
using Provenance.TestKit;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;
using Xunit;
using Oids = Provenance.Verifier.X509.Oids;
using SignatureFamily = Provenance.Verifier.Crypto.SignatureFamily;

namespace Provenance.Tests.X509;

public sealed class SignatureAlgorithmsTests
{
    private const string Null = "0500";

    [Fact]
    public void Every_method_of_the_list_has_a_scheme()
    {
        Assert.Equal(new(SignatureFamily.Ecdsa, HashAlgorithm.Sha256), Scheme(SignatureMethod.Es256));
        Assert.Equal(new(SignatureFamily.Ecdsa, HashAlgorithm.Sha384), Scheme(SignatureMethod.Es384));
        Assert.Equal(new(SignatureFamily.Ecdsa, HashAlgorithm.Sha512), Scheme(SignatureMethod.Es512));
        Assert.Equal(new(SignatureFamily.RsaPkcs1, HashAlgorithm.Sha256), Scheme(SignatureMethod.Rs256));
        Assert.Equal(new(SignatureFamily.RsaPkcs1, HashAlgorithm.Sha384), Scheme(SignatureMethod.Rs384));
        Assert.Equal(new(SignatureFamily.RsaPkcs1, HashAlgorithm.Sha512), Scheme(SignatureMethod.Rs512));
        Assert.Equal(new(SignatureFamily.RsaPss, HashAlgorithm.Sha256, 32), Scheme(SignatureMethod.Ps256));
        Assert.Equal(new(SignatureFamily.RsaPss, HashAlgorithm.Sha512, 20), Scheme(SignatureMethod.Ps512 with { SaltLength = 20 }));
        Assert.Equal(new(SignatureFamily.Ed25519, null), Scheme(SignatureMethod.EdDsa));
        Assert.Equal(new(SignatureFamily.MlDsa, null), Scheme(SignatureMethod.MlDsa65));
    }

    [Fact]
    public void What_protects_nothing_has_no_scheme()
    {
        Assert.Null(Scheme(SignatureMethod.Rs1));
        Assert.Null(Scheme(SignatureMethod.EcdsaSha1));
        Assert.Null(Scheme("1.2.840.113549.1.1.4", Null));          // md5WithRSA
        Assert.Null(Scheme("1.2.840.10045.4.3.1", null));           // ecdsa-with-SHA224
        Assert.Null(Scheme("2.16.840.1.101.3.4.3.2", null));        // DSA
        Assert.Null(Scheme("1.3.101.113", null));                   // Ed448
        Assert.Null(Scheme(Oids.EcdsaWithSha256, Null));
        Assert.Null(Scheme(Oids.Ed25519, Null));
        Assert.Null(Scheme(Oids.Sha256WithRsa, "020100"));
    }

    [Theory]
    [InlineData("sha256", "sha256", 1, true)]
    [InlineData("sha256", "sha384", 1, false)]
    [InlineData("sha1", "sha1", 1, false)]
    [InlineData("sha256", "sha256", 2, false)]
    public void PSS_needs_SHA2_one_hash_for_both_and_trailer_1(string hash, string mask, int trailer, bool allowed) =>
        Assert.Equal(allowed, Scheme(Oids.RsassaPss, Pss(hash, mask, trailer)) is not null);

    [Fact]
    public void PSS_without_parameters_or_with_damaged_ones_has_no_scheme()
    {
        Assert.Null(Scheme(Oids.RsassaPss, null));
        Assert.Null(Scheme(Oids.RsassaPss, Null));
        Assert.Null(Scheme(Oids.RsassaPss, "3000"));
        Assert.Null(Scheme(Oids.RsassaPss, "3003A00100"));
    }

    [Fact]
    public void CMS_names_hash_and_key_apart_and_both_must_agree()
    {
        var sha256 = Algorithm(Oids.Sha256, null);
        Assert.Equal(new SignatureScheme(SignatureFamily.RsaPkcs1, HashAlgorithm.Sha256), SignatureAlgorithms.CmsScheme(Algorithm(Oids.RsaEncryption, Null), sha256));
        Assert.Equal(new SignatureScheme(SignatureFamily.RsaPkcs1, HashAlgorithm.Sha256), SignatureAlgorithms.CmsScheme(Algorithm(Oids.Sha256WithRsa, Null), Algorithm(Oids.Sha256, Null)));
        Assert.Equal(new SignatureScheme(SignatureFamily.Ecdsa, HashAlgorithm.Sha256), SignatureAlgorithms.CmsScheme(Algorithm(Oids.EcdsaWithSha256, null), sha256));
        Assert.Null(SignatureAlgorithms.CmsScheme(Algorithm(Oids.Sha384WithRsa, Null), sha256));
        Assert.Null(SignatureAlgorithms.CmsScheme(Algorithm(Oids.RsaEncryption, Null), Algorithm(Oids.Sha1, null)));
        Assert.Null(SignatureAlgorithms.CmsScheme(Algorithm("1.2.840.113549.1.1.5", Null), Algorithm(Oids.Sha1, null)));
        Assert.Equal(HashAlgorithm.Sha1, SignatureAlgorithms.Hash(Algorithm(Oids.Sha1, Null)));
    }

    private static SignatureScheme? Scheme(SignatureMethod method)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        method.WriteAlgorithmIdentifier(writer);
        return SignatureAlgorithms.Scheme(AlgorithmIdentifier.Read(new DerReader(writer.Encode(), "test")));
    }

    private static SignatureScheme? Scheme(string oid, string? parameters) => SignatureAlgorithms.Scheme(Algorithm(oid, parameters));

    private static AlgorithmIdentifier Algorithm(string oid, string? parameters)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (parameters is not null)
                writer.WriteEncodedValue(Convert.FromHexString(parameters));
        }
        return AlgorithmIdentifier.Read(new DerReader(writer.Encode(), "test"));
    }

    private static string Pss(string hash, string mask, int trailer)
    {
        string Oid(string name) => name switch { "sha256" => Oids.Sha256, "sha384" => Oids.Sha384, _ => Oids.Sha1 };
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(Oid(hash));
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.Mgf1);
                using (writer.PushSequence())
                    writer.WriteObjectIdentifier(Oid(mask));
            }
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
                writer.WriteInteger(32);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
                writer.WriteInteger(trailer);
        }
        return Convert.ToHexString(writer.Encode());
    }
}
