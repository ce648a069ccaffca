using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>A rating of an assertion by its maker.</summary>
/// <param name="Value">1 (worst) to 5 (best).</param>
/// <param name="Code">The reason, as a label.</param>
/// <param name="Explanation">The reason, in words.</param>
internal sealed record ReviewRating(long Value, string? Code, string? Explanation);

/// <summary>Translations of one string of the assertion.</summary>
/// <param name="Key">Which string: a path with "." and "[n]".</param>
/// <param name="Texts">Language tag and text.</param>
internal sealed record Localization(string Key, IReadOnlyList<KeyValuePair<string, string>> Texts);

/// <summary>Where the data of an assertion came from (deprecated in 2.5, Appendix G.1).</summary>
/// <param name="Type">For instance "localProvider.REE".</param>
/// <param name="Details">In words.</param>
internal sealed record DataSource(string Type, string? Details);

/// <summary>What is said about an assertion, inside of it or in one of its own (C2PA 2.5 §16.9.1). Validation looks at the process times only.</summary>
internal sealed record AssertionMetadata
{
    /// <summary>When the assertion was made, as claimed.</summary>
    public ClaimedTime? DateTime { get; init; }

    public IReadOnlyList<ReviewRating> ReviewRatings { get; init; } = [];

    /// <summary>The assertion or claim this is about, where it stands apart from it.</summary>
    public HashedUri? Reference { get; init; }

    public DataSource? DataSource { get; init; }

    public IReadOnlyList<Localization> Localizations { get; init; } = [];

    public RegionOfInterest? RegionOfInterest { get; init; }

    public ClaimedTime? ProcessStart { get; init; }

    public ClaimedTime? ProcessEnd { get; init; }

    /// <summary>Fields of somebody's own.</summary>
    public IReadOnlyList<KeyValuePair<string, CborValue>> Custom { get; init; } = [];

    public static AssertionMetadata Read(Fields fields) => new()
    {
        DateTime = fields.Time("dateTime"),
        ReviewRatings = fields.Maps("reviewRatings", rating => rating.Integer("value") is { } value ? new ReviewRating(value, rating.Text("code"), rating.Text("explanation")) : null),
        Reference = fields.Reference("reference"),
        DataSource = fields.Map("dataSource") is { } source && source.Text("type") is { } type ? new(type, source.Text("details")) : null,
        Localizations = [.. fields.Maps("localizations", ReadDictionary).SelectMany(dictionary => dictionary)],
        RegionOfInterest = fields.Map("regionOfInterest") is { } region ? RegionOfInterest.Read(region) : null,
        ProcessStart = fields.Time("processStart"),
        ProcessEnd = fields.Time("processEnd"),
        Custom = fields.Others("dateTime", "reviewRatings", "reference", "dataSource", "localizations", "regionOfInterest", "processStart", "processEnd"),
    };

    /// <summary>{ key: { language: text } } (§16.9.1.10.2).</summary>
    private static List<Localization> ReadDictionary(Fields dictionary) =>
    [
        .. dictionary.Others().Select(entry => new Localization(entry.Key,
            [.. from text in entry.Value.Entries where text.Key.Text is not null && text.Value.Text is not null select KeyValuePair.Create(text.Key.Text!, text.Value.Text!)])),
    ];
}

/// <summary>"c2pa.assertion.metadata": what is said about an assertion that cannot hold it itself; it stands in <see cref="AssertionModel.Metadata"/>.</summary>
internal sealed record AssertionMetadataAssertion : AssertionModel
{
    public static AssertionMetadataAssertion Read(AssertionReading reading) => new() { Metadata = AssertionMetadata.Read(reading.Map()) };
}
