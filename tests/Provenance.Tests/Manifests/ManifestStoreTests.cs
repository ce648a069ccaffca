using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;
using Xunit;

namespace Provenance.Tests.Manifests;

public sealed class ManifestStoreTests
{
    [Fact]
    public void The_last_manifest_is_the_active_one()
    {
        var store = Parse(Manifest("first"), TestBox.Content("free", []), Manifest("second"), TestBox.Super("c2tm", "unknown"));
        Assert.Equal("second", store.Active!.Label);
        Assert.Equal(["first", "second"], store.Manifests.Select(manifest => manifest.Label));
    }

    [Fact]
    public void A_manifest_that_cannot_be_read_is_not_passed_over_for_the_one_before_it()
    {
        var store = Parse(Manifest("first"), TestBox.Super("c2cm", "second", TestBox.Content("brob", [1, 2, 3])));
        Assert.Null(store.Active);
        Assert.Equal("second", Assert.Single(store.Unreadable).Label);
        Assert.NotNull(store.Find("first"));
    }

    [Fact]
    public void A_manifest_that_cannot_be_read_and_is_not_the_last_leaves_the_active_one()
    {
        var store = Parse(TestBox.Super("c2cm", "first", TestBox.Content("brob", [1, 2, 3])), Manifest("second"));
        Assert.Equal("second", store.Active!.Label);
        Assert.Null(store.Find("first"));
    }

    [Theory]
    [InlineData("c2ma", ManifestKind.Standard)]
    [InlineData("c2md", ManifestKind.Standard)]
    [InlineData("c2um", ManifestKind.Update)]
    public void The_type_of_its_box_says_what_a_manifest_is(string type, ManifestKind kind) => Assert.Equal(kind, Parse(TestBox.Super(type, "m")).Active!.Kind);

    [Fact]
    public void A_store_has_as_many_manifests_as_the_limit_and_no_more()
    {
        var limits = Limits.Default with { Manifests = 3 };
        TestBox[] three = [Manifest("a"), Manifest("b"), Manifest("c")];
        Assert.Equal(3, ManifestStore.Parse(Store(three), limits).Manifests.Count);
        Assert.Throws<LimitExceededException>(() => ManifestStore.Parse(Store([.. three, Manifest("d")]), limits));
    }

    [Fact]
    public void What_manifests_unpack_to_counts_for_all_of_them_together()
    {
        static TestBox Compressed(string label) => TestBox.Super("c2cm", label, TestBox.Content("brob", ManifestBuilder.Brotli(TestBox.Super("c2ma", label, TestBox.Content("free", new byte[600])).ToBytes())));
        Assert.Empty(ManifestStore.Parse(Store(Compressed("a"), Compressed("b")), Limits.Default with { BrotliOutputBytes = 1400 }).Unreadable);
        Assert.Single(ManifestStore.Parse(Store(Compressed("a"), Compressed("b")), Limits.Default with { BrotliOutputBytes = 1200 }).Unreadable);
    }

    [Fact]
    public void Two_manifests_of_one_label_are_malformed() => Assert.Throws<MalformedDataException>(() => Parse(Manifest("a"), Manifest("a")));

    [Fact]
    public void Labels_that_differ_in_case_are_two() => Assert.Equal(2, Parse(Manifest("a"), Manifest("A")).Manifests.Count);

    [Fact]
    public void A_reference_leads_where_it_says_and_nowhere_else()
    {
        TestBox With(string label) => TestBox.Super("c2ma", label, TestBox.Super("c2as", "c2pa.assertions", TestBox.Super("cbor", "note", TestBox.Content("cbor", [0xA0]))));
        var store = Parse(With("first"), With("second"));

        Assert.Same(store.Find("second")!.Assertions[0].Box, Resolve("self#jumbf=c2pa.assertions/note"));
        Assert.Same(store.Find("first")!.Assertions[0].Box, Resolve("self#jumbf=/c2pa/first/c2pa.assertions/note"));
        Assert.Same(store.Find("first")!.Box, Resolve("self#jumbf=/c2pa/first"));
        Assert.Null(Resolve("self#jumbf=/c2pa/third/c2pa.assertions/note"));
        Assert.Null(Resolve("self#jumbf=c2pa.assertions/Note"));
        Assert.Null(Resolve("https://example.org"));

        JumbfBox? Resolve(string uri) => store.Resolve(JumbfUri.Parse(uri), store.Active!);
    }

    private static TestBox Manifest(string label) => TestBox.Super("c2ma", label);

    private static byte[] Store(params TestBox[] boxes) => TestBox.Super("c2pa", "c2pa", boxes).ToBytes();

    private static ManifestStore Parse(params TestBox[] boxes) => ManifestStore.Parse(Store(boxes), Limits.Default);
}
