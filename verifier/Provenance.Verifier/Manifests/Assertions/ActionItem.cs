using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>The parameters of an action, its templates' below its own (C2PA 2.5 §16.4.1.4.8).</summary>
internal sealed record ActionParameters
{
    public static ActionParameters None { get; } = new();

    /// <summary>Every parameter, those of somebody's own too.</summary>
    public LayeredMap All { get; init; } = LayeredMap.Empty;

    /// <summary>The ingredients acted on: "ingredients" (v2) or "ingredient" (v1).</summary>
    public IReadOnlyList<HashedUri> Ingredients { get; init; } = [];

    /// <summary>What a c2pa.redacted action says was removed.</summary>
    public string? Redacted { get; init; }

    public IReadOnlyList<HashedUri> RelatedAssertions { get; init; } = [];

    public string? SourceLanguage { get; init; }

    public string? TargetLanguage { get; init; }

    /// <summary>A name for programs to tell kinds of the action apart.</summary>
    public string? Name { get; init; }

    public bool? MultipleInstances { get; init; }

    /// <summary>Further words on the action (v1).</summary>
    public string? Description { get; init; }

    public static ActionParameters Read(AssertionReading reading, LayeredMap map, string path)
    {
        if (map.Layers.Count == 0)
            return None;
        var fields = new Fields(reading, map, path);
        return new()
        {
            All = map,
            Ingredients = ReadIngredients(fields),
            Redacted = fields.Text("redacted"),
            RelatedAssertions = fields.References("relatedAssertions"),
            SourceLanguage = fields.Text("sourceLanguage"),
            TargetLanguage = fields.Text("targetLanguage"),
            Name = fields.Text("name"),
            MultipleInstances = fields.Boolean("multipleInstances"),
            Description = fields.Text("description"),
        };
    }

    /// <summary>Files have either name under either version of the label, and version 1 of the assertion a map or a list.</summary>
    public static IReadOnlyList<HashedUri> ReadIngredients(Fields fields)
    {
        string key = fields["ingredients"] is not null ? "ingredients" : "ingredient";
        if (fields[key]?.Kind != CborKind.Map)
            return fields.References(key);
        return fields.Reference(key) is { } only ? [only] : [];
    }
}

/// <summary>One action with its templates merged in (C2PA 2.5 §16.4.1.4). Names, times and programs are the claim's words.</summary>
internal sealed record ActionItem
{
    /// <summary>The kind of action, for instance "c2pa.cropped".</summary>
    public required string Name { get; init; }

    /// <summary>Its place in the list, from 0; a related action has that of the action it belongs to.</summary>
    public required int Index { get; init; }

    public ClaimedTime? When { get; init; }

    public ClaimedTime? WhenStart { get; init; }

    public ClaimedTime? WhenEnd { get; init; }

    /// <summary>The program or device: its own, or the one its index names in the list of the assertion.</summary>
    public GeneratorInfo? SoftwareAgent { get; init; }

    /// <summary>Who did it, by the names the claim gives (1.x).</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    public string? Description { get; init; }

    public string? DigitalSourceType { get; init; }

    public string? Reason { get; init; }

    /// <summary>Where the content was changed; nothing means that it is not said.</summary>
    public IReadOnlyList<RegionOfInterest> Changes { get; init; } = [];

    /// <summary>What was changed, separated by semicolons (v1).</summary>
    public string? Changed { get; init; }

    /// <summary>xmpMM:InstanceID of the result (v1): text, or the hexadecimal digits of a UUID.</summary>
    public string? InstanceId { get; init; }

    public ActionParameters Parameters { get; init; } = ActionParameters.None;

    /// <summary>A picture for actions of somebody's own, from a template.</summary>
    public HashedUri? Icon { get; init; }

    /// <summary>Actions done together with this one, its own values merged in (§16.4.1.8).</summary>
    public IReadOnlyList<ActionItem> Related { get; init; } = [];
}
