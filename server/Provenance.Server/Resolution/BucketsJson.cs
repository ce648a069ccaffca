using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Provenance.Server.Fingerprints;

namespace Provenance.Server.Resolution;

/// <summary>
/// Writes what a private look-up found: {"entries": [[number, "hash as Base64"], …], "cut": [{"slot": 3, "value": "9b22"}]}. Ten thousands of entries,
/// so they are arrays of two, and written without being made into objects first.
/// </summary>
internal static class BucketsJson
{
    public static byte[] Write(PdqBuckets buckets)
    {
        var buffer = new ArrayBufferWriter<byte>(64 + 60 * buckets.Entries.Count);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("entries");
            foreach (var entry in buckets.Entries)
            {
                json.WriteStartArray();
                json.WriteNumberValue(entry.EntryId);
                json.WriteBase64StringValue(entry.Hash.ToBytes());
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteStartArray("cut");
            foreach (var (slot, value) in buckets.Cut)
            {
                json.WriteStartObject();
                json.WriteNumber("slot", slot);
                json.WriteString("value", value.ToString("x4", CultureInfo.InvariantCulture));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
