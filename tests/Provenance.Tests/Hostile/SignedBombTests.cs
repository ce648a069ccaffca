using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>Signed claims and assertions that make a careless reader do the same work over and over.</summary>
public sealed class SignedBombTests
{
    private const int Many = 4000;

    [Theory]
    [InlineData("cbor")]
    [InlineData("json")]
    [InlineData("file")]
    [InlineData("zeros")]
    [InlineData("actions")]
    [InlineData("ingredient")]
    [InlineData("time-stamp")]
    [InlineData("certificate-status")]
    [InlineData("soft-binding")]
    [InlineData("cloud-data")]
    public async Task Thousands_of_references_to_one_assertion_cost_as_much_as_one(string kind)
    {
        var assertion = kind switch
        {
            "cbor" => Assertion.Cbor("org.example.bulk", new byte[2 << 20]),
            "json" => Assertion.Json("org.example.bulk", "[" + string.Join(',', Enumerable.Repeat("{\"a\":1}", 250_000)) + "]"),
            "file" => Assertion.File("c2pa.thumbnail.claim", new string('x', 2 << 20), [1]),
            "zeros" => Assertion.Boxes("org.example.bulk", "uuid", TestBox.Content("uuid", new byte[2 << 20])),
            "actions" => Assertion.Cbor("c2pa.actions.v2__1", new CborFields { { "actions", Enumerable.Repeat(new CborFields { { "action", "c2pa.edited" } }, 3000).ToArray() } }),
            "ingredient" => Assertion.Cbor("c2pa.ingredient.v3__7", new CborFields { { "relationship", "componentOf" }, { "dc:title", new string('x', 1 << 20) } }),
            "time-stamp" => Assertion.Cbor("c2pa.time-stamp", new CborFields { { Subject.Manifest("bomb").Label, new byte[100_000] } }),
            "certificate-status" => Assertion.Cbor("c2pa.certificate-status", new CborFields { { "ocspVals", new object[] { Convert.ToBase64String(new byte[1 << 20]) } } }),
            "soft-binding" => Assertion.Cbor("c2pa.soft-binding", new CborFields { { "alg", new string('x', 1 << 20) } }),
            _ => Assertion.Cbor("c2pa.cloud-data", new CborFields { { "label", new string('x', 1 << 20) } }),
        };
        byte[] file = Subject.Manifest("bomb").Created().With(assertion).Claim(claim => Repeat(claim, assertion.Label)).Embed(Bomb.Picture).Bytes;

        await Bomb.SetOffAsync(file);
    }

    [Fact]
    public async Task A_name_of_a_megabyte_is_not_repeated_in_every_finding()
    {
        string name = new('x', 1 << 20);
        byte[] file = Subject.Manifest("bomb").Created().With(Assertion.Cbor("org.example.one", 1)).Claim(claim =>
        {
            Repeat(claim, "org.example.one");
            claim["alg"] = name;
        }).Embed(Bomb.Picture).Bytes;

        await Bomb.SetOffAsync(file);
    }

    [Theory]
    [InlineData("a/")]
    [InlineData("x")]
    public async Task A_reference_of_megabytes_is_none(string part)
    {
        string url = "self#jumbf=" + string.Concat(Enumerable.Repeat(part, (3 << 20) / part.Length)) + "z";
        byte[] file = Bomb.Signed(Assertion.Cbor("org.example.one", 1).Entry(entry => entry["url"] = url));

        await Bomb.SetOffAsync(file);
    }

