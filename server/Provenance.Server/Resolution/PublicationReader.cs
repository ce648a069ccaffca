using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Provenance.Server.Guards;
using Provenance.Server.Verification;
using Provenance.Server.Verification.Bodies;
using Provenance.Verifier.Bytes;

namespace Provenance.Server.Resolution;

/// <summary>Reads the list of fingerprints that a publisher gives: [{"alg": "…", "value": "Base64", "quality": 0 to 100}], of which the last need not be said.</summary>
internal static class PublicationReader
{
    public const int MostFingerprints = 100;

    private const int MostBytes = 256 << 10;

    /// <exception cref="RefusedException">It is no such list.</exception>
    public static async ValueTask<IReadOnlyList<GivenFingerprint>> ReadAsync(ReceivedBody? body, CancellationToken cancellation)
    {
        if (body is null)
            return [];
        if (body.Length > MostBytes)
            throw Slip();
        var bytes = await body.ReadAsync(new ByteRange(0, body.Length), cancellation);
        try
        {
            using var reader = new JsonTextReader(new StreamReader(new MemoryStream(bytes.ToArray()))) { DateParseHandling = DateParseHandling.None, MaxDepth = 4 };
            var list = await JToken.ReadFromAsync(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error }, cancellation) as JArray;
            if (list is null or { Count: > MostFingerprints } || await reader.ReadAsync(cancellation))
                throw Slip();
            return [.. list.Select(One)];
        }
        catch (JsonException)
        {
            throw Slip();
        }
    }

    private static GivenFingerprint One(JToken token)
    {
        if (token is not JObject pair || pair["alg"] is not { Type: JTokenType.String } algorithm || pair["value"] is not { Type: JTokenType.String } value)
            throw Slip();
        int? quality = pair["quality"] switch
        {
            null => null,
            JValue { Value: long number and >= 0 and <= 100 } => (int)number,
            _ => throw Slip(),
        };
        if (pair.Count != (quality is null ? 2 : 3))
            throw Slip();
        string text = (string)value!;
        var bytes = new byte[text.Length];
        // White space, and other texts for the same bytes, are no Base64 of RFC 4648 §3.
        bool isBase64 = Convert.TryFromBase64String(text, bytes, out int count) && Convert.ToBase64String(bytes, 0, count) == text;
        return isBase64 ? new((string)algorithm!, bytes.AsMemory(0, count), quality) : throw Slip();
    }

    private static RefusedException Slip() =>
        new(Problems.BadRequest, $"The part \"fingerprints\" is a list of at most {MostFingerprints} objects with \"alg\" and \"value\", which is Base64, and perhaps \"quality\", 0 to 100.");
}
