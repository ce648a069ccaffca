using Provenance.TestKit;
using Provenance.Verifier.Status;
using Xunit;

namespace Provenance.Tests.Checks;

public sealed class AlternativeContentCheckTests
{
    private const string Label = "c2pa.alternative-content-representation";
    private const string Malformed = "assertion.alternativeContentRepresentation.malformed";

    private static readonly Assertion s_original = Assertion.File("c2pa.embedded-data", "image/jpeg", TestJpeg.Small().Bytes);

    private static Assertion Of(Func<BuildContext, CborFields> parameters, string type = "exif.originalPreservationImage", string label = Label) =>
        Assertion.Cbor(label, c => new CborFields { { "type", type }, { "parameters", parameters(c) } });

    private static Assertion Embedded(Action<CborFields>? change = null, string label = Label) => Of(c =>
    {
        var reference = c.HashedUri("c2pa.embedded-data");
        change?.Invoke(reference);
        return new() { { "embeddedOriginalPreservationImage", reference } };
    }, label: label);

    private static ManifestBuilder WithParts(int index)
    {
        Assertion[] parts = HardBinding.Parts(HardBinding.PictureAndRest, 2);
        return Statements.Sound().With(parts).With(Of(_ => new() { { "multiAssetPartIndex", index } }));
    }

    [Fact]
    public async Task An_original_in_the_manifest_matches_its_hash()
    {
        var report = await Statements.VerifyAsync(Statements.Sound().With(s_original, Embedded()));
        Assert.NotNull(report.Find(StatusCodes.AlternativeContentMatch));
        Assert.DoesNotContain(report.Findings, finding => finding.IsFailure);
    }

    [Fact]
    public async Task An_original_of_another_hash_is_a_mismatch() =>
        Assert.Equal("assertion.alternativeContentRepresentation.hashMismatch", await Statements.JudgeAsync(Statements.Sound().With(s_original, Embedded(r => r["hash"] = new byte[32]))));

    [Fact]
    public async Task An_original_that_is_not_there_is_missing() =>
        Assert.Equal("assertion.alternativeContentRepresentation.missing",
            await Statements.JudgeAsync(Statements.Sound().With(s_original, Embedded(r => r["url"] = "self#jumbf=c2pa.assertions/c2pa.embedded-data__1"))));

    [Theory]
    [InlineData("hash")]
    [InlineData("url")]
    public async Task A_reference_without_a_field_is_malformed(string key) =>
        Assert.Equal(Malformed, await Statements.JudgeAsync(Statements.Sound().With(s_original, Embedded(r => r.Omit(key)))));

    [Fact]
    public async Task It_is_named_one_way_or_the_other()
    {
        Assert.Equal(Malformed, await Statements.JudgeAsync(Statements.Sound().With(Of(_ => new()))));
        Assert.Equal(Malformed, await Statements.JudgeAsync(Statements.Sound().With(s_original,
            Of(c => new() { { "multiAssetPartIndex", 0 }, { "embeddedOriginalPreservationImage", c.HashedUri("c2pa.embedded-data") } }))));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(-1, false)]
    public async Task A_part_is_one_of_the_multi_asset_hash(int index, bool found)
    {
        var report = await Statements.VerifyAsync(WithParts(index));
        Assert.Equal(found, report.Find(StatusCodes.AlternativeContentMatch) is not null);
        Assert.Equal(!found, report.Find(StatusCodes.AlternativeContentMalformed) is not null);
    }

    [Fact]
    public async Task Without_a_multi_asset_hash_there_is_no_part() =>
        Assert.Equal(Malformed, await Statements.JudgeAsync(Statements.Sound().With(Of(_ => new() { { "multiAssetPartIndex", 0 } }))));

    [Fact]
    public async Task There_is_one_original_at_most() =>
        Assert.Equal(Malformed, await Statements.JudgeAsync(Statements.Sound().With(s_original, Embedded(), Embedded(label: Label + "__1"))));

    [Fact]
    public async Task Other_kinds_have_no_rules()
    {
        var report = await Statements.VerifyAsync(Statements.Sound().With(Of(_ => new(), "com.litware.kind"), Of(_ => new(), "com.litware.kind", Label + "__1")));
        Assert.DoesNotContain(report.Findings, finding => finding.IsFailure || finding.Code == StatusCodes.AlternativeContentMatch);
    }

    [Fact]
    public async Task An_original_that_was_removed_and_declared_so_is_no_failure()
    {
        var source = Statements.Sound("source").With(s_original, Embedded()).Embed(TestJpeg.Small());
        var report = await Statements.VerifyAsync(Statements.Silent().Opened(source).Redacts(source.ActiveLabel, "c2pa.embedded-data"));
        Assert.DoesNotContain(report.Findings.Concat(report.IngredientFailures), finding => finding.IsFailure);
    }
}
