namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>"c2pa.cloud-data" (C2PA 2.5 §16.6.7): an assertion kept elsewhere. Not fetched.</summary>
/// <param name="ReferencedLabel">Label of the assertion there.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Location">Where it is.</param>
/// <param name="ContentType">Its media type, before 2.x; it is always application/jumbf.</param>
internal sealed record CloudDataAssertion(string? ReferencedLabel, long? Size, ResourceReference? Location, string? ContentType) : AssertionModel
{
    public static CloudDataAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        return new(fields.Text("label"), fields.Integer("size"), fields.Resource("location"), fields.Text("content_type"));
    }
}

/// <summary>"c2pa.external-reference" (§16.4.2): data or an assertion kept elsewhere, bound by a hash or free to change. Not fetched.</summary>
/// <param name="ReferencedLabel">Label of the assertion there, if it is one.</param>
/// <param name="Location">Where it is.</param>
/// <param name="Description">In words.</param>
internal sealed record ExternalReferenceAssertion(string? ReferencedLabel, ResourceReference? Location, string? Description) : AssertionModel
{
    public static ExternalReferenceAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        return new(fields.Text("label"), fields.Resource("location"), fields.Text("description"));
    }
}

/// <summary>"c2pa.linked-resource-integrity" (§16.4.3): digests of what the content links to. Not fetched.</summary>
internal sealed record LinkedResourceIntegrityAssertion : AssertionModel
{
    /// <summary>Resources by absolute URL, each with its own algorithm.</summary>
    public IReadOnlyList<ResourceReference> External { get; init; } = [];

    /// <summary>Resources relative to the asset, of which a verifier of bytes never knows the place.</summary>
    public IReadOnlyList<ResourceReference> Relative { get; init; } = [];

    /// <summary>Hash algorithm of the relative ones.</summary>
    public string? Algorithm { get; init; }

    /// <summary>The maker says that every link is listed; null where it says nothing, which means that more may be there.</summary>
    public bool? AllUrisIncluded { get; init; }

    public static LinkedResourceIntegrityAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        var resources = fields.Map("resources");
        return new()
        {
            External = resources?.Maps("externalResources", ResourceReference.Read) ?? [],
            Relative = resources?.Maps("relativeResources", ResourceReference.Read) ?? [],
            Algorithm = resources?.Text("alg"),
            AllUrisIncluded = fields.Boolean("allURIsIncluded"),
        };
    }
}

/// <summary>A place where a copy of the asset may be had.</summary>
internal sealed record AssetLocation(string Uri, string? Description);

/// <summary>"c2pa.asset-ref" (§16.4.4): where copies of the asset may be had. Not fetched.</summary>
internal sealed record AssetReferenceAssertion(IReadOnlyList<AssetLocation> References) : AssertionModel
{
    public static AssetReferenceAssertion Read(AssertionReading reading) => new(reading.Map().Maps("references", item =>
        item.Map("reference")?.Text("uri") is { } uri ? new AssetLocation(uri, item.Text("description")) : null));
}
