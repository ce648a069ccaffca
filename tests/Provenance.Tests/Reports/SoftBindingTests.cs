using Provenance.TestKit;
using Provenance.Tests.Checks;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Reports;

/// <summary>What whoever registers a credential needs of a report: its bytes, what finds it, and what holds of it without the content.</summary>
public sealed class SoftBindingTests
{
    [Fact]
    public async Task Values_are_told_with_the_part_that_they_stand_for()
    {
        var report = await Statements.VerifyAsync(Statements.Sound().With(SoftBinding(
            new() { { "scope", new CborFields { { "timespan", new CborFields { { "start", 500 }, { "end", 1500 } } } } }, { "value", new byte[] { 1, 2 } } },
            new() { { "scope", new CborFields() }, { "value", "text" } })));
        var bindings = report.SoftBindings.ToList();
        Assert.Equal([("alg.one", "0102", false, 500L, 1500L), ("alg.one", "74657874", true, null, (long?)null)],
            bindings.Select(binding => (binding.Algorithm, Convert.ToHexString(binding.Value.Span), binding.IsText, binding.Start, binding.End)));
    }

    [Fact]
    public async Task Values_in_an_assertion_that_differs_from_its_hash_are_not_told()
    {
        var changed = SoftBinding(new CborFields { { "scope", new CborFields() }, { "value", new byte[] { 1 } } }).Entry(entry => entry["hash"] = new byte[32]);
        Assert.Empty((await Statements.VerifyAsync(Statements.Sound().With(changed))).SoftBindings);
    }

    [Fact]
    public async Task Values_of_what_an_update_rests_on_are_told_and_those_of_other_ingredients_are_not()
    {
        var block = new CborFields { { "scope", new CborFields() }, { "value", new byte[] { 1 } } };
        var parent = Statements.Sound("parent").With(SoftBinding(block)).Embed(TestJpeg.Small());
        Assert.Single((await Statements.VerifyAsync(Statements.Silent("update").Update().Opened(parent))).SoftBindings);
        Assert.Empty((await Statements.VerifyAsync(Statements.Silent("edit").Opened(parent))).SoftBindings);
    }

    [Fact]
    public async Task The_bytes_of_the_store_are_told()
    {
        var asset = Statements.Sound().Embed(TestJpeg.Small());
        Assert.Equal(asset.Store, (await Statements.VerifyAsync(asset)).StoreBytes!.Value.ToArray());
        Assert.Null((await AloneAsync(TestJpeg.Small().Bytes)).StoreBytes);
        Assert.Equal(asset.Store, (await AloneAsync(asset.Store)).StoreBytes!.Value.ToArray());
    }

    [Fact]
    public async Task Of_a_store_alone_the_statements_are_judged_and_of_a_whole_file_the_file()
    {
        var asset = Statements.Sound().Embed(TestJpeg.Small());
        Assert.Null((await Statements.VerifyAsync(asset)).Statements);

        var alone = await AloneAsync(asset.Store);
        Assert.Equal(Label.NotChecked, alone.Label);
        Assert.Equal((CredentialPresence.Checked, IntegrityFact.Intact, ValidityFact.InForce), (alone.Statements!.Presence, alone.Statements.Integrity, alone.Statements.Validity));

        var changed = (byte[])asset.Store.Clone();
        changed[asset.CosePart.Start + asset.CosePart.Length - 1] ^= 1;
        Assert.Equal(IntegrityFact.Changed, (await AloneAsync(changed)).Statements!.Integrity);
    }

    [Fact]
    public async Task A_store_alone_that_names_no_content_is_not_intact_and_its_report_stays_as_it_was()
    {
        var report = await AloneAsync(Statements.Sound().BoundBy().Embed(TestJpeg.Small()).Store);
        Assert.Equal(IntegrityFact.AgainstRules, report.Statements!.Integrity);
        Assert.DoesNotContain(report.Findings, finding => finding.Code.Text == "claim.hardBindings.missing");
    }

    private static Assertion SoftBinding(params CborFields[] blocks) => Assertion.Cbor("c2pa.soft-binding", new CborFields { { "alg", "alg.one" }, { "blocks", blocks } });

    private static async Task<VerificationReport> AloneAsync(byte[] store) => await Provenance.Verifier.Verifier.VerifyAsync(
        AssetSource.FromMemory(store), VerificationPolicy.WithoutTrustAnchorsUnsafe(TestTimeStampAuthority.UsualTime.AddDays(1)), TestContext.Current.CancellationToken);
}
