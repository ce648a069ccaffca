using System.Text.Json;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>
/// "stds.schema-org.CreativeWork" and "stds.schema-org.ClaimReview" of C2PA 1.x: who made the work, and what somebody thinks of a claim.
/// Stated by the signer in an older format.
/// </summary>
internal sealed record SchemaOrgAssertion : JsonAssertion
{
    /// <summary>"@type" as written.</summary>
    public string? Type { get; init; }

    /// <summary>Names of the authors.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    public string? Url { get; init; }

    /// <summary>The claim reviewed (ClaimReview).</summary>
    public string? ClaimReviewed { get; init; }

    /// <summary>Words of the rating (ClaimReview).</summary>
    public string? Rating { get; init; }

    public static SchemaOrgAssertion Read(AssertionReading reading)
    {
        if (reading.Assertion.Encoding == AssertionEncoding.Cbor)
            return ReadCbor(reading);
        using var document = JsonText.Parse(reading);
        var root = document.RootElement;
        return new()
        {
            Utf8 = reading.Assertion.Json(),
            Members = JsonText.MembersOf(root, reading),
            Type = root.Text("@type"),
            Authors = root.Member("author") is { } author ? NamesIn(author) : [],
            Url = root.Text("url"),
            ClaimReviewed = root.Text("claimReviewed"),
            Rating = root.Member("reviewRating")?.Text("alternateName"),
        };
    }

    /// <summary>One writer has the same members in CBOR.</summary>
    private static SchemaOrgAssertion ReadCbor(AssertionReading reading)
    {
        reading.Note("written as CBOR, where the standard has JSON");
        var fields = reading.Map();
        return new()
        {
            Type = fields.Text("@type"),
            Authors = [.. fields.Maps("author", author => author.Text("name"))],
            Url = fields.Text("url"),
            ClaimReviewed = fields.Text("claimReviewed"),
            Rating = fields["reviewRating"]?["alternateName"]?.Text,
        };
    }

    /// <summary>schema.org lets one stand where a list may, and a name where a person may.</summary>
    private static List<string> NamesIn(JsonElement author) => author.ValueKind switch
    {
        JsonValueKind.Array => [.. author.EnumerateArray().Select(NameOf).OfType<string>()],
        _ => NameOf(author) is { } name ? [name] : [],
    };

    private static string? NameOf(JsonElement author) => author.ValueKind == JsonValueKind.String ? author.GetString() : author.Text("name");
}

/// <summary>"c2pa.repository-receipt" (C2PA 2.5 §16.4.5): a repository says that it took the manifest in. Its proof is its own and not checked.</summary>
internal sealed record RepositoryReceiptAssertion : JsonAssertion
{
    /// <summary>Where the repository is.</summary>
    public string? RepositoryUri { get; init; }

    /// <summary>Its name for the manifest.</summary>
    public string? ManifestId { get; init; }

    /// <summary>Where the proof may be verified; fetched by nobody.</summary>
    public string? AnchorUri { get; init; }

    public static RepositoryReceiptAssertion Read(AssertionReading reading)
    {
        using var document = JsonText.Parse(reading);
        var root = document.RootElement;
        return new()
        {
            Utf8 = reading.Assertion.Json(),
            Members = JsonText.MembersOf(root, reading),
            RepositoryUri = root.Member("repository")?.Text("uri"),
            ManifestId = root.Member("repository")?.Text("manifestId"),
            AnchorUri = root.Member("anchor")?.Text("uri"),
        };
    }
}
