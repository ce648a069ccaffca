using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Provenance.Server.Tests.OpenApi;

/// <summary>Whether a value is what a schema of the description says: the words of JSON Schema that stand in it, and no others.</summary>
internal static class SchemaCheck
{
    private static readonly string[] Known =
    [
        "$ref", "type", "const", "enum", "required", "properties", "additionalProperties", "items", "prefixItems", "anyOf", "minItems", "maxItems", "minimum", "maximum", "pattern",
        "maxLength", "format", "description",
    ];

    /// <summary>What is wrong, with the places; empty if nothing is.</summary>
    public static IEnumerable<string> Complaints(JToken value, JToken schema, JObject api, string at = "$")
    {
        if (schema["$ref"] is { } reference)
            return Complaints(value, api["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!, api, at);
        var unknown = schema.Cast<JProperty>().Select(word => word.Name).Except(Known).ToList();
        if (unknown.Count > 0)
            throw new NotSupportedException(string.Join(", ", unknown));
        return Here(value, schema, at).Concat(Below(value, schema, api, at));
    }

    private static IEnumerable<string> Here(JToken value, JToken schema, string at)
    {
        if (schema["type"] is { } type && TypeOf(value) is var found && (string?)type != found && !((string?)type == "number" && found == "integer"))
            yield return $"{at} is {found}, not {type}";
        if (schema["const"] is { } constant && !JToken.DeepEquals(constant, value))
            yield return $"{at} is {value}, not {constant}";
        if (schema["enum"] is { } values && !values.Any(one => JToken.DeepEquals(one, value)))
            yield return $"{at} is {value}, none of {values.ToString(Newtonsoft.Json.Formatting.None)}";
        if (schema["pattern"] is { } pattern && !Regex.IsMatch((string)value!, (string)pattern!, RegexOptions.NonBacktracking))
            yield return $"{at} does not match {pattern}";
        if (schema["minimum"] is { } minimum && (double)value < (double)minimum || schema["maximum"] is { } maximum && (double)value > (double)maximum)
            yield return $"{at} is {value}";
        if (schema["format"] is { } format && ((string?)format != "date-time" || !DateTimeOffset.TryParse((string?)value, CultureInfo.InvariantCulture, out _)))
            yield return $"{at} is no {format}";
        if (value is JArray array && (schema["minItems"] is { } least && array.Count < (int)least || schema["maxItems"] is { } most && array.Count > (int)most))
            yield return $"{at} has {array.Count} items";
    }

    private static List<string> Below(JToken value, JToken schema, JObject api, string at)
    {
        var complaints = new List<string>();
        if (schema["anyOf"] is { } any && any.All(one => Complaints(value, one, api, at).Any()))
            complaints.Add($"{at} is none of what it may be");
        if (value is JArray array)
        {
            for (int i = 0; i < array.Count; i++)
            {
                if ((schema["prefixItems"]?.ElementAtOrDefault(i) ?? schema["items"]) is { } item)
                    complaints.AddRange(Complaints(array[i], item, api, $"{at}[{i}]"));
            }
        }
        if (value is JObject members && schema["properties"] is JObject properties)
        {
            complaints.AddRange((schema["required"] ?? new JArray()).Where(name => members[(string)name!] is null).Select(name => $"{at}.{name} is missing"));
            foreach (var member in members.Properties())
            {
                // An answer of ours has no member that is not described, though others may ignore it.
                if (properties[member.Name] is { } described)
                    complaints.AddRange(Complaints(member.Value, described, api, $"{at}.{member.Name}"));
                else
                    complaints.Add($"{at}.{member.Name} is not described");
            }
        }
        return complaints;
    }

    private static string TypeOf(JToken value) => value.Type switch
    {
        JTokenType.Object => "object",
        JTokenType.Array => "array",
        JTokenType.String => "string",
        JTokenType.Boolean => "boolean",
        JTokenType.Integer => "integer",
        JTokenType.Float => "number",
        _ => "null",
    };
}
