using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Jumbf;

namespace Provenance.Verifier.Manifests;

/// <summary>A check's outcome that the signer of an outer manifest recorded about an ingredient: history, never our finding.</summary>
/// <param name="Code">The code as recorded.</param>
/// <param name="Url">The box it is about, as recorded.</param>
internal sealed record RecordedStatus(string Code, string? Url);

/// <summary>How an ingredient was used (C2PA 2.5 §16.4.3).</summary>
internal enum Relationship
{
    ParentOf,
    ComponentOf,
    InputTo,
}

/// <summary>An ingredient assertion of version 1, 2 or 3 (C2PA 2.5 §16.4.3 and Appendix E).</summary>
internal sealed class Ingredient
{
    public required CborValue Value { get; init; }

    public required int Version { get; init; }

    public required Relationship Relationship { get; init; }

    /// <summary>The ingredient's manifest: activeManifest (v3) or c2pa_manifest; null where it came without one.</summary>
    public HashedUri? Manifest { get; init; }

    /// <summary>The ingredient's signature box (v3).</summary>
    public HashedUri? ClaimSignature { get; init; }

    /// <summary>Failures recorded when the ingredient was added; null where no results were recorded at all.</summary>
    public IReadOnlyList<RecordedStatus>? RecordedFailures { get; init; }

    public string? Title => Value["dc:title"]?.Text;

    public string? Format => Value["dc:format"]?.Text;

    public string? DigitalSourceType => Value["digitalSourceType"]?.Text;

    public HashedUri? Thumbnail => HashedUri.Read(Value["thumbnail"]);

    public HashedUri? Data => HashedUri.Read(Value["data"]);

    /// <exception cref="MalformedDataException">A field breaks §14.11.1.</exception>
    public static Ingredient Read(CborValue value, int version)
    {
        const string structure = "ingredient";
        if (value.Kind != CborKind.Map)
            throw new MalformedDataException(structure, value.Offset, "a map expected");
        Relationship relationship = value["relationship"]?.Text switch
        {
            "parentOf" => Relationship.ParentOf,
            "componentOf" => Relationship.ComponentOf,
            "inputTo" => Relationship.InputTo,
            var other => throw new MalformedDataException(structure, value.Offset, $"relationship is parentOf, componentOf or inputTo, '{other}' found"),
        };
        if (version >= 3 && value["activeManifest"] is not null && value["c2pa_manifest"] is not null)
            throw new MalformedDataException(structure, value.Offset, "activeManifest and the older c2pa_manifest name a manifest twice");
        var field = value[version >= 3 ? "activeManifest" : "c2pa_manifest"] ?? value["c2pa_manifest"];
        var manifest = field is null or { IsNull: true } ? null
            : HashedUri.Read(field) ?? throw new MalformedDataException(structure, field.Offset, "a reference { url, hash } expected");
        if (manifest is not null && version >= 3 && (value["digitalSourceType"] is not null || value["relatedAssertions"] is not null))
            throw new MalformedDataException(structure, value.Offset, "an ingredient with a manifest tells no source type and no related assertions of its own");
        var results = value["validationResults"] is { Kind: CborKind.Map } map ? map : null;
        if (manifest is not null && version >= 3 && results is null)
            throw new MalformedDataException(structure, value.Offset, "an ingredient with a manifest records its validationResults");
        return new()
        {
            Value = value,
            Version = version,
            Relationship = relationship,
            Manifest = manifest,
            ClaimSignature = HashedUri.Read(value["claimSignature"]),
            RecordedFailures = results is not null ? [.. FailuresOf(results)]
                : value["validationStatus"] is { Kind: CborKind.Array } statuses ? [.. Statuses(statuses)]
                : null,
        };
    }

    private static IEnumerable<RecordedStatus> FailuresOf(CborValue results)
    {
        var failures = Statuses(results["activeManifest"]?["failure"]);
        return (results["ingredientDeltas"]?.Items ?? []).Aggregate(failures, (all, delta) => all.Concat(Statuses(delta["validationDeltas"]?["failure"])));
    }

    private static IEnumerable<RecordedStatus> Statuses(CborValue? list) =>
        from status in list?.Items ?? []
        where status["code"]?.Text is not null
        select new RecordedStatus(status["code"]!.Text!, status["url"]?.Text);

    /// <summary>The label of the manifest a reference names, if it names one.</summary>
    public string? ManifestLabel => Manifest?.Target is { Path.Count: 0 } target ? target.Manifest : null;

    /// <summary>Makes a recorded URL comparable: relative ones are meant inside the ingredient's manifest.</summary>
    public string? Absolute(string? recordedUrl) =>
        JumbfUri.Parse(recordedUrl) is { } uri ? uri.ToAbsolute(ManifestLabel ?? "") : recordedUrl;
}
