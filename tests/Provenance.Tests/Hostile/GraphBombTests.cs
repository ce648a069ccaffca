using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>
/// Manifests that refer to each other in every way that makes a reader walk for ever, or walk every road (attacks H01 to H03). Their
/// signatures are sound; where hashes cannot be, in circles, they are zeros.
/// </summary>
public sealed class GraphBombTests
{
    [Theory]
    [InlineData(22)]
    [InlineData(30)]
    public async Task A_sound_diamond_of_many_levels_is_walked_once(int levels)
    {
        var left = Subject.Manifest("left 0").Created().Embed(Bomb.Picture);
        var right = Subject.Manifest("right 0").Created().Embed(Bomb.Picture);
        for (int level = 1; level < levels; level++)
            (left, right) = (Above($"left {level}", left, right), Above($"right {level}", left, right));
        byte[] file = Above("top", left, right).Bytes;

        var report = await Bomb.SetOffAsync(file);

        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Equal((2 * levels) + 1, report.Manifests.Count);
    }

    private static SignedAsset Above(string seed, SignedAsset left, SignedAsset right) =>
        Subject.Manifest(seed).Created().Placed(left, "left").Placed(right, "right").Embed(Bomb.Picture);

    [Fact]
    public async Task Levels_of_eight_that_all_refer_to_the_eight_below()
    {
        const int levels = 60, width = 8;
        static string Name(int level, int place) => $"m{level}-{place}";
        var nodes = Enumerable.Range(0, levels).SelectMany(level => Enumerable.Range(0, width).Select(place =>
            (Name(level, place), level == 0 ? [] : Enumerable.Range(0, width).Select(below => Name(level - 1, below)).ToArray())));

        await Bomb.SetOffAsync(Graph([.. nodes, ("top", [.. Enumerable.Range(0, width).Select(place => Name(levels - 1, place))])]));
    }

    [Fact]
    public async Task A_hundred_manifests_that_all_refer_to_all()
    {
        string[] names = [.. Enumerable.Range(0, 64).Select(i => $"m{i}")];

        await Bomb.SetOffAsync(Graph([.. names.Select(name => (name, names))]));
    }

    [Theory]
    [InlineData("a>a", 1)]
    [InlineData("b>a a>b", 2)]
    [InlineData("c>a b>c a>b,c", 3)]
    [InlineData("c>b b>c a>b", 3)]
    public async Task A_circle_is_walked_once_and_not_vouched_for(string edges, int manifests)
    {
        var report = await Bomb.SetOffAsync(Graph([.. edges.Split(' ').Select(edge => edge.Split('>')).Select(edge => (edge[0], edge[1].Split(',')))]));

        Assert.Equal(ValidationState.Invalid, report.State);
        Assert.Equal(manifests, report.Manifests.Count);
    }

    [Fact]
    public async Task Updates_that_update_each_other_end()
    {
        SignedAsset Update(string name, string parent) => Subject.Manifest(name).Labelled(name).Update()
            .With(Assertion.Cbor("c2pa.ingredient.v3", Reference("parentOf", parent))).BoundBy().Sidecar(Bomb.Picture);
        var store = TestBox.Super("c2pa", "c2pa", Update("a", "b").ActiveManifest, Update("b", "a").ActiveManifest);

        var report = await Bomb.SetOffAsync(Bomb.WithStore(store.ToBytes()));

        Assert.Equal(ValidationState.Invalid, report.State);
    }

    [Fact]
    public async Task A_chain_of_a_thousand() => await Bomb.AssertLimitAsync(nameof(Limits.Manifests), Chain(1000));

    [Fact]
    public async Task A_chain_of_five_hundred() => await Bomb.AssertLimitAsync(nameof(Limits.IngredientDepth), Chain(500));

    private static byte[] Chain(int length) => Graph([.. Enumerable.Range(0, length).Select(i => ($"m{i}", i == 0 ? Array.Empty<string>() : [$"m{i - 1}"]))]);

    /// <summary>A store of one manifest for each node, which refers to others by name; the last is the active one.</summary>
    private static byte[] Graph(IReadOnlyList<(string Name, string[] Others)> nodes) =>
        Bomb.WithStore(TestBox.Super("c2pa", "c2pa", [.. nodes.Select(node => Subject.Manifest(node.Name).Labelled(node.Name).Created()
            .With([.. node.Others.Select((other, i) => Assertion.Cbor(i == 0 ? "c2pa.ingredient.v3" : $"c2pa.ingredient.v3__{i}", Reference("componentOf", other)))])
            .Sidecar(Bomb.Picture).ActiveManifest)]).ToBytes());

    internal static CborFields Reference(string relationship, string manifest) => new()
    {
        { "relationship", relationship },
        { "validationResults", new CborFields { { "activeManifest", new CborFields { { "success", Array.Empty<object>() } } } } },
        { "activeManifest", new CborFields { { "url", "self#jumbf=/c2pa/" + manifest }, { "hash", new byte[32] } } },
        { "claimSignature", new CborFields { { "url", $"self#jumbf=/c2pa/{manifest}/c2pa.signature" }, { "hash", new byte[32] } } },
    };
}
