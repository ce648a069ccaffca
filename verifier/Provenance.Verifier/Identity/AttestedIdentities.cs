using System.Text.Json;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Identity;

/// <summary>The entries of "verifiedIdentities" (CAWG identity 1.3 §8.1.2.5).</summary>
internal static class AttestedIdentities
{
    /// <summary>Entries that are read; the rest is left unread and told.</summary>
    private const int Most = 64;

    public static void Check(IdentityCheck check, JsonElement subject)
    {
        if (subject.Member("verifiedIdentities") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
        {
            check.Add(StatusCodes.IcaVerifiedIdentitiesMissing, "names no identity (§8.1.2.5)");
            return;
        }
        check.Attested = [.. list.EnumerateArray().Take(Most).Select(Read)];
        string? fault = list.GetArrayLength() > Most ? $"more than {Most} identities" : check.Attested.FirstOrDefault(entry => entry.Fault is not null)?.Fault;
        if (fault is not null)
            check.Add(StatusCodes.IcaVerifiedIdentitiesInvalid, $"{fault} (§8.1.2.5)");
    }

    private static AttestedIdentity Read(JsonElement entry)
    {
        var provider = entry.Member("provider");
        return new(
            entry.Text("type"), entry.Text("name"), entry.Text("username"), entry.Text("address"), entry.Text("uri"), entry.Text("method"),
            provider?.Text("name"), provider?.Text("id"), AggregatedCredential.ParseTime(entry.Text("verifiedAt")))
        {
            Fault = FaultOf(entry, provider),
        };
    }

    private static string? FaultOf(JsonElement entry, JsonElement? provider)
    {
        if (entry.Text("type") is not { Length: > 0 } type)
            return "an identity without a type";
        foreach (string name in (ReadOnlySpan<string>)["name", "username", "address", "uri", "method"])
        {
            if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out _) && entry.Text(name) is not { Length: > 0 })
                return $"{name} is there and no text";
        }
        string? needed = type switch
        {
            "cawg.document_verification" => "name",
            "cawg.web_site" => "uri",
            "cawg.social_media" => "username",
            "cawg.crypto_wallet" => "address",
            _ => null,
        };
        if (needed is not null && entry.Text(needed) is null)
            return $"an identity of type {type} without {needed}";
        if (entry.Text("uri") is { } uri && !IsUri(uri))
            return "uri is none";
        if (AggregatedCredential.ParseTime(entry.Text("verifiedAt")) is null)
            return "verifiedAt is no date and time (RFC 3339)";
        // A web site needs none by the standard's example and its schema, by its text it does.
        if (provider is null && type == "cawg.web_site")
            return null;
        if (provider is not { ValueKind: JsonValueKind.Object } || provider.Value.Text("name") is not { Length: > 0 })
            return "an identity without the name of its provider";
        return provider.Value.Member("id") is not null && (provider.Value.Text("id") is not { } id || !IsUri(id)) ? "the provider's id is no URI" : null;
    }

    /// <summary>The standard's own example has a host without a scheme there, so a reference will do (RFC 3986 §4.1).</summary>
    private static bool IsUri(string text) => text.Length is > 0 and <= 2048 && Uri.IsWellFormedUriString(text, UriKind.RelativeOrAbsolute);
}