    [Fact]
    public async Task Ingredients_by_the_thousand_with_removed_assertions_by_the_thousand()
    {
        var ingredients = Enumerable.Range(0, 2000).Select(i => Assertion.Cbor($"c2pa.ingredient.v3__{i + 1}",
            new CborFields { { "relationship", "componentOf" }, { "thumbnail", new CborFields { { "url", "self#jumbf=c2pa.assertions/none" }, { "hash", new byte[32] } } } })).ToArray();
        string[] redacted = [.. Enumerable.Range(0, 4096).Select(i => $"self#jumbf=/c2pa/other/c2pa.assertions/a{i}")];
        byte[] file = Subject.Manifest("bomb").Created().With(ingredients).Claim(claim => claim["redacted_assertions"] = redacted).Embed(Bomb.Picture).Bytes;

        await Bomb.SetOffAsync(file);
    }

    [Fact]
    public async Task Actions_by_the_thousand_with_programs_by_the_thousand()
    {
        var actions = Enumerable.Repeat(new CborFields { { "action", "c2pa.edited" }, { "softwareAgentIndex", 3 } }, 4000);
        var agents = Enumerable.Repeat(new CborFields { { "name", "x" } }, 20_000);
        byte[] file = Subject.Manifest("bomb").Created().With(Assertion.Cbor("c2pa.actions.v2__1", new CborFields { { "actions", actions.ToArray() }, { "softwareAgents", agents.ToArray() } }))
            .Embed(Bomb.Picture).Bytes;

        await Bomb.SetOffAsync(file);
    }

    [Fact]
    public async Task Undeclared_assertions_by_the_thousand_with_the_longest_labels()
    {
        string label = new('x', 1000);
        byte[] file = Subject.Manifest("bomb").Created().Manifest(manifest => manifest.Child("c2pa.assertions").Children.AddRange(
            Enumerable.Range(0, 4000).Select(i => TestBox.Super("cbor", label + i, TestBox.Content("cbor", [0x01]))))).Embed(Bomb.Picture).Bytes;

        await Bomb.SetOffAsync(file);
    }

    [Fact]
    public async Task Broken_assertions_by_the_thousand()
    {
        byte[] file = Bomb.Signed([.. Enumerable.Range(0, 4000).Select(i => Assertion.CborBytes($"c2pa.soft-binding__{i}", [0xFF]))]);

        await Bomb.SetOffAsync(file);
    }

    [Fact]
    public async Task A_thousand_ranges_left_out_of_a_picture_of_thousands_of_chunks()
    {
        var picture = Bomb.Picture with { Chunks = [.. Enumerable.Repeat(("tEXt", Array.Empty<byte>()), 60_000)] };
        byte[] file = Subject.Manifest("bomb").Created().BoundBy(HardBinding.Data("c2pa.hash.data", c =>
            [c.Asset.Extent, .. Enumerable.Range(0, 1000).Select(i => new Extent(c.Asset.Extent.End + (24L * i), 12))])).Embed(picture).Bytes;

        await Bomb.SetOffAsync(file);
    }

    [Theory]
    [InlineData("excluded")]
    [InlineData("exclusions")]
    public async Task A_box_hash_with_an_entry_for_each_of_thousands_of_chunks(string field)
    {
        var picture = Bomb.Picture with { Chunks = [.. Enumerable.Repeat(("tEXt", new byte[4]), 10_000)] };
        byte[] file = Subject.Manifest("bomb").Created().BoundBy(HardBinding.Boxes(oneByOne: true, entries: list =>
        {
            foreach (var entry in list.Where(entry => ((string[])entry["names"]!)[0] == "tEXt"))
                entry.Add(field, field == "excluded" ? true : new object[] { new CborFields { { "start", 8 }, { "length", 4 } } });
        })).Embed(picture).Bytes;

        await Bomb.SetOffAsync(file);
    }

    /// <summary>Lists an assertion thousands of times.</summary>
    private static void Repeat(CborFields claim, string label)
    {
        var entries = (CborFields[])claim["created_assertions"]!;
        var entry = entries.Single(entry => ((string)entry["url"]!).EndsWith("/" + label, StringComparison.Ordinal));
        claim["created_assertions"] = entries.Concat(Enumerable.Repeat(entry, Many)).ToArray();
    }
}
