using System.Formats.Asn1;
using Provenance.TestKit;
using Provenance.Verifier.X509;
using Xunit;
using Oids = Provenance.Verifier.X509.Oids;

namespace Provenance.Tests.X509;

/// <summary>Policies (RFC 5280 §6.1): they matter only once a CA requires an explicit one.</summary>
public sealed class PathRulesTests
{
    private const string A = "1.3.6.1.4.1.55738.1", B = "1.3.6.1.4.1.55738.2", Any = "2.5.29.32.0";

    [Fact]
    public void Without_a_requirement_policies_may_be_anything()
    {
        Assert.Null(Fault(ca => ca, leaf => leaf));
        Assert.Null(Fault(ca => Policies(ca, A), leaf => Policies(leaf, B)));
    }

    [Fact]
    public void A_required_policy_must_be_named_all_the_way_down()
    {
        Assert.Null(Fault(ca => Policies(Require(ca, 0), A, B), leaf => Policies(leaf, B)));
        Assert.Null(Fault(ca => Policies(Require(ca, 0), Any), leaf => Policies(leaf, B)));
        Assert.Null(Fault(ca => Policies(Require(ca, 0), A), leaf => Policies(leaf, Any)));
        Assert.NotNull(Fault(ca => Policies(Require(ca, 0), A), leaf => Policies(leaf, B)));
        Assert.NotNull(Fault(ca => Policies(Require(ca, 0), A), leaf => leaf));
        Assert.NotNull(Fault(ca => Require(ca, 0), leaf => Policies(leaf, A)));
    }

    [Fact]
    public void SkipCerts_lets_as_many_certificates_pass()
    {
        // One certificate below the CA: the leaf. 1 counts it, 2 does not reach it.
        Assert.NotNull(Fault(ca => Require(ca, 1), leaf => leaf));
        Assert.Null(Fault(ca => Require(ca, 2), leaf => leaf));
    }

    [Fact]
    public void An_inhibited_anyPolicy_names_nothing()
    {
        Assert.Null(Fault(ca => Policies(Inhibit(Require(ca, 0), 1), A), leaf => Policies(leaf, Any)));
        Assert.NotNull(Fault(ca => Policies(Inhibit(Require(ca, 0), 0), A), leaf => Policies(leaf, Any)));
        Assert.Null(Fault(ca => Policies(Inhibit(Require(ca, 0), 0), A), leaf => Policies(leaf, Any, A)));
    }

    [Fact]
    public void Mapped_policies_are_refused_where_one_is_required_and_ignored_where_none_is()
    {
        Assert.Null(Fault(ca => Policies(Map(ca), A), leaf => Policies(leaf, B)));
        Assert.NotNull(Fault(ca => Policies(Map(Require(ca, 0)), A), leaf => Policies(leaf, B)));
    }

    private static string? Fault(Func<CertificateRecipe, CertificateRecipe> ca, Func<CertificateRecipe, CertificateRecipe> leaf)
    {
        var root = TestAuthority.Root("Root");
        var middle = root.Intermediate("CA", change: recipe => ca(recipe));
        var end = middle.Issue("Signer", change: recipe => leaf(recipe));
        return PathRules.Fault([PathSetup.Parse(end), PathSetup.Parse(middle.Certificate), PathSetup.Parse(root.Certificate)], new NameComparisons());
    }

    private static CertificateRecipe Require(CertificateRecipe recipe, int skip) => Write(recipe, Oids.PolicyConstraints, writer =>
    {
        using (writer.PushSequence())
            writer.WriteInteger(skip, new Asn1Tag(TagClass.ContextSpecific, 0));
    });

    private static CertificateRecipe Inhibit(CertificateRecipe recipe, int skip) => Write(recipe, Oids.InhibitAnyPolicy, writer => writer.WriteInteger(skip));

    private static CertificateRecipe Policies(CertificateRecipe recipe, params string[] policies) => Write(recipe, Oids.CertificatePolicies, writer =>
    {
        using (writer.PushSequence())
        {
            foreach (string policy in policies)
            {
                using (writer.PushSequence())
                    writer.WriteObjectIdentifier(policy);
            }
        }
    });

    private static CertificateRecipe Map(CertificateRecipe recipe) => Write(recipe, Oids.PolicyMappings, writer =>
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(A);
            writer.WriteObjectIdentifier(B);
        }
    });

    private static CertificateRecipe Write(CertificateRecipe recipe, string oid, Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return recipe.Extension(oid, critical: true, writer.Encode());
    }
}
