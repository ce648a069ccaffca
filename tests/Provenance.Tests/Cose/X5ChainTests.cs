using System.Formats.Cbor;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cose;
using Xunit;

namespace Provenance.Tests.Cose;

public class X5ChainTests
{
    private static readonly byte[] Leaf = [1], Issuer = [2];

    [Theory]
    [InlineData(33, true, X5ChainPlace.Protected33)]
    [InlineData("x5chain", true, X5ChainPlace.ProtectedText)]
    [InlineData("x5chain", false, X5ChainPlace.UnprotectedText)]
    [InlineData(33, false, X5ChainPlace.Unprotected33)]
    public void A_chain_is_found_and_its_place_told(object label, bool isProtected, object place)
    {
        var one = Read(isProtected ? [(label, Leaf)] : [], isProtected ? [] : [(label, Leaf)]);
        Assert.Equal([(X5ChainPlace)place], one.Places);
        Assert.Equal(["01"], Hex(one));
        var two = Read(isProtected ? [(label, CoseMessage.Array(Leaf, Issuer))] : [], isProtected ? [] : [(label, CoseMessage.Array(Leaf, Issuer))]);
        Assert.Equal(["01", "02"], Hex(two));
        Assert.Null(two.Fault);
        Assert.False(two.IsAmbiguous);
    }

    [Fact]
    public void Of_two_chains_the_better_protected_one_is_read_and_the_doubt_is_told()
    {
        var both = Read([("x5chain", Issuer), (33, Leaf)], []);
        Assert.Equal([X5ChainPlace.Protected33, X5ChainPlace.ProtectedText], both.Places);
        Assert.Equal(["01"], Hex(both));
        Assert.True(both.IsAmbiguous);

        var mixed = Read([("x5chain", Leaf)], [(33, Issuer)]);
        Assert.Equal([X5ChainPlace.ProtectedText, X5ChainPlace.Unprotected33], mixed.Places);
        Assert.Equal(["01"], Hex(mixed));
        Assert.True(mixed.IsAmbiguous);
    }

    [Theory]
    [InlineData(33)]
    [InlineData("x5chain")]
    public void The_same_label_in_both_headers_leaves_no_chain(object label)
    {
        var chain = Read([(label, Leaf)], [(label, Leaf)]);
        Assert.NotNull(chain.Fault);
        Assert.Empty(chain.Certificates);
        Assert.True(chain.IsAmbiguous);
    }

    [Fact]
    public void A_chain_of_anything_but_byte_strings_is_a_fault_and_leaves_nothing()
    {
        object[] wrong =
        [
            CoseMessage.Array(), CoseMessage.Array(Leaf, "text"), CoseMessage.Array(CoseMessage.Array(Leaf)), "text", 5, CoseMessage.Map(),
            (Action<CborWriter>)(writer => writer.WriteNull()),
        ];
        foreach (object value in wrong)
        {
            var chain = Read([(33, value)], []);
            Assert.NotNull(chain.Fault);
            Assert.Empty(chain.Certificates);
            Assert.Single(chain.Places);
        }
    }

    [Fact]
    public void A_chain_has_at_most_as_many_certificates_as_the_limit()
    {
        var limits = new Limits { ChainCertificates = 3 };
        Assert.Equal(3, Read([(33, CoseMessage.Array(Leaf, Leaf, Leaf))], [], limits).Certificates.Count);
        var exception = Assert.Throws<LimitExceededException>(() => Read([(33, CoseMessage.Array(Leaf, Leaf, Leaf, Leaf))], [], limits));
        Assert.Equal(nameof(Limits.ChainCertificates), exception.Limit);
    }

    [Fact]
    public void A_certificate_has_at_most_as_many_bytes_as_the_limit()
    {
        var limits = new Limits { CertificateBytes = 100 };
        Assert.Single(Read([(33, new byte[100])], [], limits).Certificates);
        var exception = Assert.Throws<LimitExceededException>(() => Read([(33, CoseMessage.Array(Leaf, new byte[101]))], [], limits));
        Assert.Equal(nameof(Limits.CertificateBytes), exception.Limit);
    }

    private static X5Chain Read((object, object)[] inProtected, (object, object)[] inUnprotected, Limits? limits = null) =>
        new CoseMessage { Protected = CoseMessage.Map(inProtected), Unprotected = CoseMessage.Map(inUnprotected) }.Parse(limits).X5Chain;

    private static IEnumerable<string> Hex(X5Chain chain) => chain.Certificates.Select(certificate => Convert.ToHexString(certificate.Span));
}
