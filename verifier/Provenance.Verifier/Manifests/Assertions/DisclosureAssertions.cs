namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>"c2pa.ai-disclosure" (C2PA 2.5 §16.8.2): the model that was used, and how people had a hand in it.</summary>
internal sealed record AiDisclosureAssertion : AssertionModel
{
    /// <summary>Kind of model, for instance "c2pa.types.model".</summary>
    public string? ModelType { get; init; }

    public string? ModelName { get; init; }

    /// <summary>For instance a URI.</summary>
    public string? ModelIdentifier { get; init; }

    /// <summary>"fully_autonomous", "prompt_guided" or "human_validated".</summary>
    public string? HumanOversightLevel { get; init; }

    /// <summary>Fields of science, by arXiv's names.</summary>
    public IReadOnlyList<string> ScientificDomains { get; init; } = [];

    public static AiDisclosureAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        return new()
        {
            ModelType = fields.Text("modelType"),
            ModelName = fields.Text("modelName"),
            ModelIdentifier = fields.Text("modelIdentifier"),
            HumanOversightLevel = fields.Map("contentProfile")?.Text("humanOversightLevel"),
            ScientificDomains = fields.Texts("scientificDomain"),
        };
    }
}

/// <summary>A measured quantity and how it was come by.</summary>
internal sealed record Measurement(double Value, string? Method);

/// <summary>"c2pa.environmental-sustainability" (§16.8.1): what making the content cost.</summary>
/// <param name="Energy">In kWh.</param>
/// <param name="Carbon">In kg of CO2 equivalent.</param>
/// <param name="Water">In litres.</param>
internal sealed record SustainabilityAssertion(Measurement? Energy, Measurement? Carbon, Measurement? Water) : AssertionModel
{
    public static SustainabilityAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        return new(ReadMeasurement(fields, "energy_kwh"), ReadMeasurement(fields, "carbon_kgco2e"), ReadMeasurement(fields, "water_litres"));
    }

    private static Measurement? ReadMeasurement(Fields fields, string key) =>
        fields.Map(key) is { } map && map.Number("value") is { } value ? new(value, map.Text("measurementMethod")) : null;
}

/// <summary>"c2pa.alternative-content-representation" (§16.6.2): another form of the content, such as the original a camera kept.</summary>
/// <param name="Type">What it is, for instance "exif.originalPreservationImage".</param>
/// <param name="MultiAssetPartIndex">Which part of the multi-asset file it is, from 0.</param>
/// <param name="EmbeddedImage">The embedded data it is.</param>
internal sealed record AlternativeContentAssertion(string? Type, long? MultiAssetPartIndex, HashedUri? EmbeddedImage) : AssertionModel
{
    public static AlternativeContentAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        var parameters = fields.Map("parameters");
        return new(fields.Text("type"), parameters?.Integer("multiAssetPartIndex"), parameters?.Reference("embeddedOriginalPreservationImage"));
    }
}
