using Provenance.Verifier;
using Provenance.Verifier.Identity;
using Provenance.Verifier.IO;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;
using Xunit;

namespace Provenance.Tests.Identity;

/// <summary>Files that others made and signed.</summary>
public sealed class IdentityCorpusTests
{
    private static readonly DateTimeOffset s_recorded = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static TrustList List(params string[] parts) => TrustList.FromPem(parts[^1], TrustPurpose.Identity, File.ReadAllText(Shared.Path(["corpus", "trust", .. parts])));

    private static async Task<VerificationReport> VerifyAsync(string path, Func<VerificationPolicy, VerificationPolicy>? change = null, params TrustList[] lists)
    {
        var policy = lists.Length == 0 ? VerificationPolicy.WithoutTrustAnchorsUnsafe(s_recorded) : VerificationPolicy.WithTrust(s_recorded, lists);
        await using var source = FileAssetSource.Open(Shared.Path("corpus", path));
        return await Verifier.Verifier.VerifyAsync(source, (change ?? (p => p))(policy), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_aggregator_in_production_is_checked_with_its_document_and_without_a_network()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        const string file = "real-world/adobe-content-authenticity-cai-open-source.jpg", issuer = "did:web:connected-identities.identity.adobe.com";
        var documents = new FileDidDocuments(Shared.Path("corpus", "trust", "encypher"));

        var identity = Assert.Single((await VerifyAsync(file, p => p with { DidDocuments = documents, TrustedIdentityIssuers = [issuer] })).Identities);
        Assert.Equal((IdentityState.Trusted, issuer), (identity.State, identity.Issuer));
        Assert.Equal(["instagram", "behance", "linkedin", "twitter"], identity.Attested.Select(attested => attested.ProviderName));
        Assert.Equal(IdentityState.WellFormed, (await VerifyAsync(file, p => p with { DidDocuments = documents })).Identities[0].State);
        var report = await VerifyAsync(file);
        Assert.Equal((IdentityState.NotChecked, IdentityFact.NotChecked), (report.Identities[0].State, report.Facts.Identity));
    }

    [Theory]
    [InlineData("x509-es256-jpeg.jpg", IdentityState.Trusted)]
    [InlineData("x509-ps256-jpeg.jpg", IdentityState.Trusted)]
    [InlineData("x509-es256-mp4.mp4", IdentityState.Trusted)]
    [InlineData("x509-es256-pdf.pdf", IdentityState.Trusted)]
    [InlineData("x509-es256-png.png", IdentityState.Trusted)]
    [InlineData("x509-es256-wrong-eku-jpeg.jpg", IdentityState.WellFormed)]
    public async Task Identities_signed_by_the_letter_hold(string file, IdentityState expected)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var report = await VerifyAsync("encypher/cawg-generated/" + file, null, List("encypher", "generated-identity-1.2-trust-cawg-allowed.pem"));
        Assert.All(report.Identities, identity => Assert.Equal(expected, identity.State));
        Assert.NotEmpty(report.Identities);
        Assert.Equal(SignerFact.NotLookedUp, report.Facts.Signer);
    }

    [Fact]
    public async Task Identities_signed_as_stored_hold()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        Assert.Equal(IdentityState.WellFormed, Assert.Single((await VerifyAsync("c2pa-rs/C_with_CAWG_data.jpg")).Identities).State);
    }

    [Theory]
    [InlineData("cawg-mozilla-email-roots.pem", 91, 0)]
    [InlineData("iptc-vnpl-end-entity.pem", 0, 20)]
    [InlineData("c2pa-js/anchor-cawg.pem", 1, 0)]
    public void Published_lists_for_identities_are_read(string file, int anchors, int named)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var list = List(file.Split('/'));
        Assert.Equal((anchors, named), (list.Anchors.Count, list.AllowedCount));
    }
}
