using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Trust;

/// <summary>
/// Reads the JSON of lists, strictly: UTF-8, no member twice, every string readable, every member known. A list that says more than is
/// understood may mean something else.
/// </summary>
internal static class ListJson
{
    private const string Second = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <exception cref="MalformedDataException">The bytes are not one JSON text (RFC 8259), or are too many.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, string structure, Limits limits)
    {
        if (utf8.Length > TrustList.MostBytes)
            throw new LimitExceededException(structure, 0, "TrustList.MostBytes", TrustList.MostBytes);
        // RFC 8259 §8.1 lets readers pass over a byte order mark.
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        if (!Utf8.IsValid(utf8.Span))
            throw new MalformedDataException(structure, 0, "JSON is UTF-8 (RFC 8259 §8.1)");
        RequireReadable(utf8.Span, structure, limits);
        try
        {
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = limits.JsonDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException fault)
        {
            throw NotJson(structure, fault.BytePositionInLine ?? 0, fault);
        }
    }

    /// <summary>A member that must be there, of this kind.</summary>
    public static JsonElement Member(JsonElement parent, string name, JsonValueKind kind, string structure) =>
        Optional(parent, name, kind, structure) ?? throw new MalformedDataException(structure, 0, $"{name} ({kind}) is missing");

    /// <summary>A member of this kind; null where there is none.</summary>
    public static JsonElement? Optional(JsonElement parent, string name, JsonValueKind kind, string structure)
    {
        if (parent.ValueKind != JsonValueKind.Object)
            throw new MalformedDataException(structure, 0, $"an object with {name} expected, {parent.ValueKind} found");
        if (!parent.TryGetProperty(name, out var member))
            return null;
        return member.ValueKind == kind ? member : throw new MalformedDataException(structure, 0, $"{name} is {member.ValueKind}, not {kind}");
    }

    /// <summary>The text of a member; an empty one is as good as none.</summary>
    public static string Text(JsonElement parent, string name, string structure) =>
        Member(parent, name, JsonValueKind.String, structure).GetString() is { Length: > 0 } text ? text : throw new MalformedDataException(structure, 0, $"{name} is empty");

    /// <summary>A time of a member, UTC, in whole seconds.</summary>
    public static DateTimeOffset Time(JsonElement parent, string name, string structure)
    {
        string text = Text(parent, name, structure);
        return DateTimeOffset.TryParseExact(text, Second, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new MalformedDataException(structure, 0, $"{name} '{text[..Math.Min(text.Length, 40)]}' is no UTC time YYYY-MM-DDTHH:MM:SSZ");
    }

    /// <summary>The same where the member may be absent.</summary>
    public static DateTimeOffset? OptionalTime(JsonElement parent, string name, string structure) =>
        Optional(parent, name, JsonValueKind.String, structure) is null ? null : Time(parent, name, structure);

    /// <summary>The bytes of a member in Base64 (RFC 4648 §4).</summary>
    public static byte[] Bytes(JsonElement parent, string name, string structure)
    {
        string text = Text(parent, name, structure);
        return PemBlocks.Decode(text) ?? throw new MalformedDataException(structure, 0, $"{name} is not Base64: {text[..Math.Min(text.Length, 20)]}…");
    }

    /// <summary>Refuses members that are not in <paramref name="known"/>.</summary>
    public static void OnlyKnows(JsonElement parent, string structure, params ReadOnlySpan<string> known)
    {
        if (parent.ValueKind != JsonValueKind.Object)
            throw new MalformedDataException(structure, 0, $"an object expected, {parent.ValueKind} found");
        foreach (var member in parent.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                throw new MalformedDataException(structure, 0, $"there is no member '{member.Name[..Math.Min(member.Name.Length, 40)]}' in version 1");
        }
    }

    /// <summary>The framework's words are others on other platforms. A member that stands twice is the one fault that it names no place of.</summary>
    private static MalformedDataException NotJson(string structure, long offset, JsonException fault) => new(structure, offset,
        fault.LineNumber is { } line ? $"not JSON as RFC 8259 has it, in line {line + 1} at byte {fault.BytePositionInLine + 1}" : "a member stands twice in an object");

    /// <summary>The platform reads "\uD800" without a word and throws when the string is asked for, so every string with an escape is asked for here.</summary>
    private static void RequireReadable(ReadOnlySpan<byte> utf8, string structure, Limits limits)
    {
        if (!utf8.Contains((byte)'\\'))
            return;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = limits.JsonDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    _ = reader.GetString();
            }
        }
        catch (JsonException fault)
        {
            throw NotJson(structure, reader.BytesConsumed, fault);
        }
        catch (InvalidOperationException)
        {
            throw new MalformedDataException(structure, reader.TokenStartIndex, "half a surrogate pair stands alone in a string (RFC 8259 §8.2)");
        }
    }
}
