using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;
using Xunit;

namespace Provenance.Tests.X509;

/// <summary>Signatures on certificates that are remembered from path to path.</summary>
public sealed class GoodSignaturesTests
{
    private readonly GoodSignatures _good = new();
    private readonly CountingCrypto _crypto = new();

    [Fact]
    public async Task A_chain_is_checked_once_however_often_it_is_met()
    {
        var root = TestAuthority.Root("Root");
        var issuer = root.Intermediate("Issuer");
        var leaf = issuer.Issue("Leaf");
        var first = await RunAsync(leaf, issuer, root);
        var second = await RunAsync(leaf, issuer, root);
        Assert.NotNull(first.Path);
        Assert.NotNull(second.Path);
        Assert.Equal(2, _crypto.Checks);
    }

    [Fact]
    public async Task Another_certificate_of_the_same_issuer_is_checked_itself()
    {
        var root = TestAuthority.Root("Root");
        var issuer = root.Intermediate("Issuer");
        await RunAsync(issuer.Issue("Leaf"), issuer, root);
        Assert.Null((await RunAsync(issuer.Issue("Leaf", change: c => c.BadSignature()), issuer, root)).Path);
        Assert.Equal(3, _crypto.Checks);
    }

    [Fact]
    public async Task An_issuer_of_the_same_name_with_another_key_is_not_the_one_that_signed()
    {
        var root = TestAuthority.Root("Root");
        var leaf = root.Issue("Leaf");
        Assert.NotNull((await RunAsync(leaf, null, root)).Path);
        Assert.Null((await RunAsync(leaf, null, TestAuthority.Root("Root", TestKey.P256("another")))).Path);
    }

    [Fact]
    public async Task Bad_signatures_are_not_remembered()
    {
        var root = TestAuthority.Root("Root");
        var leaf = root.Issue("Leaf", change: c => c.BadSignature());
        await RunAsync(leaf, null, root);
        Assert.Null((await RunAsync(leaf, null, root)).Path);
        Assert.Equal(2, _crypto.Checks);
    }

    [Fact]
    public async Task What_is_remembered_costs_the_budget_what_it_would_have_cost_otherwise()
    {
        var root = TestAuthority.Root("Root");
        var issuer = root.Intermediate("Issuer");
        var leaf = issuer.Issue("Leaf");
        Assert.NotNull((await RunAsync(leaf, issuer, root, Limits.Default with { SignatureChecks = 2 })).Path);
        var scarce = await RunAsync(leaf, issuer, root, Limits.Default with { SignatureChecks = 1 });
        Assert.True(scarce.LimitReached);
        Assert.Null(scarce.Path);
    }

    [Fact]
    public async Task More_certificates_than_are_kept_are_checked_all_the_same()
    {
        var root = TestAuthority.Root("Root");
        for (int i = 0; i < 300; i++)
            _good.Add(BitConverter.GetBytes(i), PathSetup.Parse(root.Certificate).PublicKey);
        Assert.NotNull((await RunAsync(root.Issue("Leaf"), null, root)).Path);
        Assert.False(_good.Contains(BitConverter.GetBytes(0), PathSetup.Parse(root.Certificate).PublicKey));
        Assert.True(_good.Contains(BitConverter.GetBytes(299), PathSetup.Parse(root.Certificate).PublicKey));
    }

    private async Task<PathResult> RunAsync(TestCertificate leaf, TestAuthority? issuer, TestAuthority root, Limits? limits = null)
    {
        limits ??= Limits.Default;
        Certificate[] candidates = issuer is null ? [] : [PathSetup.Parse(issuer.Certificate)];
        return await PathValidator.ValidateAsync(
            PathSetup.Parse(leaf), candidates, [PathSetup.Anchor(root)], PathSetup.Now, _crypto, new SignatureBudget(limits, _good), limits, TestContext.Current.CancellationToken);
    }
}
