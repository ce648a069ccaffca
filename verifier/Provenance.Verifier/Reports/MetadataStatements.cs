using System.Text.Json;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Manifests.Assertions;

namespace Provenance.Verifier.Reports;

/// <summary>
/// Gathers what signers state about cameras, times, places and people: the metadata assertions of C2PA and CAWG, and those of version 1
/// ("stds.exif", "stds.iptc", "stds.schema-org.CreativeWork"). From assertions that match their hash, in manifests that hold.
/// </summary>
internal static class MetadataStatements
{
    /// <summary>Statements of one report. A signed photograph with everything a camera knows has forty.</summary>
    private const int Most = 1024;

    /// <summary>Values nested in lists and maps that are looked into: a list of languages, in a list of authors.</summary>
    private const int Depth = 4;

    public static IReadOnlyList<MetadataStatement> Of(VerificationReport report)
    {
        if (report.Result is not { } result)
            return [];
        // Most credentials have none.
        if (!result.Reached.Any(manifest => manifest.Assertions.Any(claimed => claimed.Assertion is { } assertion && MayBeMetadata(assertion.Label.Base))))
            return [];
        var found = new List<MetadataStatement>();
        foreach (var manifest in result.Reached)
        {
            // The parents that an update rests on tell of this very content.
            if (report.Holding.Contains(manifest.Manifest))
                AddOf(manifest, report, !result.ContentChain.Contains(manifest), found);
        }
        return [.. found.Where(statement => !statement.OfIngredient).Concat(found.Where(statement => statement.OfIngredient)).Take(Most)];
    }

    private static void AddOf(ManifestResult manifest, VerificationReport report, bool ofIngredient, List<MetadataStatement> found)
    {
        foreach (var claimed in manifest.Assertions)
        {
            if (found.Count >= 2 * Most)
                return;
            if (claimed is not { Matches: true, Assertion: { IsBlanked: false } assertion } || !MayBeMetadata(assertion.Label.Base))
                continue;
            foreach (var (property, key, value) in Read(report.Models.Of(assertion), report.Policy.Limits))
            {
                string text = MetadataProperties.ValueOf(key, value);
                if (text.Length > 0)
                {
                    found.Add(new(key, text, property, claimed.IsCreated, manifest.Manifest.UriOf(assertion), manifest.Manifest.Label, ofIngredient)
                    {
                        Time = MetadataProperties.TimeOf(key, value),
                    });
                }
            }
        }
    }

    private static bool MayBeMetadata(string label) =>
        label.StartsWith("stds.", StringComparison.Ordinal) || (label.EndsWith(".metadata", StringComparison.Ordinal) && label != "c2pa.assertion.metadata");

    private static IEnumerable<Found> Read(AssertionModel? model, Limits limits)
    {
        return model switch
        {
            MetadataAssertion metadata => metadata.Members.SelectMany(member => OfProperty(member, limits)),
            SchemaOrgAssertion { Type: "CreativeWork" } work => work.Authors.Select(author => new Found("author", MetadataKey.Creator, author)).Concat(work.Members.SelectMany(member => OfWork(member, limits))),
            _ => [],
        };
    }

    private static IEnumerable<Found> OfProperty(JsonMember member, Limits limits) =>
        MetadataProperties.KeyOf(member.Name) is { } key ? TextsOf(member, limits).Select(text => new Found(member.Name, key, text)) : [];

    private static IEnumerable<Found> OfWork(JsonMember member, Limits limits)
    {
        var key = member.Name switch
        {
            "name" => MetadataKey.CaptionTitle,
            "headline" => MetadataKey.CaptionHeadline,
            "description" => MetadataKey.CaptionDescription,
            "creditText" => MetadataKey.Credit,
            "copyrightNotice" => MetadataKey.Rights,
            _ => null,
        };
        return key is null ? [] : TextsOf(member, limits).Select(text => new Found(member.Name, key, text));
    }

    /// <summary>The texts of a value. Of a text in several languages it is the default one, or the first.</summary>
    private static List<string> TextsOf(JsonMember member, Limits limits)
    {
        if (member.Kind is JsonValueKind.String or JsonValueKind.Number)
            return [member.Text];
        // CBOR values that are nested come without their text; nobody is known to write them.
        if (member.Kind is not (JsonValueKind.Array or JsonValueKind.Object) || member.Text.Length == 0)
            return [];
        using var document = JsonDocument.Parse(member.Text, new JsonDocumentOptions { MaxDepth = limits.JsonDepth });
        var texts = new List<string>();
        AddTexts(document.RootElement, texts, Depth);
        return texts;
    }

    private static void AddTexts(JsonElement value, List<string> texts, int depth)
    {
        if (depth == 0 || texts.Count >= Most)
            return;
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                texts.Add(value.GetString()!);
                break;
            case JsonValueKind.Number:
                texts.Add(value.GetRawText());
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    AddTexts(item, texts, depth - 1);
                break;
            case JsonValueKind.Object when (value.Member("x-default") ?? value.Member("@value") ?? value.Member("@list") ?? value.Member("@set")) is { } one:
                AddTexts(one, texts, depth - 1);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    AddTexts(member.Value, texts, depth - 1);
                break;
        }
    }

    private sealed record Found(string Property, MetadataKey Key, string Value);
}
