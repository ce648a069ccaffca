using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;
using Xunit;

namespace Provenance.Tests.X509;

public sealed class PathValidatorTests
{
    private static readonly TestAuthority s_root = TestAuthority.Root("Root");
    private static readonly TestAuthority s_upper = s_root.Intermediate("Upper CA");
    private static readonly TestAuthority s_lower = s_upper.Intermediate("Lower CA");
    private static readonly TestCertificate s_leaf = s_lower.Issue("Signer");

    private static readonly PathSetup s_setup = new(s_leaf)
    {
        Candidates = [s_lower.Certificate, s_upper.Certificate],
        Anchors = [PathSetup.Anchor(s_root)],
    };

    [Fact]
    public async Task A_path_runs_from_the_leaf_to_the_anchor()
    {
        var result = await s_setup.RunAsync();
        Assert.Equal(["Signer", "Lower CA", "Upper CA", "Root"], result.Path!.Certificates.Select(certificate => certificate.Subject.CommonName));
        Assert.Equal("Root", result.Path.Anchor.Certificate.Subject.CommonName);
        Assert.Equal(PathSetup.Now, result.Path.At);
        Assert.Empty(result.Failures);
    }

    [Fact]
    public async Task Candidates_may_be_in_any_order_doubled_and_unrelated()
    {
        var other = TestAuthority.Root("Other");
        var result = await (s_setup with
        {
            Candidates = [other.Certificate, s_root.Certificate, s_upper.Certificate, s_leaf, s_upper.Certificate, other.Issue("Another"), s_lower.Certificate, s_leaf],
        }).RunAsync();
        Assert.Equal(4, result.Path!.Certificates.Count);
        Assert.Equal("Signer", result.Path.Leaf.Subject.CommonName);
    }

    [Fact]
    public async Task An_intermediate_that_is_an_anchor_ends_the_path()
    {
        var result = await (s_setup with { Anchors = [PathSetup.Anchor(s_upper)] }).RunAsync();
        Assert.Equal(["Signer", "Lower CA", "Upper CA"], result.Path!.Certificates.Select(certificate => certificate.Subject.CommonName));
        result = await new PathSetup(s_leaf) { Anchors = [PathSetup.Anchor(s_lower)] }.RunAsync();
        Assert.Equal(["Signer", "Lower CA"], result.Path!.Certificates.Select(certificate => certificate.Subject.CommonName));
    }

    [Fact]
    public async Task An_anchor_counts_by_its_key_and_not_by_its_name()
    {
        // Same name and same subject key identifier, another key (attack F07).
        var impostor = TestAuthority.Root("Root", TestKey.P256("impostor"), recipe => recipe.WithoutSubjectKeyIdentifier().Extension("2.5.29.14", false, [0x04, 20, .. s_root.Certificate.KeyId]));
        var result = await (s_setup with { Anchors = [PathSetup.Anchor(impostor)] }).RunAsync();
        Assert.Null(result.Path);
        Assert.Equal(["CN=Upper CA: its signature was not made by CN=Root"], result.Failures);
    }

    [Fact]
    public async Task Another_certificate_of_the_same_name_and_key_is_the_same_anchor()
    {
        var reissued = TestAuthority.Root("Root", change: recipe => recipe.Serial(7));
        Assert.NotNull((await (s_setup with { Anchors = [PathSetup.Anchor(reissued)] }).RunAsync()).Path);
    }

    [Fact]
    public async Task Without_a_certificate_between_or_without_anchors_there_is_no_path()
    {
        var result = await (s_setup with { Candidates = [s_lower.Certificate] }).RunAsync();
        Assert.Null(result.Path);
        Assert.Equal(["CN=Lower CA: its issuer CN=Upper CA is neither a trust anchor nor among the certificates at hand"], result.Failures);
        Assert.Null((await (s_setup with { Anchors = [] }).RunAsync()).Path);
    }

