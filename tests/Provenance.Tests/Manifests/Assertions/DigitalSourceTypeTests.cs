using Provenance.TestKit;
using Provenance.Verifier.Manifests.Assertions;
using Xunit;

namespace Provenance.Tests.Manifests.Assertions;

public sealed class DigitalSourceTypeTests
{
    [Theory]
    [InlineData("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", nameof(AiExtent.Full))]
    [InlineData("https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", nameof(AiExtent.Full))]
    [InlineData("trainedAlgorithmicMedia", nameof(AiExtent.Full))]
    [InlineData("http://c2pa.org/digitalsourcetype/trainedAlgorithmicData", nameof(AiExtent.Full))]
    [InlineData("https://c2pa.org/digitalsourcetype/trainedAlgorithmicData", nameof(AiExtent.Full))]
    [InlineData("c2pa.trainedAlgorithmicData", nameof(AiExtent.Full))]
    [InlineData("http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia", nameof(AiExtent.Partial))]
    [InlineData("http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia", nameof(AiExtent.None))]
    [InlineData("http://cv.iptc.org/newscodes/digitalsourcetype/TrainedAlgorithmicMedia", nameof(AiExtent.None))]
    [InlineData("http://example.com/trainedAlgorithmicMedia", nameof(AiExtent.None))]
    [InlineData("", nameof(AiExtent.None))]
    [InlineData(null, nameof(AiExtent.None))]
    public void A_term_says_how_much_a_model_made(string? value, string extent) => Assert.Equal(extent, DigitalSourceType.ExtentOf(value).ToString());

    [Fact]
    public void Declarations_are_found_wherever_they_may_stand()
    {
        static IEnumerable<string> In(AssertionModel model) =>
            SourceDeclarations.In(model).Select(found => $"{found.Place} {found.Index} {found.Value.Split('/')[^1]} {found.Extent} {found.Tool} {found.OfIngredient}");

        Assert.Equal(
            ["Action 0 trainedAlgorithmicMedia Full  False", "Action 1 trainedAlgorithmicMedia Partial Tool False", "Action 1 compositeWithTrainedAlgorithmicMedia Partial Tool False", "Action 2 digitalCapture None  False"],
            In(Made.Clean<ActionsAssertion>("c2pa.actions.v2", new CborFields
            {
                {
                    "actions", new[]
                    {
                        new CborFields { { "action", "c2pa.created" }, { "digitalSourceType", DigitalSource.ArtificialIntelligence } },
                        new CborFields
                        {
                            { "action", "c2pa.edited" },
                            { "related", new[] { new CborFields { { "description", "the same" } }, new CborFields { { "digitalSourceType", DigitalSource.CompositeWithAi } } } },
                        },
                        new CborFields { { "action", "c2pa.placed" }, { "digitalSourceType", DigitalSource.Camera } },
                        new CborFields { { "action", "c2pa.cropped" } },
                    }
                },
                { "templates", new[] { new CborFields { { "action", "c2pa.edited" }, { "digitalSourceType", DigitalSource.ArtificialIntelligence }, { "softwareAgent", new CborFields { { "name", "Tool" } } } } } },
            })));
        Assert.Equal(["Ingredient  trainedAlgorithmicMedia Full  True"],
            In(Made.Clean<IngredientAssertion>("c2pa.ingredient.v3", new CborFields { { "relationship", "componentOf" }, { "digitalSourceType", DigitalSource.ArtificialIntelligence } })));
        Assert.Equal(["Metadata  digitalCapture None  False"], In(Made.Read(Made.Json("c2pa.metadata", $$"""{"Iptc4xmpExt:DigitalSourceType": "{{DigitalSource.Camera}}"}"""))));
        Assert.Equal(["AiDisclosure  c2pa.types.model Unstated N True"],
            In(Made.Clean<AiDisclosureAssertion>("c2pa.ai-disclosure.ingredient", new CborFields { { "modelType", "c2pa.types.model" }, { "modelName", "N" } })));
        Assert.Empty(In(Made.Clean<SoftBindingAssertion>("c2pa.soft-binding", new CborFields())));
    }
}
