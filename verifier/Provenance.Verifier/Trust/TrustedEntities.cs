using System.Globalization;
using System.Text;
using System.Text.Json;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Trust;

/// <summary>A list of trusted entities (ETSI TS 119 602, JSON binding) as C2PA publishes it.</summary>
/// <param name="SequenceNumber">LoTESequenceNumber in decimal digits.</param>
/// <param name="Anchors">One anchor for each time in which a CA is trusted.</param>
internal sealed record TrustedEntities(string SequenceNumber, IReadOnlyList<TrustAnchor> Anchors)
{
    private const string Trusted = "http://c2pa.org/conformance/trust-list/trusted";

    /// <exception cref="MalformedDataException">The text is no such list, a certificate is damaged, or no anchor is in it.</exception>
    public static TrustedEntities Read(string json, string structure)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json), new JsonDocumentOptions { MaxDepth = Limits.Default.JsonDepth, AllowDuplicateProperties = false });
            var list = Member(document.RootElement, "LoTE", JsonValueKind.Object, structure);
            var scheme = Member(list, "ListAndSchemeInformation", JsonValueKind.Object, structure);
            string number = Member(scheme, "LoTESequenceNumber", JsonValueKind.Number, structure).GetRawText();
            var anchors = new List<TrustAnchor>();
            foreach (var entity in Member(list, "TrustedEntitiesList", JsonValueKind.Array, structure).EnumerateArray())
            {
                foreach (var service in Member(entity, "TrustedEntityServices", JsonValueKind.Array, structure).EnumerateArray())
                    anchors.AddRange(ReadService(service, structure));
            }
            return anchors.Count > 0 ? new TrustedEntities(number, anchors) : throw new MalformedDataException(structure, 0, "no trusted certificate at all");
        }
        catch (JsonException fault)
        {
            throw new MalformedDataException(structure, fault.BytePositionInLine ?? 0, $"not JSON as RFC 8259 has it, in line {fault.LineNumber + 1}: {fault.Message}");
        }
    }

    /// <summary>The certificates of a service, each for every time in which its status is, or was, "trusted".</summary>
    private static IEnumerable<TrustAnchor> ReadService(JsonElement service, string structure)
    {
        var current = Member(service, "ServiceInformation", JsonValueKind.Object, structure);
        var states = new List<(DateTimeOffset From, bool Trusted)> { ReadState(current, structure) };
        if (service.TryGetProperty("ServiceHistory", out var history))
        {
            if (history.ValueKind != JsonValueKind.Array)
                throw new MalformedDataException(structure, 0, "ServiceHistory is no array");
            states.AddRange(history.EnumerateArray().Select(state => ReadState(state, structure)));
        }
        var windows = Windows(states);

        var identity = Member(current, "ServiceDigitalIdentity", JsonValueKind.Object, structure);
        int index = 0;
        foreach (var entry in Member(identity, "X509Certificates", JsonValueKind.Array, structure).EnumerateArray())
        {
            index++;
            string base64 = Text(entry, "val", structure);
            byte[] der = PemBlocks.Decode(base64) ?? throw new MalformedDataException(structure, 0, $"an X509Certificates value is not Base64: {base64[..Math.Min(base64.Length, 20)]}…");
            var certificate = TrustText.ParseCertificate(der, structure, 0, $"{index} of a service");
            foreach (var (from, until) in windows)
                yield return new TrustAnchor(certificate, from, until);
        }
    }

    /// <summary>The times of trust. Each ends a tick before the next status starts; the last may have no end.</summary>
    private static List<(DateTimeOffset From, DateTimeOffset? Until)> Windows(List<(DateTimeOffset From, bool Trusted)> states)
    {
        var ordered = states.OrderBy(state => state.From).ToList();
        var windows = new List<(DateTimeOffset, DateTimeOffset?)>();
        for (int i = 0; i < ordered.Count; i++)
        {
            if (ordered[i].Trusted)
                windows.Add((ordered[i].From, i + 1 < ordered.Count ? ordered[i + 1].From.AddTicks(-1) : null));
        }
        return windows;
    }

    /// <summary>Any status but "trusted" is taken for its opposite.</summary>
    private static (DateTimeOffset From, bool Trusted) ReadState(JsonElement state, string structure)
    {
        string time = Text(state, "StatusStartingTime", structure);
        if (!DateTimeOffset.TryParseExact(time, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from))
            throw new MalformedDataException(structure, 0, $"StatusStartingTime '{time}' is no UTC time YYYY-MM-DDTHH:MM:SSZ");
        return (from, Text(state, "ServiceStatus", structure) == Trusted);
    }

    private static string Text(JsonElement parent, string name, string structure)
    {
        var member = Member(parent, name, JsonValueKind.String, structure);
        // \uD8xx to \uDFxx: a lone surrogate is JSON and no text, and none of these members needs a pair.
        return member.GetRawText().Contains("\\ud", StringComparison.OrdinalIgnoreCase)
            ? throw new MalformedDataException(structure, 0, $"{name} has escaped surrogates where plain text belongs")
            : member.GetString()!;
    }

    private static JsonElement Member(JsonElement parent, string name, JsonValueKind kind, string structure) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw new MalformedDataException(structure, 0, $"{name} ({kind}) is missing");
}
