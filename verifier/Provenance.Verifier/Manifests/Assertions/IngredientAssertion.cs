namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>
/// "c2pa.ingredient", ".v2" and ".v3" (C2PA 2.5 §16.5) as shown: tolerant, with every field of every version. What the rules of §14.11 judge
/// is <see cref="Ingredient"/>.
/// </summary>
internal sealed record IngredientAssertion : AssertionModel
{
    /// <summary>How the ingredient was used; null where that is absent or no word of the standard.</summary>
    public Relationship? Relationship { get; init; }

    public string? Title { get; init; }

    /// <summary>Media type, as stated.</summary>
    public string? Format { get; init; }

    public string? DocumentId { get; init; }

    public string? InstanceId { get; init; }

    public string? Description { get; init; }

    /// <summary>A page about the ingredient: no proof of anything.</summary>
    public string? InformationalUri { get; init; }

    /// <summary>Its manifest: activeManifest (v3) or c2pa_manifest.</summary>
    public HashedUri? Manifest { get; init; }

    public HashedUri? ClaimSignature { get; init; }

    public HashedUri? Thumbnail { get; init; }

    /// <summary>The ingredient itself, inside the store or elsewhere. A prompt may be personal.</summary>
    public ResourceReference? Data { get; init; }

    public IReadOnlyList<AssetType> DataTypes { get; init; } = [];

    /// <summary>What kind of source it is, where it has no manifest that says so (2.4).</summary>
    public string? DigitalSourceType { get; init; }

    /// <summary>Assertions of this manifest that are about the ingredient (2.5).</summary>
    public IReadOnlyList<HashedUri> RelatedAssertions { get; init; } = [];

    /// <summary>Its manifest was found by a watermark or fingerprint; then its own binding to content is expected not to match.</summary>
    public bool? SoftBindingsMatched { get; init; }

    public IReadOnlyList<string> SoftBindingAlgorithmsMatched { get; init; } = [];

    /// <summary>What its signer recorded about the ingredient (v3).</summary>
    public RecordedResults? ValidationResults { get; init; }

    /// <summary>What its signer recorded about the ingredient (v1 and v2).</summary>
    public IReadOnlyList<RecordedCode> ValidationStatus { get; init; } = [];

    public static IngredientAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        return new()
        {
            Relationship = ReadRelationship(fields),
            Title = fields.Text("dc:title"),
            Format = fields.Text("dc:format"),
            DocumentId = fields.Text("documentID"),
            InstanceId = fields.Text("instanceID"),
            Description = fields.Text("description"),
            InformationalUri = fields.Text(fields["informationalURI"] is null ? "informational_URI" : "informationalURI"),
            Manifest = fields.Reference(reading.Version >= 3 && fields["activeManifest"] is not null ? "activeManifest" : "c2pa_manifest"),
            ClaimSignature = fields.Reference("claimSignature"),
            Thumbnail = fields.Reference("thumbnail"),
            Data = fields.Resource("data"),
            DataTypes = fields.Maps(fields["dataTypes"] is null ? "data_types" : "dataTypes", AssetType.Read),
            DigitalSourceType = fields.Text("digitalSourceType"),
            RelatedAssertions = fields.References("relatedAssertions"),
            SoftBindingsMatched = fields.Boolean("softBindingsMatched"),
            SoftBindingAlgorithmsMatched = fields.Texts("softBindingAlgorithmsMatched"),
            ValidationResults = fields.Map("validationResults") is { } results ? RecordedResults.Read(results) : null,
            ValidationStatus = fields.Maps("validationStatus", RecordedCode.Read),
        };
    }

    private static Relationship? ReadRelationship(Fields fields)
    {
        switch (fields.Text("relationship"))
        {
            case "parentOf":
                return Manifests.Relationship.ParentOf;
            case "componentOf":
                return Manifests.Relationship.ComponentOf;
            case "inputTo":
                return Manifests.Relationship.InputTo;
            default:
                fields.Note("relationship", "parentOf, componentOf or inputTo expected");
                return null;
        }
    }
}
