using System.Text.Json;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.BlockFact;

/// <summary>What a reader of a BlockFact file must know of its JSON.</summary>
/// <param name="Version">format_version; 1 where it is missing.</param>
/// <param name="MediaLength">media_length or image_length; null where it is missing.</param>
internal readonly record struct FactMetadata(long Version, long? MediaLength)
{
    private const string Structure = "BlockFact metadata";

    /// <exception cref="MalformedDataException">No JSON object, or a field that is no number, or twice there with two values.</exception>
    public static FactMetadata Read(ReadOnlySpan<byte> metadata, long offset, Limits limits)
    {
        long? version = null, length = null;
        var json = new Utf8JsonReader(metadata, new JsonReaderOptions { MaxDepth = limits.JsonDepth });
        try
        {
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1)
                    continue;
                if (json.ValueTextEquals("format_version"u8))
                    Take(ref json, ref version, offset);
                else if (json.ValueTextEquals("media_length"u8) || json.ValueTextEquals("image_length"u8))
                    Take(ref json, ref length, offset);
            }
        }
        catch (JsonException)
        {
            throw new MalformedDataException(Structure, offset + json.BytesConsumed, "a JSON object of the declared length expected");
        }
        catch (InvalidOperationException)
        {
            // What the reader says to a name with half a surrogate pair.
            throw new MalformedDataException(Structure, offset + json.TokenStartIndex, "a name is no Unicode (RFC 8259 §8.2)");
        }
        return new(version ?? 1, length);
    }

    private static void Take(ref Utf8JsonReader json, ref long? value, long offset)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long number) || number < 0 || (value ?? number) != number)
            throw new MalformedDataException(Structure, offset + json.TokenStartIndex, "one number of 0 or more expected");
        value = number;
    }
}
