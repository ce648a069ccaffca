using System.Text.Json;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Trust;

/// <summary>A list of trusted entities (ETSI TS 119 602, JSON binding) as C2PA publishes it.</summary>
/// <param name="SequenceNumber">LoTESequenceNumber in decimal digits.</param>
/// <param name="Issued">ListIssueDateTime; null where the list has none.</param>
/// <param name="SchemeName">SchemeName in English; null where the list has none.</param>
/// <param name="Anchors">One anchor for each time in which a CA is trusted.</param>
internal sealed record TrustedEntities(string SequenceNumber, DateTimeOffset? Issued, string? SchemeName, IReadOnlyList<TrustAnchor> Anchors)
{
    private const string Trusted = "http://c2pa.org/conformance/trust-list/trusted";

    /// <exception cref="MalformedDataException">The text is no such list, a certificate is damaged, or no anchor is in it.</exception>
    public static TrustedEntities Read(ReadOnlyMemory<byte> json, string structure)
    {
        using var document = ListJson.Parse(json, structure, Limits.Default);
        var list = ListJson.Member(document.RootElement, "LoTE", JsonValueKind.Object, structure);
        var scheme = ListJson.Member(list, "ListAndSchemeInformation", JsonValueKind.Object, structure);
        string number = ListJson.Member(scheme, "LoTESequenceNumber", JsonValueKind.Number, structure).GetRawText();
        var anchors = new List<TrustAnchor>();
        foreach (var entity in ListJson.Member(list, "TrustedEntitiesList", JsonValueKind.Array, structure).EnumerateArray())
        {
            foreach (var service in ListJson.Member(entity, "TrustedEntityServices", JsonValueKind.Array, structure).EnumerateArray())
                anchors.AddRange(ReadService(service, structure));
        }
        return anchors.Count > 0 ? new TrustedEntities(number, ListJson.OptionalTime(scheme, "ListIssueDateTime", structure), Name(scheme, structure), anchors) : throw new MalformedDataException(structure, 0, "no trusted certificate at all");
    }

    /// <summary>The name in English, or else the first.</summary>
    private static string? Name(JsonElement scheme, string structure)
    {
        string? name = null;
        if (ListJson.Optional(scheme, "SchemeName", JsonValueKind.Array, structure) is { } names)
        {
            foreach (var entry in names.EnumerateArray())
            {
                if (name is null || ListJson.Text(entry, "lang", structure) == "en")
                    name = ListJson.Text(entry, "value", structure);
            }
        }
        return name;
    }

    /// <summary>The certificates of a service, each for every time in which its status is, or was, "trusted".</summary>
    private static IEnumerable<TrustAnchor> ReadService(JsonElement service, string structure)
    {
        var current = ListJson.Member(service, "ServiceInformation", JsonValueKind.Object, structure);
        var states = new List<(DateTimeOffset From, bool Trusted)> { ReadState(current, structure) };
        if (ListJson.Optional(service, "ServiceHistory", JsonValueKind.Array, structure) is { } history)
            states.AddRange(history.EnumerateArray().Select(state => ReadState(state, structure)));
        var windows = Windows(states);

        var identity = ListJson.Member(current, "ServiceDigitalIdentity", JsonValueKind.Object, structure);
        int index = 0;
        foreach (var entry in ListJson.Member(identity, "X509Certificates", JsonValueKind.Array, structure).EnumerateArray())
        {
            index++;
            var certificate = TrustText.ParseCertificate(ListJson.Bytes(entry, "val", structure), structure, 0, $"{index} of a service");
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
    private static (DateTimeOffset From, bool Trusted) ReadState(JsonElement state, string structure) =>
        (ListJson.Time(state, "StatusStartingTime", structure), ListJson.Text(state, "ServiceStatus", structure) == Trusted);
}
