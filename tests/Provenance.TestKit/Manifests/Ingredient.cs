namespace Provenance.TestKit;

/// <summary>An ingredient assertion to be written, with or without a manifest behind it.</summary>
public sealed record Ingredient(string Relationship, SignedAsset? Source)
{
    /// <summary>1, 2 or 3; null goes with the claim version (v1: 1, v2: 3).</summary>
    public int? Version { get; init; }

    /// <summary>Whole label; null is the standard one with its instance number.</summary>
    public string? Label { get; init; }

    public string Title { get; init; } = "ingredient";

    public string Format { get; init; } = "image/jpeg";

    public TestAsset? Thumbnail { get; init; }

    public AssertionList List { get; init; }

    /// <summary>Failure codes recorded as known, with the URL they are about.</summary>
    public IReadOnlyList<(string Code, string Url)> RecordedFailures { get; init; } = [];

    /// <summary>Refers to this manifest instead of the source's active one.</summary>
    public string? ManifestLabel { get; init; }

    /// <summary>Last word on the fields.</summary>
    public Action<CborFields>? Change { get; init; }

    public static Ingredient Parent(SignedAsset? source = null) => new("parentOf", source);

    public static Ingredient Component(SignedAsset? source = null) => new("componentOf", source);

    public static Ingredient Input(SignedAsset? source = null) => new("inputTo", source);

    public Ingredient Titled(string title) => this with { Title = title };

    public Ingredient Fields(Action<CborFields> change) => this with { Change = change };

    internal string LabelFor(int claimVersion, int index)
    {
        int version = VersionFor(claimVersion);
        return Label ?? "c2pa.ingredient" + (version > 1 ? $".v{version}" : "") + (index > 0 ? $"__{index}" : "");
    }

    internal int VersionFor(int claimVersion) => Version ?? (claimVersion == 1 ? 1 : 3);

    internal CborFields Write(BuildContext context, int claimVersion, string? thumbnailLabel)
    {
        int version = VersionFor(claimVersion);
        CborFields fields = new() { { "dc:title", Title }, { "dc:format", Format }, { "relationship", Relationship } };
        string? manifest = ManifestLabel ?? Source?.ActiveLabel;
        if (version < 3) fields.Add("instanceID", "xmp:iid:" + Seeded.Uuid(Title));
        if (manifest is not null && version < 3)
        {
            CborFields reference = context.HashedUri(manifest, "");
            fields.Add("c2pa_manifest", reference.With("alg", TestHash.C2paName(context.Algorithm)));
            if (RecordedFailures.Count > 0) fields.Add("validationStatus", RecordedFailures.Select(Status).ToArray());
        }
        if (manifest is not null && version == 3)
        {
            fields.Add("validationResults", Results(manifest));
            fields.Add("activeManifest", context.HashedUri(manifest, ""));
            fields.Add("claimSignature", context.HashedUri(manifest, "c2pa.signature"));
        }
        if (thumbnailLabel is not null) fields.Add("thumbnail", context.HashedUri(thumbnailLabel));
        Change?.Invoke(fields);
        return fields;
    }

    private CborFields Results(string manifest)
    {
        string signature = BuildContext.Uri(UriStyle.Absolute, manifest, "c2pa.signature");
        (string, string)[] success = [("claimSignature.validated", signature), ("claimSignature.insideValidity", signature)];
        return new()
        {
            {
                "activeManifest",
                new CborFields
                {
                    { "success", success.Select(Status).ToArray() },
                    { "informational", Array.Empty<object>() },
                    { "failure", RecordedFailures.Select(Status).ToArray() },
                }
            },
        };
    }

    private static CborFields Status((string Code, string Url) status) => new() { { "code", status.Code }, { "url", status.Url } };
}
