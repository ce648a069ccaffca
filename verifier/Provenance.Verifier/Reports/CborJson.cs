using System.Globalization;
using Newtonsoft.Json;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Reports;

/// <summary>How byte strings appear in JSON, which has none.</summary>
internal enum BytesInJson
{
    /// <summary>
    /// As the reference reader writes them: base64 where a member holds them, an array of numbers inside an array or where they are empty.
    /// It cannot tell them from arrays of numbers, so a member's array of numbers from 0 to 255 becomes base64 too.
    /// </summary>
    AsReference,

    /// <summary>
    /// As crJSON writes them (§3.6.3.1): b64'…' with base64 between the quotes; also the arrays of numbers that some writers store where
    /// the standard wants a byte string, in hash, pad and pad2.
    /// </summary>
    AsCrJson,
}

/// <summary>
/// Writes CBOR as JSON. Tags are dropped; what JSON lacks (undefined, NaN, infinities, unnamed simple values) becomes null; keys that are
/// no text become text. Nothing can be read back from it that was not there, and not everything that was.
/// </summary>
internal static class CborJson
{
    /// <summary>Writes one value, on its own stack: how deep it goes is the file's choice.</summary>
    public static void Write(JsonWriter json, CborValue value, BytesInJson bytes)
    {
        var open = new Stack<Frame>();
        WriteOrOpen(json, value, member: "", bytes, open);
        while (open.TryPop(out var frame))
        {
            bool isMap = frame.Container.Kind == CborKind.Map;
            int count = isMap ? frame.Container.Entries.Count : frame.Container.Items.Count;
            if (frame.Next == count)
            {
                json.WriteEnd();
                continue;
            }
            open.Push(frame with { Next = frame.Next + 1 });
            string? member = isMap ? KeyOf(frame.Container.Entries[frame.Next].Key) : null;
            if (member is not null)
                json.WritePropertyName(member);
            WriteOrOpen(json, isMap ? frame.Container.Entries[frame.Next].Value : frame.Container.Items[frame.Next], member, bytes, open);
        }
    }

    /// <summary>Writes a member, or nothing where there is no value.</summary>
    public static void WriteMember(JsonWriter json, string name, CborValue? value, BytesInJson bytes)
    {
        if (value is null or { IsNull: true })
            return;
        json.WritePropertyName(name);
        Write(json, value, bytes);
    }

    /// <summary>The key of a map as the name of a member.</summary>
    public static string KeyOf(CborValue key) => key.Kind switch
    {
        CborKind.TextString => key.Text!,
        CborKind.UnsignedInteger or CborKind.NegativeInteger => Integer(key),
        CborKind.Boolean => key.Boolean == true ? "true" : "false",
        _ => Convert.ToHexString(key.Encoded.Span),
    };

    private readonly record struct Frame(CborValue Container, int Next);

    /// <param name="json">Where to.</param>
    /// <param name="value">What.</param>
    /// <param name="member">The member that holds it; null inside an array.</param>
    /// <param name="bytes">How byte strings appear.</param>
    /// <param name="open">Maps and arrays that are being written, the outermost first.</param>
    private static void WriteOrOpen(JsonWriter json, CborValue value, string? member, BytesInJson bytes, Stack<Frame> open)
    {
        value = value.Untagged;
        switch (value.Kind)
        {
            case CborKind.Map:
                json.WriteStartObject();
                open.Push(new(value, 0));
                break;
            case CborKind.Array when StandsForBytes(member, bytes) && AsBytes(value) is { } numbers:
                WriteBytes(json, numbers, inArray: false, bytes);
                break;
            case CborKind.Array:
                json.WriteStartArray();
                open.Push(new(value, 0));
                break;
            case CborKind.TextString:
                json.WriteValue(value.Text);
                break;
            case CborKind.ByteString:
                WriteBytes(json, value.Bytes!.Value.Span, member is null, bytes);
                break;
            case CborKind.UnsignedInteger or CborKind.NegativeInteger:
                json.WriteRawValue(Integer(value));
                break;
            case CborKind.Boolean:
                json.WriteValue(value.Boolean);
                break;
            case CborKind.Float when double.IsFinite(value.Float!.Value):
                // The shortest digits that tell a value from its neighbours of the width it was stored in.
                if (value.Encoded.Length < 1 + sizeof(double))
                    json.WriteValue((float)value.Float.Value);
                else
                    json.WriteValue(value.Float.Value);
                break;
            default:
                json.WriteNull();
                break;
        }
    }

    /// <summary>Writes a byte string.</summary>
    public static void WriteBytes(JsonWriter json, ReadOnlySpan<byte> content, bool inArray, BytesInJson bytes)
    {
        if (bytes == BytesInJson.AsCrJson)
        {
            json.WriteValue($"b64'{Convert.ToBase64String(content)}'");
            return;
        }
        if (!inArray && content.Length > 0)
        {
            json.WriteValue(Convert.ToBase64String(content));
            return;
        }
        json.WriteStartArray();
        foreach (byte b in content)
            json.WriteValue(b);
        json.WriteEndArray();
    }

    private static bool StandsForBytes(string? member, BytesInJson bytes) =>
        bytes == BytesInJson.AsReference ? member is not null : member is "hash" or "pad" or "pad2";

    /// <summary>The bytes that an array of nothing but numbers from 0 to 255 stands for; null for any other array.</summary>
    private static byte[]? AsBytes(CborValue array)
    {
        if (array.Items.Count == 0 || array.Items.Any(item => item.UInt64 is not <= byte.MaxValue))
            return null;
        return [.. array.Items.Select(item => (byte)item.UInt64!.Value)];
    }

    /// <summary>An integer of any size in decimal.</summary>
    public static string Integer(CborValue value) =>
        (value.Kind == CborKind.NegativeInteger ? -1 - (Int128)value.Number : value.Number).ToString(CultureInfo.InvariantCulture);
}