    [Fact]
    public async Task A_leaf_that_is_itself_an_anchor_is_no_path()
    {
        var self = TestAuthority.SelfSigned("Own");
        var result = await new PathSetup(self) { Candidates = [self], Anchors = [new TrustAnchor(PathSetup.Parse(self))] }.RunAsync();
        Assert.Null(result.Path);
        Assert.Contains("itself a trust anchor", Assert.Single(result.Failures), StringComparison.Ordinal);

        result = await (s_setup with { Candidates = [], Anchors = [new TrustAnchor(PathSetup.Parse(s_leaf))] }).RunAsync();
        Assert.Null(result.Path);
    }

    [Fact]
    public async Task A_signer_below_an_anchor_cannot_issue_certificates()
    {
        var forged = TestAuthority.IssuedBy(s_leaf, "Forged");
        var result = await (s_setup with { Leaf = forged, Candidates = [s_leaf, .. s_setup.Candidates] }).RunAsync();
        Assert.Null(result.Path);
        Assert.Contains("no CA certificate", Assert.Single(result.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_signature_ends_the_path()
    {
        Assert.Null((await (s_setup with { Leaf = s_lower.Issue("Signer", change: recipe => recipe.BadSignature()) }).RunAsync()).Path);
    }

    [Theory]
    [InlineData("no cA")]
    [InlineData("no basicConstraints")]
    [InlineData("no keyCertSign")]
    [InlineData("v1")]
    [InlineData("unknown critical extension")]
    [InlineData("no AKI")]
    [InlineData("no SKI")]
    [InlineData("serial zero")]
    [InlineData("SHA-1")]
    [InlineData("secp256k1")]
    [InlineData("RSA 1024")]
    public async Task A_CA_that_breaks_a_rule_ends_the_path(string rule)
    {
        var key = rule switch { "secp256k1" => TestKey.Secp256k1("weak"), "RSA 1024" => TestKey.Rsa(1024), _ => null };
        var issuer = rule == "SHA-1" ? TestAuthority.Root("Root", TestKey.Rsa(2048)) : s_root;
        var ca = issuer.Intermediate("CA", key, recipe => _ = rule switch
        {
            "no cA" => recipe.BasicConstraints(false),
            "no basicConstraints" => recipe.WithoutBasicConstraints(),
            "no keyCertSign" => recipe.KeyUsage(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.CrlSign),
            "v1" => recipe.Version(1),
            "unknown critical extension" => recipe.UnknownCriticalExtension(),
            "no AKI" => recipe.WithoutAuthorityKeyIdentifier(),
            "no SKI" => recipe.WithoutSubjectKeyIdentifier(),
            "serial zero" => recipe.Serial(0),
            "SHA-1" => recipe.SignedWith(SignatureMethod.Rs1),
            _ => recipe,
        });
        var setup = new PathSetup(ca.Issue("Signer")) { Candidates = [ca.Certificate], Anchors = [PathSetup.Anchor(issuer)] };
        var result = await setup.RunAsync();
        Assert.Null(result.Path);
        Assert.StartsWith("CN=CA: ", result.Failures[0], StringComparison.Ordinal);

        // The same chain with a CA that keeps the rule is accepted.
        var good = issuer.Intermediate("CA");
        Assert.NotNull((await (setup with { Leaf = good.Issue("Signer"), Candidates = [good.Certificate] }).RunAsync()).Path);
    }

    [Theory]
    [InlineData("cA")]
    [InlineData("keyCertSign")]
    [InlineData("unknown critical extension")]
    [InlineData("no AKI")]
    [InlineData("serial zero")]
    [InlineData("v1")]
    [InlineData("Ed448")]
    public async Task A_leaf_that_breaks_a_rule_has_no_path(string rule)
    {
        var leaf = s_lower.Issue("Signer", change: recipe => _ = rule switch
        {
            "cA" => recipe.BasicConstraints(true),
            "keyCertSign" => recipe.KeyUsage(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign),
            "unknown critical extension" => recipe.UnknownCriticalExtension(),
            "no AKI" => recipe.WithoutAuthorityKeyIdentifier(),
            "serial zero" => recipe.Serial(0),
            "v1" => recipe.Version(1),
            "Ed448" => recipe.PublicKeyAs([0x30, 0x43, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x71, 0x03, 0x3a, 0x00, .. new byte[57]]),
            _ => recipe,
        });
        Assert.Null((await (s_setup with { Leaf = leaf }).RunAsync()).Path);
    }

    [Theory]
    [InlineData("leaf")]
    [InlineData("intermediate")]
    [InlineData("anchor")]
    public async Task Every_certificate_is_valid_from_its_first_second_to_its_last(string which)
    {
        DateTimeOffset from = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), until = new(2026, 12, 31, 23, 59, 59, TimeSpan.Zero);
        void Limit(CertificateRecipe recipe, string name) => _ = name == which ? recipe.Valid(from, until) : recipe;
        var root = TestAuthority.Root("Root", change: recipe => Limit(recipe, "anchor"));
        var ca = root.Intermediate("CA", change: recipe => Limit(recipe, "intermediate"));
        var setup = new PathSetup(ca.Issue("Signer", change: recipe => Limit(recipe, "leaf"))) { Candidates = [ca.Certificate], Anchors = [PathSetup.Anchor(root)] };

        Assert.NotNull((await (setup with { At = from }).RunAsync()).Path);
        Assert.NotNull((await (setup with { At = until.AddTicks(TimeSpan.TicksPerSecond - 1) }).RunAsync()).Path);
        foreach (var at in new[] { from.AddTicks(-1), until.AddSeconds(1) })
        {
            var result = await (setup with { At = at }).RunAsync();
            Assert.Null(result.Path);
            Assert.True(result.OutsideValidity);
        }
    }

    [Fact]
    public async Task A_chain_that_is_unknown_is_not_said_to_be_outside_its_validity()
    {
        var result = await (s_setup with { Anchors = [PathSetup.Anchor(TestAuthority.Root("Other"))], At = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero) }).RunAsync();
        Assert.Null(result.Path);
        Assert.False(result.OutsideValidity);
    }

    [Fact]
    public async Task An_anchor_is_trusted_from_the_first_to_the_last_moment_of_its_window()
    {
        DateTimeOffset from = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), until = new(2026, 12, 31, 0, 0, 0, TimeSpan.Zero);
        var setup = s_setup with { Anchors = [PathSetup.Anchor(s_root, from, until)] };
        Assert.NotNull((await (setup with { At = from }).RunAsync()).Path);
        Assert.NotNull((await (setup with { At = until }).RunAsync()).Path);
        foreach (var at in new[] { from.AddTicks(-1), until.AddTicks(1) })
        {
            var result = await (setup with { At = at }).RunAsync();
            Assert.Null(result.Path);
            Assert.False(result.OutsideValidity);
            Assert.Contains(result.Failures, failure => failure.Contains("at that time", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_anchor_outside_its_window_may_still_lead_to_another_anchor()
    {
        var setup = s_setup with { Anchors = [PathSetup.Anchor(s_upper, until: new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)), PathSetup.Anchor(s_root)] };
        Assert.Equal(4, (await setup.RunAsync()).Path!.Certificates.Count);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public async Task A_path_length_counts_the_CAs_below(int pathLength, bool accepted)
    {
        var root = TestAuthority.Root("Root");
        var upper = root.Intermediate("Upper", change: recipe => recipe.BasicConstraints(true, pathLength));
        var lower = upper.Intermediate("Lower");
        var result = await new PathSetup(lower.Issue("Signer")) { Candidates = [upper.Certificate, lower.Certificate], Anchors = [PathSetup.Anchor(root)] }.RunAsync();
        Assert.Equal(accepted, result.Path is not null);
        Assert.Equal(accepted, result.Failures.Count == 0);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public async Task The_path_length_of_an_anchor_counts_as_well(int pathLength, bool accepted)
    {
        var root = TestAuthority.Root("Root", change: recipe => recipe.BasicConstraints(true, pathLength));
        var upper = root.Intermediate("Upper");
        var lower = upper.Intermediate("Lower");
        var result = await new PathSetup(lower.Issue("Signer")) { Candidates = [upper.Certificate, lower.Certificate], Anchors = [PathSetup.Anchor(root)] }.RunAsync();
        Assert.Equal(accepted, result.Path is not null);
    }

    [Fact]
    public async Task An_extended_key_usage_in_a_CA_is_ignored()
    {
        var ca = s_root.Intermediate("CA", change: recipe => recipe.ExtendedKeyUsages("1.3.6.1.5.5.7.3.1"));
        Assert.NotNull((await new PathSetup(ca.Issue("Signer")) { Candidates = [ca.Certificate], Anchors = [PathSetup.Anchor(s_root)] }.RunAsync()).Path);
    }

    [Fact]
    public async Task A_cross_signed_CA_is_followed_to_the_anchor_that_is_there()
    {
        var unknown = TestAuthority.Root("Unknown Root");
        var key = TestKey.P256("cross");
        var fromUnknown = unknown.Intermediate("Cross CA", key);
        var fromRoot = s_root.Intermediate("Cross CA", key);
        var result = await new PathSetup(fromUnknown.Issue("Signer"))
        {
            Candidates = [fromUnknown.Certificate, unknown.Certificate, fromRoot.Certificate],
            Anchors = [PathSetup.Anchor(s_root)],
        }.RunAsync();
        Assert.Equal(3, result.Path!.Certificates.Count);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public async Task A_path_ends_at_the_limit_of_signature_checks(int checks, bool accepted)
    {
        var result = await (s_setup with { Limits = Limits.Default with { PathSignatureChecks = checks } }).RunAsync();
        Assert.Equal((accepted, !accepted), (result.Path is not null, result.LimitReached));
        result = await (s_setup with { Limits = Limits.Default with { SignatureChecks = checks } }).RunAsync();
        Assert.Equal((accepted, !accepted), (result.Path is not null, result.LimitReached));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(9)]
    public async Task A_mesh_of_cross_signed_CAs_of_one_name_ends_soon(int size)
    {
        // Every CA of the mesh signed every other: 20 break the limit of checks, 9 need fewer but have 9! paths.
        var roots = Enumerable.Range(0, size).Select(i => TestAuthority.Root("Mesh", TestKey.P256($"mesh {i}"))).ToList();
        var mesh = (from issuer in roots from subject in roots where issuer != subject select issuer.Intermediate("Mesh", subject.Certificate.Key).Certificate).ToList();
        var setup = new PathSetup(roots[0].Issue("Signer")) { Candidates = mesh, Anchors = [PathSetup.Anchor(TestAuthority.Root("Mesh", TestKey.P256("none of them")))] };
        var result = await setup.RunAsync();
        Assert.Null(result.Path);
        Assert.True(result.LimitReached);
        Assert.InRange(setup.Crypto.Checks, 1, Limits.Default.PathSignatureChecks);

        // The best of a few runs, so that a busy machine does not count.
        long fastest = long.MaxValue;
        for (int run = 0; run < 5; run++)
        {
            var clock = Stopwatch.StartNew();
            await setup.RunAsync();
            fastest = Math.Min(fastest, clock.ElapsedMilliseconds);
        }
        Assert.True(fastest < 200, $"{fastest} ms");
    }

    [Fact]
    public async Task Each_pair_of_certificates_is_checked_once()
    {
        // Three CAs of one name in a ring of cross-certificates: the paths are more than the pairs.
        var roots = Enumerable.Range(0, 3).Select(i => TestAuthority.Root("Ring", TestKey.P256($"ring {i}"))).ToList();
        var ring = (from issuer in roots from subject in roots where issuer != subject select issuer.Intermediate("Ring", subject.Certificate.Key).Certificate).ToList();
        var setup = new PathSetup(roots[0].Issue("Signer")) { Candidates = ring };
        var result = await setup.RunAsync();
        Assert.Null(result.Path);
        Assert.False(result.LimitReached);
        Assert.InRange(setup.Crypto.Checks, 1, (1 + ring.Count) * ring.Count);
    }

    [Fact]
    public async Task A_signature_the_platform_cannot_check_is_said_to_be_that()
    {
        var result = await (s_setup with { Crypto = new CountingCrypto(SignatureCheck.Unsupported) }).RunAsync();
        Assert.Null(result.Path);
        Assert.True(result.Unsupported);
    }

    [Fact]
    public async Task Names_are_matched_without_regard_to_case_spaces_and_string_type()
    {
        var root = TestAuthority.Root("Some  Root", TestKey.P256("r"));
        // SEQUENCE { SET { SEQUENCE { commonName, PrintableString " SOME ROOT " } } }
        byte[] issuer = [0x30, 22, 0x31, 20, 0x30, 18, 0x06, 3, 0x55, 0x04, 0x03, 0x13, 11, .. " SOME ROOT "u8];
        var leaf = root.Issue("Signer", change: recipe => recipe.IssuerNamed(issuer));
        Assert.NotNull((await new PathSetup(leaf) { Anchors = [PathSetup.Anchor(root)] }.RunAsync()).Path);
    }

    [Fact]
    public async Task A_path_found_after_failures_reports_none()
    {
        var result = await (s_setup with { Anchors = [PathSetup.Anchor(TestAuthority.Root("Root", TestKey.P256("other"))), PathSetup.Anchor(s_root)] }).RunAsync();
        Assert.NotNull(result.Path);
        Assert.Empty(result.Failures);
    }

    [Theory]
    [InlineData("P-384")]
    [InlineData("P-521")]
    [InlineData("RSA")]
    [InlineData("RSA-PSS")]
    [InlineData("Ed25519")]
    public async Task CAs_may_have_keys_of_every_allowed_kind(string kind)
    {
        var key = kind switch
        {
            "P-384" => TestKey.P384("ca"),
            "P-521" => TestKey.P521("ca"),
            "RSA" => TestKey.Rsa(2048),
            "RSA-PSS" => TestKey.RsaPssOnly(2048),
            _ => TestKey.Ed25519("ca"),
        };
        var root = TestAuthority.Root("Root", key);
        var result = await new PathSetup(root.Issue("Signer")) { Anchors = [PathSetup.Anchor(root)] }.RunAsync();
        Assert.True(result.Path is not null, string.Join("; ", result.Failures));
    }

    [Fact]
    public async Task A_key_for_PSS_alone_checks_no_PKCS1_signature_and_keeps_its_own_restriction()
    {
        var root = TestAuthority.Root("Root", TestKey.RsaPssOnly(2048));
        var pkcs1 = root.Issue("Signer", change: recipe => recipe.SignedWith(SignatureMethod.Rs256));
        Assert.Null((await new PathSetup(pkcs1) { Anchors = [PathSetup.Anchor(root)] }.RunAsync()).Path);

        var restricted = TestAuthority.Root("Root", TestKey.RsaPssOnly(2048, parameters: System.Security.Cryptography.HashAlgorithmName.SHA384), recipe => recipe.SignedWith(SignatureMethod.Ps384));
        var sha256 = restricted.Issue("Signer", change: recipe => recipe.SignedWith(SignatureMethod.Ps256));
        var sha384 = restricted.Issue("Signer", change: recipe => recipe.SignedWith(SignatureMethod.Ps384));
        Assert.Null((await new PathSetup(sha256) { Anchors = [PathSetup.Anchor(restricted)] }.RunAsync()).Path);
        Assert.NotNull((await new PathSetup(sha384) { Anchors = [PathSetup.Anchor(restricted)] }.RunAsync()).Path);
    }
}
