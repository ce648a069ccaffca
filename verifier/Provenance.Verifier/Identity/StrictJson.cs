using System.Text.Json;
using System.Text.Unicode;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Identity;

/// <summary>JSON that somebody signed: one reading or none. UTF-8 (RFC 8259 §8.1), no name twice in an object, no half surrogate pair, bounded depth.</summary>
internal static class StrictJson
{
    /// <exception cref="MalformedDataException">It is none, or there is more than one way to read it.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, string structure, Limits limits)
    {
        if (!Utf8.IsValid(utf8.Span))
            throw new MalformedDataException(structure, 0, "JSON is UTF-8 (RFC 8259 §8.1)");
        RequireReadable(utf8.Span, structure, limits);
        try
        {
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = limits.JsonDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            throw new MalformedDataException(structure, 0, "a name stands twice in one object (RFC 8259 §4)");
        }
    }

    /// <summary>The member of an object; null where it is absent or null, or this is no object.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The text of a member; null where it is absent or no string.</summary>
    public static string? Text(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The strings of a member that is a string or an array of them; what is no string is passed over.</summary>
    public static IEnumerable<string> Texts(this JsonElement element, string name) => element.Items(name)
        .Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    /// <summary>The items of a member that is an array, or the one that stands there without one.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.Member(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray(),
        { } one => [one],
    };

    /// <summary>The platform reads "\uD800" without a word and throws when the string is asked for, so every string with an escape is asked for here.</summary>
    private static void RequireReadable(ReadOnlySpan<byte> utf8, string structure, Limits limits)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = limits.JsonDepth });
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
            throw new MalformedDataException(structure, reader.BytesConsumed, $"no JSON from here on, or nested deeper than {limits.JsonDepth} (RFC 8259)");
        }
        catch (InvalidOperationException)
        {
            throw new MalformedDataException(structure, reader.TokenStartIndex, "half a surrogate pair stands alone in a string (RFC 8259 §8.2)");
        }
    }
}
