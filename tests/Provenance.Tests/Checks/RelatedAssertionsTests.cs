using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Checks;

public sealed class RelatedAssertionsTests
{
    private const string ActionMalformed = "assertion.action.malformed", IngredientMalformed = "assertion.ingredient.malformed";

    private static readonly Assertion s_note = Assertion.Cbor("com.litware.note.ingredient", new CborFields());

    private static Task<string> OfAction(Func<BuildContext, object?> related) => Statements.JudgeAsync(Statements.Silent().From(Ingredient.Component()).With(s_note)
        .With(Statements.Actions(c => new() { { "actions", new[] { Statements.Created(("parameters", new CborFields { { "relatedAssertions", related(c) } })) } } })));

    private static Task<string> OfIngredient(Func<BuildContext, object?> related, string label = "c2pa.ingredient.v3", params Assertion[] more) => Statements.JudgeAsync(
        Statements.Sound().With(s_note).With(more).With(Assertion.Cbor(label, c => new CborFields { { "relationship", "componentOf" }, { "dc:title", "t" }, { "dc:format", "f" }, { "relatedAssertions", related(c) } })));

    [Fact]
    public async Task An_action_may_have_related_assertions() => Assert.Equal("Trusted", await OfAction(c => new[] { c.HashedUri("com.litware.note.ingredient") }));

    [Fact]
    public async Task An_ingredient_may_have_related_assertions() => Assert.Equal("Trusted", await OfIngredient(c => new[] { c.HashedUri("com.litware.note.ingredient") }));

    [Fact]
    public async Task They_are_a_list_of_at_least_one()
    {
        Assert.Equal(ActionMalformed, await OfAction(_ => Array.Empty<object>()));
        Assert.Contains(ActionMalformed, await OfAction(c => c.HashedUri("com.litware.note.ingredient")), StringComparison.Ordinal);
        Assert.Equal(IngredientMalformed, await OfIngredient(_ => Array.Empty<object>()));
        Assert.Contains(IngredientMalformed, await OfIngredient(c => c.HashedUri("com.litware.note.ingredient")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_there()
    {
        Assert.Equal(ActionMalformed + " hashedURI.missing", await OfAction(c => new[] { c.HashedUri("com.litware.note.ingredient").With("url", "self#jumbf=c2pa.assertions/none.ingredient") }));
        Assert.Equal("hashedURI.missing " + IngredientMalformed, await OfIngredient(c => new[] { c.HashedUri("com.litware.note.ingredient").With("url", "self#jumbf=c2pa.assertions/none.ingredient") }));
    }

    [Fact]
    public async Task They_are_neither_actions_nor_ingredients()
    {
        Assert.Equal(ActionMalformed, await OfAction(c => new[] { c.HashedUri("c2pa.ingredient.v3") }));
        Assert.Equal(IngredientMalformed, await OfIngredient(c => new[] { c.HashedUri("c2pa.actions.v2") }));
    }

    [Fact]
    public async Task Those_of_an_ingredient_say_so_in_their_labels()
    {
        var other = Assertion.Cbor("com.litware.note", new CborFields());
        Assert.Equal(IngredientMalformed, await OfIngredient(c => new[] { c.HashedUri("com.litware.note") }, more: other));
        var second = Assertion.Cbor("com.litware.note.ingredient__1", new CborFields());
        Assert.Equal("Trusted", await OfIngredient(c => new[] { c.HashedUri("com.litware.note.ingredient__1") }, more: second));
    }

    [Fact]
    public async Task They_are_of_the_same_manifest()
    {
        var source = Statements.Sound("source").With(s_note).Embed(TestJpeg.Small());
        var manifest = Statements.Silent().CarryingAlong(source).With(Statements.Actions(c => new()
        {
            { "actions", new[] { Statements.Created(("parameters", new CborFields { { "relatedAssertions", new[] { c.HashedUri(source.ActiveLabel, "c2pa.assertions/com.litware.note.ingredient") } } })) } },
        }));
        Assert.Equal(ActionMalformed, await Statements.JudgeAsync(manifest));
    }

    [Fact]
    public async Task An_ingredient_of_version_2_has_no_such_field() =>
        Assert.DoesNotContain(IngredientMalformed, await OfIngredient(_ => Array.Empty<object>(), "c2pa.ingredient.v2"), StringComparison.Ordinal);
}
