using System.Globalization;
using Newtonsoft.Json;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Manifests;

namespace Provenance.Verifier.Reports;

/// <summary>How the reference lists assertions: { label, data, instance?, kind?, created? }; actions member by member.</summary>
internal static class C2paToolAssertions
{
    private const string AssertionMetadata = "c2pa.assertion.metadata", Identity = "cawg.identity", SourceTypes = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    private static readonly string[] ShortSourceTypes =
    [
        "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "algorithmicMedia", "algorithmicallyEnhanced", "composite", "compositeCapture",
        "compositeSynthetic", "computationalCapture", "dataDrivenMedia", "digitalArt", "digitalCapture", "digitalCreation", "humanEdits", "minorHumanEdits",
        "negativeFilm", "positiveFilm", "print", "screenCapture", "softwareImage", "virtualRecording",
    ];

    /// <summary>Writes an assertion, if it is one of those listed: not ingredients and thumbnails, which stand elsewhere, nor bindings of version 1.</summary>
    public static void Write(JsonWriter json, ManifestView manifest, ListedAssertion listed)
    {
        var label = listed.Assertion.Label;
        string text = label.Version > 1 ? string.Create(CultureInfo.InvariantCulture, $"{label.Base}.v{label.Version}") : label.Base;
        if (C2paToolIngredients.IsIngredient(listed.Assertion) || text is AssertionLabels.DataHash or AssertionLabels.BoxesHash or AssertionLabels.BmffHash)
            return;
        var cbor = ManifestView.Cbor(listed.Assertion);
        var jsonText = manifest.Json(listed.Assertion);
        bool isActions = text.StartsWith(AssertionLabels.Actions, StringComparison.Ordinal);
        if ((cbor is null && jsonText is null) || (isActions && cbor?["actions"] is not { Kind: CborKind.Array }))
            return;

        json.WriteStartObject();
        json.WriteMember("label", isActions ? "c2pa.actions.v2" : text);
        json.WritePropertyName("data");
        if (isActions)
            WriteActions(json, manifest, cbor!);
        else if (cbor is not null)
            CborJson.Write(json, cbor, BytesInJson.AsReference);
        else
            JsonCopy.Write(json, jsonText!.Value.Span, manifest.JsonDepth, BytesInJson.AsReference);
        if (label.Instance > 0)
            json.WriteMember("instance", label.Instance);
        if (!isActions && (jsonText is not null || (text.EndsWith(".metadata", StringComparison.Ordinal) && text != AssertionMetadata)))
            json.WriteMember("kind", "Json");
        if (listed.IsCreated && manifest.ClaimVersion > 1 && label.Base != Identity)
            json.WriteMember("created", true);
        json.WriteEndObject();
    }

    /// <summary>A program: { name, version?, icon?, … }, or its name alone as old files have it.</summary>
    public static void WriteGenerator(JsonWriter json, ManifestView manifest, CborValue value)
    {
        if (value.Kind != CborKind.Map)
        {
            CborJson.Write(json, value, BytesInJson.AsReference);
            return;
        }
        json.WriteStartObject();
        foreach (var (key, item) in value.Entries.Where(entry => !entry.Value.IsNull))
        {
            if (key.Text == "icon")
                WriteIcon(json, manifest, item);
            else
                CborJson.WriteMember(json, key.Text == "schema.org.SoftwareApplication.operatingSystem" ? "operating_system" : CborJson.KeyOf(key), item, BytesInJson.AsReference);
        }
        json.WriteEndObject();
    }

    private static void WriteIcon(JsonWriter json, ManifestView manifest, CborValue icon)
    {
        if (manifest.Resource(HashedUri.Read(icon)) is { } resource)
            C2paToolJson.WriteResource(json, "icon", resource);
        else
            CborJson.WriteMember(json, "icon", icon, BytesInJson.AsReference);
    }

    private static void WriteActions(JsonWriter json, ManifestView manifest, CborValue actions)
    {
        json.WriteStartObject();
        json.StartArray("actions");
        foreach (var action in actions["actions"]!.Items)
            WriteMembers(json, manifest, action, IsActionMember);
        json.WriteEndArray();
        CborJson.WriteMember(json, "softwareAgents", actions["softwareAgents"], BytesInJson.AsReference);
        CborJson.WriteMember(json, "allActionsIncluded", actions["allActionsIncluded"], BytesInJson.AsReference);
        if (actions["templates"] is { Kind: CborKind.Array } templates)
        {
            json.StartArray("templates");
            foreach (var template in templates.Items)
                WriteMembers(json, manifest, template, IsTemplateMember);
            json.WriteEndArray();
        }
        CborJson.WriteMember(json, "metadata", actions["metadata"], BytesInJson.AsReference);
        json.WriteEndObject();
    }

    /// <summary>What the reference knows of an action; it drops everything else.</summary>
    private static bool IsActionMember(string name) => name is
        "action" or "when" or "softwareAgent" or "softwareAgentIndex" or "changed" or "changes" or "parameters" or "actors" or "digitalSourceType" or "related" or "reason" or "description";

    private static bool IsTemplateMember(string name) => name is
        "action" or "softwareAgent" or "softwareAgentIndex" or "digitalSourceType" or "icon" or "description" or "templateParameters";

    private static void WriteMembers(JsonWriter json, ManifestView manifest, CborValue value, Func<string, bool> isKnown)
    {
        json.WriteStartObject();
        foreach (var (key, item) in value.Entries.Where(entry => !entry.Value.IsNull && entry.Key.Text is { } name && isKnown(name)))
        {
            switch (key.Text)
            {
                case "softwareAgent":
                    json.WritePropertyName("softwareAgent");
                    WriteGenerator(json, manifest, item);
                    break;
                case "icon":
                    WriteIcon(json, manifest, item);
                    break;
                case "digitalSourceType" when ShortSourceTypes.Contains(item.Text):
                    json.WriteMember("digitalSourceType", SourceTypes + item.Text);
                    break;
                case var name:
                    CborJson.WriteMember(json, name!, item, BytesInJson.AsReference);
                    break;
            }
        }
        json.WriteEndObject();
    }
}
