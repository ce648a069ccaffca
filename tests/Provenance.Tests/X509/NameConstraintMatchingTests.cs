using System.Formats.Asn1;
using System.Text;
using Provenance.TestKit;
using Provenance.Verifier.X509;
using Xunit;
using Oids = Provenance.Verifier.X509.Oids;

namespace Provenance.Tests.X509;

public sealed class NameConstraintMatchingTests
{
    private static readonly TestAuthority s_root = TestAuthority.Root("Root");

    [Theory]
    [InlineData(2, "example.com", "example.com", true)]
    [InlineData(2, "example.com", "EXAMPLE.com", true)]
    [InlineData(2, "example.com", "a.b.example.com", true)]
    [InlineData(2, "example.com", "*.example.com", true)]
    [InlineData(2, "example.com", "badexample.com", false)]
    [InlineData(2, "example.com", "com", false)]
    [InlineData(2, "", "anything.at.all", true)]
    [InlineData(1, "user@example.com", "user@EXAMPLE.com", true)]
    [InlineData(1, "user@example.com", "User@example.com", false)]
    [InlineData(1, "example.com", "user@example.com", true)]
    [InlineData(1, "example.com", "user@sub.example.com", false)]
    [InlineData(1, ".example.com", "user@sub.example.com", true)]
    [InlineData(1, ".example.com", "user@example.com", false)]
    [InlineData(1, "example.com", "\"a@b\"@example.com", true)]
    [InlineData(6, "example.com", "https://example.com/x", true)]
    [InlineData(6, "example.com", "https://user@example.com:8080?q", true)]
    [InlineData(6, "example.com", "https://sub.example.com/", false)]
    [InlineData(6, ".example.com", "https://sub.example.com/", true)]
    [InlineData(6, "example.com", "https://evil.test/@example.com", false)]
    [InlineData(6, "example.com", "https://evil.test#example.com", false)]
    public async Task A_name_inside_a_permitted_subtree_is_accepted_and_excluded_by_an_excluded_one(int kind, string subtree, string name, bool inside)
    {
        Assert.Equal(inside, await AcceptsAsync(kind, permitted: subtree, null, name));
        Assert.Equal(!inside, await AcceptsAsync(kind, null, excluded: subtree, name));
    }

    [Theory]
    [InlineData(2, "*.example.com", "a.example.com", "a wildcard is no constraint")]
    [InlineData(2, ".example.com", "a.example.com", "a leading period is for URIs and mailboxes")]
    [InlineData(2, "example.com", ".example.com", "an empty label")]
    [InlineData(2, "example.com", "a\0.example.com", "a zero byte")]
    [InlineData(2, "example.com", "a..example.com", "an empty label")]
    [InlineData(1, "example.com", "example.com", "no mailbox")]
    [InlineData(1, "@example.com", "a@example.com", "no local part")]
    [InlineData(6, "example.com", "urn:example.com", "no host")]
    [InlineData(6, "example.com", "https://192.0.2.1/", "an address for a host")]
    [InlineData(6, "example.com", "https:///", "an empty host")]
    public async Task What_cannot_be_compared_is_refused_both_ways(int kind, string subtree, string name, string why)
    {
        Assert.False(await AcceptsAsync(kind, permitted: subtree, null, name), why);
        Assert.False(await AcceptsAsync(kind, null, excluded: subtree, name), why);
    }

    [Fact]
    public async Task A_wildcard_that_covers_an_excluded_name_is_refused()
    {
        Assert.False(await AcceptsAsync(2, null, excluded: "bar.example.com", "*.example.com"));
        Assert.False(await AcceptsAsync(2, permitted: "bar.example.com", null, "*.example.com"));
        Assert.True(await AcceptsAsync(2, null, excluded: "bar.example.org", "*.example.com"));
    }

    [Theory]
    [InlineData("C0000200FFFFFF00", "C00002FF", true)]
    [InlineData("C0000200FFFFFF00", "C0000301", false)]
    [InlineData("C0000200FFFFFF00", "00000000000000000000FFFFC0000201", false)]
    [InlineData("0000000000000000", "C0000301", true)]
    public async Task An_address_is_compared_under_the_mask(string subtree, string address, bool inside)
    {
        Assert.Equal(inside, await AcceptsAsync(7, permitted: subtree, null, address));
        Assert.Equal(!inside, await AcceptsAsync(7, null, excluded: subtree, address));
    }

    [Theory]
    [InlineData("C0000200FF00FF00", "C0000201")]
    [InlineData("C0000200", "C0000200")]
    [InlineData("C0000200FFFFFF00", "C0000201FFFFFFFF")]
    public async Task A_mask_with_holes_and_lengths_that_are_none_are_refused(string subtree, string address)
    {
        Assert.False(await AcceptsAsync(7, permitted: subtree, null, address));
        Assert.False(await AcceptsAsync(7, null, excluded: subtree, address));
    }

