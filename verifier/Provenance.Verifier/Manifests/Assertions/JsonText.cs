using System.Text.Json;
using System.Text.Unicode;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>One member of the outermost JSON object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What kind of value it has.</param>
/// <param name="Text">The value: of a string its text, of all else the JSON as written.</param>
internal sealed record JsonMember(string Name, JsonValueKind Kind, string Text);

/// <summary>Reads the JSON of an assertion for display. No context or schema it names is ever loaded.</summary>
internal static class JsonText
{
    // What is shown of the outermost object; the rest stays in the text.
    private const int MostMembers = 1024;

    /// <summary>Parses a JSON text (RFC 8259) whose every string can be read.</summary>
    /// <exception cref="MalformedDataException">No JSON, too deep, or not Unicode.</exception>
    public static JsonDocument Parse(AssertionReading reading)
    {
        var utf8 = reading.Assertion.Json();
        if (!Utf8.IsValid(utf8.Span))
            throw new MalformedDataException(reading.Structure, 0, "JSON is UTF-8 (RFC 8259 §8.1)");
        RequireReadable(utf8.Span, reading);
        return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = reading.Limits.JsonDepth });
    }

    /// <summary>The members of the outermost object, in order; of a name that stands there twice, both.</summary>
    public static IReadOnlyList<JsonMember> MembersOf(JsonElement root, AssertionReading reading)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            reading.Note($"an object expected, {root.ValueKind} found");
            return [];
        }
        var members = new List<JsonMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            if (members.Count == MostMembers)
            {
                reading.Note($"more than {MostMembers} members; the others stand in the text");
                break;
            }
            if (!names.Add(member.Name))
                reading.Note($"'{member.Name}' stands there twice");
            members.Add(new(member.Name, member.Value.ValueKind, TextOf(member.Value)));
        }
        return members;
    }

    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>
    /// The platform reads "\uD800" without a word and throws when the string is asked for, so every string with an escape is asked for here.
    /// </summary>
    private static void RequireReadable(ReadOnlySpan<byte> utf8, AssertionReading reading)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = reading.Limits.JsonDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    _ = reader.GetString();
            }
        }
        catch (JsonException)
        {
            throw new MalformedDataException(reading.Structure, reader.BytesConsumed, "no JSON from here on (RFC 8259)");
        }
        catch (InvalidOperationException)
        {
            throw new MalformedDataException(reading.Structure, reader.TokenStartIndex, "half a surrogate pair stands alone in a string (RFC 8259 §8.2)");
        }
    }
}
