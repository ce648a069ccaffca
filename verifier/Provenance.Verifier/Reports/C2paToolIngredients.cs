using Newtonsoft.Json;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Reports;

/// <summary>How the reference lists ingredients: the assertion's fields under names of its own, whatever the assertion's version.</summary>
internal static class C2paToolIngredients
{
    public static bool IsIngredient(Assertion assertion) => assertion.Label.Base.StartsWith(AssertionLabels.Ingredient, StringComparison.Ordinal);

    public static void Write(JsonWriter json, ManifestView manifest, IEnumerable<ListedAssertion> listed)
    {
        var ingredients = listed.Select(item => (item.Assertion.Label.Full, Value: ManifestView.Cbor(item.Assertion))).Where(item => item.Value is { Kind: CborKind.Map }).ToList();
        if (ingredients.Count == 0)
            return;
        json.StartArray("ingredients");
        foreach (var (label, value) in ingredients)
            Write(json, manifest, label, value!);
        json.WriteEndArray();
    }

    private static void Write(JsonWriter json, ManifestView manifest, string label, CborValue value)
    {
        string? target = (HashedUri.Read(value["activeManifest"]) ?? HashedUri.Read(value["c2pa_manifest"]))?.Target?.Manifest;
        json.WriteStartObject();
        json.WriteMember("title", value["dc:title"]?.Text);
        json.WriteMember("format", value["dc:format"]?.Text);
        json.WriteMember("document_id", value["documentID"]?.Text);
        json.WriteMember("instance_id", value["instanceID"]?.Text);
        C2paToolJson.WriteResource(json, "thumbnail", manifest.Resource(HashedUri.Read(value["thumbnail"])));
        json.WriteMember("relationship", value["relationship"]?.Text);
        json.WriteMember("active_manifest", target);
        WriteStatuses(json, manifest, value);
        WriteResults(json, value["validationResults"]);
        C2paToolJson.WriteResource(json, "data", manifest.Resource(HashedUri.Read(value["data"])));
        json.WriteMember("description", value["description"]?.Text);
        json.WriteMember("informational_URI", value["informationalURI"]?.Untagged.Text);
        CborJson.WriteMember(json, "metadata", value["metadata"], BytesInJson.AsReference);
        CborJson.WriteMember(json, "data_types", value["dataTypes"], BytesInJson.AsReference);
        if (target is not null && manifest.Store.Find(target) is not null)
            C2paToolJson.WriteResource(json, "manifest_data", ("application/c2pa", target));
        json.WriteMember("label", label);
        json.WriteEndObject();
    }

    /// <summary>What was recorded in versions 1 and 2; like the reference, with a word on files of the ingredient that are not there.</summary>
    private static void WriteStatuses(JsonWriter json, ManifestView manifest, CborValue value)
    {
        var recorded = value["validationStatus"]?.Items ?? [];
        var missing = new[] { value["thumbnail"], value["data"] }.Select(HashedUri.Read).OfType<HashedUri>().Where(reference => IsMissing(manifest, reference)).ToList();
        if (recorded.Count + missing.Count == 0)
            return;
        json.StartArray("validation_status");
        foreach (var status in recorded)
            WriteStatus(json, status["code"]?.Text, status["url"]?.Text, status["explanation"]?.Text);
        foreach (var reference in missing)
            WriteStatus(json, StatusCodes.AssertionMissing.Text, reference.Url, null);
        json.WriteEndArray();
    }

    private static bool IsMissing(ManifestView manifest, HashedUri reference)
    {
        bool isRemoved = reference.Target is { } target && manifest.Removes(target);
        return !isRemoved && manifest.Resource(reference) is null;
    }

    /// <summary>What was recorded in version 3: { activeManifest, ingredientDeltas?, specVersion? }.</summary>
    private static void WriteResults(JsonWriter json, CborValue? results)
    {
        if (results is not { Kind: CborKind.Map })
            return;
        json.StartObject("validation_results");
        WriteStatusCodes(json, "activeManifest", results["activeManifest"]);
        if (results["ingredientDeltas"] is { Kind: CborKind.Array } deltas)
        {
            json.StartArray("ingredientDeltas");
            foreach (var delta in deltas.Items)
            {
                json.WriteStartObject();
                json.WriteMember("ingredientAssertionURI", delta["ingredientAssertionURI"]?.Text);
                WriteStatusCodes(json, "validationDeltas", delta["validationDeltas"]);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteMember("specVersion", results["specVersion"]?.Text);
        json.WriteEndObject();
    }

    private static void WriteStatusCodes(JsonWriter json, string name, CborValue? codes)
    {
        if (codes is not { Kind: CborKind.Map })
            return;
        json.StartObject(name);
        foreach (string kind in (ReadOnlySpan<string>)["success", "informational", "failure"])
        {
            json.StartArray(kind);
            foreach (var status in codes[kind]?.Items ?? [])
                WriteStatus(json, status["code"]?.Text, status["url"]?.Text, status["explanation"]?.Text);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteStatus(JsonWriter json, string? code, string? url, string? explanation)
    {
        json.WriteStartObject();
        json.WriteMember("code", code);
        json.WriteMember("url", url);
        json.WriteMember("explanation", explanation);
        json.WriteEndObject();
    }
}