    [Fact]
    public async Task Constraints_of_another_kind_do_not_matter()
    {
        Assert.True(await AcceptsAsync(2, permitted: "example.com", null, "user@elsewhere.test", nameKind: 1));
        Assert.True(await AcceptsAsync(2, null, excluded: "example.com", "user@example.com", nameKind: 1));
    }

    [Fact]
    public async Task An_organization_is_permitted_or_not()
    {
        var ca = s_root.Intermediate("CA", change: recipe => recipe.PermitOnlyOrganization("Example Organization"));
        async Task<bool> Accepts(Action<CertificateRecipe> change) =>
            (await new PathSetup(ca.Issue("Signer", change: change)) { Candidates = [ca.Certificate], Anchors = [PathSetup.Anchor(s_root)] }.RunAsync()).Path is not null;

        // The subtree is the first relative names of the subject, so the organization must come first.
        Assert.True(await Accepts(recipe => recipe.WithoutSubject().Organization("Example Organization").CommonName("Signer")));
        Assert.True(await Accepts(recipe => recipe.WithoutSubject().Organization(" example  ORGANIZATION").CommonName("Signer")));
        Assert.False(await Accepts(recipe => recipe.WithoutSubject().Organization("Another Organization").CommonName("Signer")));
        Assert.False(await Accepts(recipe => recipe.WithoutSubject().CommonName("Signer").Organization("Example Organization")));
        Assert.False(await Accepts(recipe => recipe.WithoutSubject().CommonName("Signer")));
    }

    [Fact]
    public async Task An_e_mail_address_in_the_subject_is_constrained_too()
    {
        Assert.False(await AcceptsAsync(1, permitted: "example.com", null, "user@example.com", subjectEmail: "user@evil.test"));
        Assert.True(await AcceptsAsync(1, permitted: "example.com", null, "user@example.com", subjectEmail: "other@example.com"));
    }

    [Fact]
    public async Task Comparisons_have_a_limit_which_is_not_taken_for_a_verdict()
    {
        // One name against so many subtrees is the last that fits; two names do not.
        string[] subtrees = [.. Enumerable.Range(0, NameComparisons.Default / 2).Select(i => $"x{i}.test")];
        async Task<PathResult> Run(params string[] names)
        {
            var root = TestAuthority.Root("Root", change: recipe => recipe.Extension(Oids.NameConstraints, true, Constraints(2, [], subtrees)));
            var leaf = root.Issue("Signer", change: recipe => recipe.WithoutSubject().Extension(Oids.SubjectAltName, true, Names(2, names)));
            return await new PathSetup(leaf) { Anchors = [PathSetup.Anchor(root)] }.RunAsync();
        }
        Assert.NotNull((await Run("a.test", "b.test")).Path);
        var result = await Run("a.test", "b.test", "c.test");
        Assert.Null(result.Path);
        Assert.True(result.LimitReached);
    }

    private static async Task<bool> AcceptsAsync(int kind, string? permitted, string? excluded, string name, int? nameKind = null, string? subjectEmail = null)
    {
        var ca = s_root.Intermediate("CA", change: recipe => recipe.Extension(
            Oids.NameConstraints, true, Constraints(kind, permitted is null ? [] : [permitted], excluded is null ? [] : [excluded])));
        var leaf = ca.Issue("Signer", change: recipe =>
        {
            recipe.Extension(Oids.SubjectAltName, false, Names(nameKind ?? kind, name));
            if (subjectEmail is not null)
                recipe.SubjectPart(Oids.EmailAddress, subjectEmail);
        });
        return (await new PathSetup(leaf) { Candidates = [ca.Certificate], Anchors = [PathSetup.Anchor(s_root)] }.RunAsync()).Path is not null;
    }

    private static byte[] Names(int kind, params string[] names)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (string name in names)
                Write(writer, kind, name);
        }
        return writer.Encode();
    }

    private static byte[] Constraints(int kind, string[] permitted, string[] excluded)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            for (int i = 0; i < 2; i++)
            {
                string[] subtrees = i == 0 ? permitted : excluded;
                if (subtrees.Length == 0)
                    continue;
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, i)))
                {
                    foreach (string subtree in subtrees)
                    {
                        using (writer.PushSequence())
                            Write(writer, kind, subtree);
                    }
                }
            }
        }
        return writer.Encode();
    }

    private static void Write(AsnWriter writer, int kind, string name) =>
        writer.WriteOctetString(kind == 7 ? Convert.FromHexString(name) : Encoding.Latin1.GetBytes(name), new Asn1Tag(TagClass.ContextSpecific, kind));
}
