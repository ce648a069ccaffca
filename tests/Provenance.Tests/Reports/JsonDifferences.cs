using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Provenance.Tests.Reports;

/// <summary>Where two JSON documents differ, path by path; the order of members counts for nothing.</summary>
/// <param name="Path">The place, with "*" for labels of manifests and "[]" for positions, so that equal causes count together.</param>
/// <param name="What">"missing", "added" or both values.</param>
internal sealed record JsonDifference(string Path, string What);

internal static class JsonDifferences
{
    public static JToken Parse(string text) => Read(new StringReader(text));

    public static JToken ReadFile(string path)
    {
        using var reader = File.OpenText(path);
        return Read(reader);
    }

    public static IEnumerable<JsonDifference> Between(JToken expected, JToken actual, Func<string, bool> ignore, string path = "")
    {
        if (ignore(path))
            return [];
        return (expected, actual) switch
        {
            (JObject left, JObject right) => left.Properties().Select(property => property.Name).Union(right.Properties().Select(property => property.Name))
                .SelectMany(name => Members(left[name], right[name], ignore, $"{path}.{(path == ".manifests" ? "*" : name)}")),
            (JArray left, JArray right) => Enumerable.Range(0, Math.Max(left.Count, right.Count))
                .SelectMany(i => Members(i < left.Count ? left[i] : null, i < right.Count ? right[i] : null, ignore, path + "[]")),
            _ => SameScalar(expected, actual) ? [] : [new(path, $"{Brief(expected)} expected, {Brief(actual)} found")],
        };
    }

    private static IEnumerable<JsonDifference> Members(JToken? expected, JToken? actual, Func<string, bool> ignore, string path) =>
        ignore(path) ? []
        : expected is null ? [new(path, $"added: {Brief(actual!)}")]
        : actual is null ? [new(path, $"missing: {Brief(expected)}")]
        : Between(expected, actual, ignore, path);

    private static bool SameScalar(JToken expected, JToken actual) =>
        JToken.DeepEquals(expected, actual)
        || (expected.Type is JTokenType.Integer or JTokenType.Float && actual.Type is JTokenType.Integer or JTokenType.Float
            && Convert.ToDouble(expected, CultureInfo.InvariantCulture).Equals(Convert.ToDouble(actual, CultureInfo.InvariantCulture)));

    private static string Brief(JToken token) => token.ToString(Formatting.None) is { Length: > 120 } text ? text[..120] + "…" : token.ToString(Formatting.None);

    private static JToken Read(TextReader reader)
    {
        // Dates stay text, and depth is the corpus's choice.
        using var json = new JsonTextReader(reader) { DateParseHandling = DateParseHandling.None, MaxDepth = 256, CloseInput = false };
        return JToken.ReadFrom(json);
    }
}
