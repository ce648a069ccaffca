using System.Globalization;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json;
using JsonException = System.Text.Json.JsonException;

namespace Provenance.Verifier.Reports;

/// <summary>
/// Puts the text of a JSON assertion into a report, token by token: read by the strict reader, so that nothing but JSON gets through, and
/// written as it stood (numbers of any length, escapes as they were).
/// </summary>
internal static class JsonCopy
{
    /// <summary>Whether the bytes are exactly one JSON value (RFC 8259) of UTF-8, at most <paramref name="depth"/> deep.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text, int depth)
    {
        if (!System.Text.Unicode.Utf8.IsValid(text))
            return false;
        var reader = ReaderOf(text, depth);
        try
        {
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Writes the value; the caller has asked <see cref="IsJson"/>.</summary>
    public static void Write(JsonWriter json, ReadOnlySpan<byte> text, int depth, BytesInJson bytes)
    {
        var reader = ReaderOf(text, depth);
        bool inMember = bytes == BytesInJson.AsReference;
        while (reader.Read())
        {
            bool isMember = inMember;
            inMember = reader.TokenType == JsonTokenType.PropertyName && bytes == BytesInJson.AsReference;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray when isMember && TryTakeBytes(ref reader) is { } numbers:
                    json.WriteValue(Convert.ToBase64String(numbers));
                    break;
                case JsonTokenType.StartObject:
                    json.WriteStartObject();
                    break;
                case JsonTokenType.StartArray:
                    json.WriteStartArray();
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    json.WriteEnd();
                    break;
                case JsonTokenType.PropertyName:
                    json.WritePropertyName(Escaped(reader.ValueSpan), escape: false);
                    break;
                case JsonTokenType.String:
                    json.WriteRawValue($"\"{Escaped(reader.ValueSpan)}\"");
                    break;
                default: // number, true, false, null
                    json.WriteRawValue(Encoding.ASCII.GetString(reader.ValueSpan));
                    break;
            }
        }
    }

    /// <summary>Takes an array of nothing but numbers from 0 to 255, to its end; else null, and the reader stays.</summary>
    private static byte[]? TryTakeBytes(ref Utf8JsonReader reader)
    {
        var ahead = reader;
        var bytes = new List<byte>();
        while (ahead.Read() && ahead.TokenType == JsonTokenType.Number && ahead.TryGetByte(out byte number))
            bytes.Add(number);
        if (ahead.TokenType != JsonTokenType.EndArray || bytes.Count == 0)
            return null;
        reader = ahead;
        return [.. bytes];
    }

    private static Utf8JsonReader ReaderOf(ReadOnlySpan<byte> text, int depth) => new(text, new JsonReaderOptions { MaxDepth = depth });

    /// <summary>
    /// The inside of a string, its escapes kept, everything beyond ASCII escaped like the rest of a report. Escapes of half a surrogate
    /// pair become U+FFFD: they are JSON, and yet no text, and strict readers refuse them.
    /// </summary>
    private static string Escaped(ReadOnlySpan<byte> inside)
    {
        string text = Encoding.UTF8.GetString(inside);
        if (text.All(c => c is >= ' ' and <= '~' and not '\\'))
            return text;
        var escaped = new StringBuilder(text.Length * 2);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not '\\')
            {
                Append(escaped, text[i]);
            }
            else if (text[i + 1] is not 'u')
            {
                escaped.Append(text, i, 2);
                i++;
            }
            else if (char.IsHighSurrogate(Unit(text, i)) && i + 12 <= text.Length && text[i + 6] is '\\' && text[i + 7] is 'u' && char.IsLowSurrogate(Unit(text, i + 6)))
            {
                escaped.Append(text, i, 12);
                i += 11;
            }
            else
            {
                escaped.Append(char.IsSurrogate(Unit(text, i)) ? "\\ufffd" : text.Substring(i, 6));
                i += 5;
            }
        }
        return escaped.ToString();
    }

    /// <summary>The code unit of an escape; the strict reader has seen four digits there.</summary>
    private static char Unit(string text, int escape) => (char)ushort.Parse(text.AsSpan(escape + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static void Append(StringBuilder escaped, char c)
    {
        if (c is >= ' ' and <= '~')
            escaped.Append(c);
        else
            escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
    }
}
