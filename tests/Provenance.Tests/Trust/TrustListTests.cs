using System.Security.Cryptography;
using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Provenance.Tests.X509;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;
using Xunit;
using Oids = Provenance.Verifier.X509.Oids;

namespace Provenance.Tests.Trust;

public sealed class TrustListTests
{
    private static readonly TestAuthority s_root = TestAuthority.Root("Root"), s_other = TestAuthority.Root("Other");
    private static readonly TestCertificate s_leaf = s_root.Issue("Signer");

    [Fact]
    public void A_bundle_with_text_between_its_blocks_is_read()
    {
        var list = TrustList.FromPem("Mine", TrustPurpose.Signer, $"## Intro\nSubject\tCN=Root\n{s_root.AnchorPem}\r\nSerial: -----5\n{s_other.AnchorPem.ReplaceLineEndings("\r\n")}{s_root.AnchorPem}bye");
        Assert.Equal(["Root", "Other"], list.Anchors.Select(anchor => anchor.Certificate.Subject.CommonName));
        Assert.Equal(("Mine", TrustPurpose.Signer, 0), (list.Name, list.Purpose, list.AllowedCount));
        Assert.All(list.Anchors, anchor => Assert.Null(anchor.NotBefore ?? anchor.NotAfter));
    }

    [Fact]
    public void A_bundle_that_is_damaged_is_refused_with_the_block_that_is()
    {
        string pem = s_root.AnchorPem, second = s_other.AnchorPem;
        int lines = pem.Split('\n').Length;
        foreach ((string text, string message) in new[]
        {
            ("", "no certificate at all"),
            ("# nothing but words", "no certificate at all"),
            (pem + second.Replace("-----END CERTIFICATE-----", "", StringComparison.Ordinal), $"block 2 (line {lines}) has no END line"),
            (pem.Replace("-----END CERTIFICATE-----", "", StringComparison.Ordinal) + second, "block 1 (line 1) has no END line"),
            (pem + "-----END CERTIFICATE-----", "block 2"),
            (pem + second.Insert(40, "!"), "block 2 (line"),
            (pem + second.Remove(60, 1), "block 2 (line"),
            (pem + "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----", "block 2"),
            (pem + "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----", $"line {lines} is malformed"),
            (pem + second.Replace("CERTIFICATE", "PRIVATE KEY", StringComparison.Ordinal), "is a PRIVATE KEY"),
            (pem + second.Replace("END CERTIFICATE", "END X509 CRL", StringComparison.Ordinal), "ends as X509 CRL"),
        })
        {
            var fault = Assert.Throws<MalformedDataException>(() => TrustList.FromPem("Mine", TrustPurpose.Signer, text));
            Assert.Contains(message, fault.Message, StringComparison.Ordinal);
            Assert.Contains("Mine", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Purposes_have_a_default_are_replaced_and_always_keep_claim_signing()
    {
        Assert.Equal([Oids.C2paClaimSigning, Oids.EmailProtection, Oids.DocumentSigning], List().AcceptedPurposes);
        Assert.Equal(["1.2.3.4", Oids.C2paClaimSigning], List("// one\n1.2.3.4 \n\n# two\n1.2.3.4").AcceptedPurposes);
        Assert.Equal([Oids.TimeStamping], TrustList.FromPem("T", TrustPurpose.TimeStamp, s_root.AnchorPem).AcceptedPurposes);
        Assert.Throws<ArgumentException>(() => TrustList.FromPem("T", TrustPurpose.TimeStamp, s_root.AnchorPem, purposes: "1.2.3"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("// nothing")]
    [InlineData("1.2.3\nemailProtection")]
    [InlineData("1.2.3,1.2.4")]
    [InlineData("1.02.3")]
    [InlineData("3.1")]
    [InlineData("1")]
    [InlineData("1..2")]
    public void A_purpose_file_with_anything_else_is_refused(string purposes) => Assert.Throws<MalformedDataException>(() => List(purposes));

    [Fact]
    public void Anchors_are_for_certificates_with_an_accepted_purpose_only()
    {
        var claim = PathSetup.Parse(s_root.Issue("S", change: recipe => recipe.ExtendedKeyUsages("1.2.3", Oids.C2paClaimSigning)));
        var server = PathSetup.Parse(s_root.Issue("S", change: recipe => recipe.ExtendedKeyUsages("1.3.6.1.5.5.7.3.1")));
        var none = PathSetup.Parse(s_root.Issue("S", change: recipe => recipe.WithoutExtendedKeyUsage()));
        var any = PathSetup.Parse(s_root.Issue("S", change: recipe => recipe.ExtendedKeyUsages(Oids.AnyExtendedKeyUsage)));
        Assert.Single(List().AnchorsFor(claim));
        Assert.Single(List("1.2.4").AnchorsFor(claim));
        Assert.Empty(List().AnchorsFor(server));
        Assert.Single(List("1.3.6.1.5.5.7.3.1").AnchorsFor(server));
        Assert.Empty(List().AnchorsFor(none));
        Assert.Empty(List().AnchorsFor(any));
        Assert.Empty(TrustList.FromPem("T", TrustPurpose.TimeStamp, s_root.AnchorPem).AnchorsFor(claim));
    }

    [Fact]
    public async Task A_certificate_is_allowed_by_itself_or_by_its_hash_and_no_other_is()
    {
        string hash = Convert.ToBase64String(SHA256.HashData(s_leaf.Der));
        var twin = s_root.Issue("Signer", change: recipe => recipe.Serial(1));
        foreach (string allowed in new[] { $"# CN=Signer\n{s_leaf.Pem}", $"## hashes\n\n# Signer\n{hash}\n", s_other.AnchorPem + "\n" + hash })
        {
            var list = List(allowed: allowed);
            Assert.True(await AllowsAsync(list, s_leaf), allowed);
            Assert.False(await AllowsAsync(list, twin), allowed);
        }
        Assert.False(await AllowsAsync(List(), s_leaf));
        Assert.Equal(2, List(allowed: s_leaf.Pem + hash).AllowedCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# no entry")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void An_allowed_list_with_a_damaged_entry_or_none_is_refused(string allowed) => Assert.Throws<MalformedDataException>(() => List(allowed: allowed));

    [Fact]
    public async Task A_list_may_allow_certificates_without_any_anchor_but_not_trust_nobody()
    {
        var list = TrustList.FromAnchors("Mine", TrustPurpose.Signer, [], allowed: s_leaf.Pem);
        Assert.True(await AllowsAsync(list, s_leaf));
        Assert.Empty(list.AnchorsFor(PathSetup.Parse(s_leaf)));
        Assert.Throws<ArgumentException>(() => TrustList.FromAnchors("Mine", TrustPurpose.Signer, []));
        Assert.Throws<ArgumentException>(() => TrustList.FromAnchors("T", TrustPurpose.TimeStamp, [], allowed: s_leaf.Pem));
    }

    [Fact]
    public void A_list_of_trusted_entities_gives_each_anchor_its_times()
    {
        string json = Entities("trusted", "2026-01-01T00:00:00Z", ("untrusted", "2025-06-01T00:00:00Z"), ("trusted", "2025-01-01T00:00:00Z"));
        var list = TrustList.FromTrustedEntities("C2PA", TrustPurpose.Signer, json);
        Assert.Equal(
            [(At(2025, 1), At(2025, 6).AddTicks(-1)), (At(2026, 1), (DateTimeOffset?)null)],
            list.Anchors.Select(anchor => (anchor.NotBefore, anchor.NotAfter)));
        Assert.Equal(("https://c2pa.org/trustlist", "c2pa.trustList", "7"), (list.Uri, list.Type, list.Identifier));
        Assert.Equal([Oids.C2paClaimSigning], list.AcceptedPurposes);
        Assert.Equal("c2pa.tsaTrustList", TrustList.FromTrustedEntities("C2PA", TrustPurpose.TimeStamp, json).Type);

        list = TrustList.FromTrustedEntities("C2PA", TrustPurpose.Signer, Entities("untrusted", "2026-01-01T00:00:00Z", ("trusted", "2025-01-01T00:00:00Z")));
        Assert.Equal([(At(2025, 1), (DateTimeOffset?)At(2026, 1).AddTicks(-1))], list.Anchors.Select(anchor => (anchor.NotBefore!.Value, anchor.NotAfter)));
        Assert.Throws<MalformedDataException>(() => TrustList.FromTrustedEntities("C2PA", TrustPurpose.Signer, Entities("untrusted", "2026-01-01T00:00:00Z")));

        static DateTimeOffset At(int year, int month) => new(year, month, 1, 0, 0, 0, TimeSpan.Zero);
    }

    [Fact]
    public void A_list_of_trusted_entities_that_is_damaged_is_malformed()
    {
        string json = Entities("trusted", "2026-01-01T00:00:00Z");
        foreach (string bad in new[]
        {
            "", "<html>", "[]", "{}", json[..^1], json + "x", "\ud800",
            json.Replace("LoTE\"", "lote\"", StringComparison.Ordinal),
            json.Replace("\"val\"", "\"value\"", StringComparison.Ordinal),
            json.Replace("\"val\": \"", "\"val\": \"!", StringComparison.Ordinal),
            json.Replace("2026-01-01T00:00:00Z", "2026-01-01", StringComparison.Ordinal),
            json.Replace("2026-01-01T00:00:00Z", "\\ud800", StringComparison.Ordinal),
            json.Replace("\"LoTESequenceNumber\": 7", "\"LoTESequenceNumber\": 7, \"LoTESequenceNumber\": 8", StringComparison.Ordinal),
            string.Concat(Enumerable.Repeat("[", 100_000)),
        })
        {
            Assert.Throws<MalformedDataException>(() => TrustList.FromTrustedEntities("C2PA", TrustPurpose.Signer, bad));
        }
    }

    [Fact]
    public void Every_list_of_the_corpus_parses()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        string root = Shared.Path("corpus", "trust");
        int bundles = 0;
        foreach (string file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(root, file).Replace('\\', '/');
            string text = File.ReadAllText(file);
            if (name.EndsWith(".pem", StringComparison.Ordinal))
            {
                bundles++;
                Assert.Equal(DistinctBlocks(text), TrustList.FromPem(name, TrustPurpose.Signer, text).Anchors.Count);
                if (name.Contains("allowed", StringComparison.Ordinal))
                    Assert.Equal(DistinctBlocks(text), List(allowed: text).AllowedCount);
            }
            if (name.EndsWith(".cfg", StringComparison.Ordinal))
                Assert.NotEmpty(List(text).AcceptedPurposes);
            if (name.StartsWith("oracle-profiles/", StringComparison.Ordinal))
                CheckSettings(JObject.Parse(text));
        }
        Assert.Equal(30, bundles);
        Assert.Equal(114, List(allowed: File.ReadAllText(Path.Combine(root, "interim-afp-copy", "allowed.sha256.txt"))).AllowedCount);
        foreach ((string file, var purpose, int count) in new[] { ("C2PA-TRUST-LIST.json", TrustPurpose.Signer, 30), ("C2PA-TSA-TRUST-LIST.json", TrustPurpose.TimeStamp, 22) })
        {
            var list = TrustList.FromTrustedEntities("C2PA", purpose, File.ReadAllText(Path.Combine(root, "c2pa-official", file)));
            Assert.Equal(count, list.Anchors.Count);
            Assert.All(list.Anchors, anchor => Assert.Null(CertificateRules.AnchorFault(anchor.Certificate)));
        }
    }

    [Theory]
    [InlineData("C2PA Trust List", TrustPurpose.Signer, TrustModel.Current)]
    [InlineData("C2PA TSA Trust List", TrustPurpose.TimeStamp, TrustModel.Current)]
    [InlineData("C2PA Trust List ", TrustPurpose.Signer, TrustModel.Own)]
    [InlineData("Somebody's list", TrustPurpose.Signer, TrustModel.Own)]
    public void A_list_of_trusted_entities_is_for_what_its_name_says(string scheme, TrustPurpose purpose, TrustModel model)
    {
        var list = TrustList.FromTrustedEntities("picked.json", TestLists.TrustedEntities(scheme, 3, "2026-05-01T00:00:00Z", TestAuthority.Root("Any CA")));
        Assert.Equal((purpose, model), (list.Purpose, list.Model));
        Assert.Equal(model == TrustModel.Own ? "picked.json" : scheme, list.Name);
    }

    /// <summary>The platform's own count of different certificates.</summary>
    private static int DistinctBlocks(string text)
    {
        var blocks = new HashSet<string>(StringComparer.Ordinal);
        for (var rest = text.AsSpan(); PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
            blocks.Add(Convert.ToHexString(Convert.FromBase64String(rest[fields.Base64Data].ToString())));
        return blocks.Count;
    }

    private static void CheckSettings(JObject settings)
    {
        foreach (var entry in settings["trust"]?["anchors"] ?? new JArray())
        {
            var purpose = (string?)entry["trust_kind"] == "tsa" ? TrustPurpose.TimeStamp : TrustPurpose.Signer;
            Assert.NotEmpty(TrustList.FromPem("settings", purpose, (string)entry["trust_anchors"]!, allowed: (string?)entry["allowed_list"]).Anchors);
        }
    }

    private static TrustList List(string? purposes = null, string? allowed = null) => TrustList.FromPem("Mine", TrustPurpose.Signer, s_root.AnchorPem, purposes, allowed);

    private static async Task<bool> AllowsAsync(TrustList list, TestCertificate leaf) =>
        await list.AllowsAsync(PathSetup.Parse(leaf), new SystemCrypto(), TestContext.Current.CancellationToken);

    private static string Entities(string status, string since, params (string Status, string Since)[] history)
    {
        string past = string.Join(", ", history.Select(state => State(state.Status, state.Since) + "}"));
        return $$"""
            {"LoTE": {"ListAndSchemeInformation": {"LoTESequenceNumber": 7}, "TrustedEntitiesList": [{"TrustedEntityServices": [{
              "ServiceInformation": {{State(status, since)}}, "ServiceDigitalIdentity": {"X509Certificates": [{"val": "{{Convert.ToBase64String(s_root.Certificate.Der)}}"}]} },
              "ServiceHistory": [{{past}}] }] }] } }
            """;

        static string State(string status, string since) =>
            $$"""{"ServiceStatus": "http://c2pa.org/conformance/trust-list/{{status}}", "StatusStartingTime": "{{since}}" """;
    }
}
