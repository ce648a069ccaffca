using Newtonsoft.Json;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Manifests;

namespace Provenance.Verifier.Reports;

/// <summary>
/// A claim in crJSON (§3.5): the fields its schema knows and no others, since that allows no others. What must be there and is not, is
/// filled in as the format says: lists are empty, and the maker of an old claim is the one its claim_generator names.
/// </summary>
internal static class CrJsonClaim
{
    private static readonly string[] ReferenceLists1 = ["assertions"], ReferenceLists2 = ["created_assertions", "gathered_assertions"];

    public static void Write(JsonWriter json, ManifestView manifest)
    {
        json.StartObject(manifest.ClaimVersion == 1 ? "claim" : "claim.v2");
        if (manifest.Claim is { } claim)
            WriteMembers(json, manifest, claim);
        json.WriteEndObject();
    }

    private static void WriteMembers(JsonWriter json, ManifestView manifest, CborValue claim)
    {
        json.WriteMember("instanceID", claim["instanceID"]?.Text);
        json.WriteMember("signature", claim["signature"]?.Text);
        if (manifest.ClaimVersion == 1)
        {
            json.WriteMember("claim_generator", claim["claim_generator"]?.Text);
            json.WriteMember("dc:format", claim["dc:format"]?.Text);
        }
        WriteGenerators(json, manifest, claim);
        json.WriteMember("dc:title", claim["dc:title"]?.Text);
        foreach (string list in manifest.ClaimVersion == 1 ? ReferenceLists1 : ReferenceLists2)
            WriteReferences(json, list, claim[list]);
        if (manifest.ClaimVersion == 2 || manifest.Redacted.Any())
        {
            json.StartArray("redacted_assertions");
            foreach (string uri in manifest.Redacted)
                json.WriteValue(uri);
            json.WriteEndArray();
        }
        json.WriteMember("alg", claim["alg"]?.Text);
        json.WriteMember("alg_soft", claim["alg_soft"]?.Text);
        if (manifest.ClaimVersion == 2)
            json.WriteMember("specVersion", claim["specVersion"]?.Text);
        CborJson.WriteMember(json, "metadata", claim["metadata"], BytesInJson.AsCrJson);
    }

    private static void WriteGenerators(JsonWriter json, ManifestView manifest, CborValue claim)
    {
        var info = claim["claim_generator_info"];
        if (manifest.ClaimVersion == 2)
        {
            CborJson.WriteMember(json, "claim_generator_info", info, BytesInJson.AsCrJson);
            return;
        }
        json.StartArray("claim_generator_info");
        if (info is { Kind: CborKind.Array, Items.Count: > 0 })
        {
            foreach (var item in info.Items)
                CborJson.Write(json, item, BytesInJson.AsCrJson);
        }
        else
        {
            json.WriteStartObject();
            json.WriteMember("name", claim["claim_generator"]?.Text ?? "");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteReferences(JsonWriter json, string name, CborValue? list)
    {
        json.StartArray(name);
        foreach (var item in list?.Items ?? [])
        {
            if (HashedUri.Read(item) is not { } reference)
                continue;
            json.WriteStartObject();
            json.WriteMember("url", reference.Url);
            json.WritePropertyName("hash");
            CborJson.WriteBytes(json, reference.Hash.Span, inArray: false, BytesInJson.AsCrJson);
            json.WriteMember("alg", reference.Algorithm);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
