using System.Text.Json;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Identity;

/// <summary>The keys with which a DID's owner makes statements (W3C DID 1.0 §5.3.2, assertionMethod).</summary>
internal static class DidDocument
{
    private const string Structure = "DID document";

    /// <summary>Keys that are tried; real documents have one.</summary>
    private const int MostKeys = 8;

    /// <summary>Reads the document of <paramref name="did"/>. At least one key comes out.</summary>
    /// <exception cref="MalformedDataException">It is no such document, or of another DID, or without a key that can be used.</exception>
    public static IReadOnlyList<DidKey> Read(ReadOnlyMemory<byte> json, Did did, Limits limits)
    {
        using var document = StrictJson.Parse(json, Structure, limits);
        var root = document.RootElement;
        if (root.Text("id") != did.ToString())
            throw Malformed("it is the document of another identifier (DID 1.0 §5.1.1)");
        var keys = new List<DidKey>();
        string? fault = null;
        foreach (var entry in root.Items("assertionMethod").Take(MostKeys))
        {
            try
            {
                keys.Add(ReadMethod(Find(root, entry, did), did));
            }
            catch (MalformedDataException unusable)
            {
                fault ??= unusable.Rule;
            }
        }
        return keys.Count > 0 ? keys : throw Malformed(fault ?? "it has no assertionMethod (DID 1.0 §5.3.2)");
    }

    /// <summary>A method stands where it is used, or elsewhere in the document under its identifier.</summary>
    private static JsonElement Find(JsonElement root, JsonElement entry, Did did)
    {
        if (entry.ValueKind == JsonValueKind.Object)
            return entry;
        string? wanted = entry.ValueKind == JsonValueKind.String ? Absolute(entry.GetString()!, did) : null;
        foreach (var method in root.Items("verificationMethod"))
        {
            if (wanted is not null && method.Text("id") is { } id && Absolute(id, did) == wanted)
                return method;
        }
        throw Malformed("assertionMethod names a key that is not in the document");
    }

    private static string Absolute(string id, Did did) => id.StartsWith('#') ? did + id : id;

    private static DidKey ReadMethod(JsonElement method, Did did)
    {
        // A key under somebody else's control is not the issuer's.
        if (method.Text("controller") != did.ToString())
            throw Malformed("the key's controller is another (DID 1.0 §5.2)");
        return method.Text("type") switch
        {
            // The second is the name that Controlled Identifiers 1.0 gave the first; the one aggregator in production writes it.
            "JsonWebKey2020" or "JsonWebKey" => DidKeys.FromJwk(method.Member("publicKeyJwk") ?? throw Malformed("publicKeyJwk is missing")),
            "Multikey" => DidKeys.FromMultibase(method.Text("publicKeyMultibase")),
            var type => throw Malformed($"a key of type '{type}' is not supported (CAWG identity 1.3 §8.1.3.3)"),
        };
    }

    private static MalformedDataException Malformed(string rule) => new(Structure, 0, rule);
}
