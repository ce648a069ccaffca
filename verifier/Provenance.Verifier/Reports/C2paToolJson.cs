using System.Globalization;
using Newtonsoft.Json;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;

namespace Provenance.Verifier.Reports;

/// <summary>
/// The report in the structure of the reference reader's JSON (c2patool, c2pa-rs 0.91), for programs that read that. Manifests are shown as
/// written, those that nothing leads to included; codes, explanations and the state are ours. Differs where following would mislead: CAWG
/// identity assertions stand as stored, since they were not checked; an assertion stands once however often it is listed; and arrays of
/// numbers that are no bytes stay arrays.
/// </summary>
public static class C2paToolJson
{
    /// <summary>Writes one JSON object, without a line break. Of a file without a readable manifest it has no manifests.</summary>
    /// <param name="writer">Where to; left open.</param>
    /// <param name="report">The report.</param>
    public static void Write(TextWriter writer, VerificationReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        using var json = JsonWriting.Open(writer);
        json.WriteStartObject();
        json.WriteMember("active_manifest", report.ActiveManifest);
        json.StartObject("manifests");
        foreach (var manifest in ManifestView.All(report).Where(manifest => manifest.Claim is not null))
        {
            json.WritePropertyName(manifest.Manifest.Label);
            WriteManifest(json, manifest, manifest.Claim!);
        }
        json.WriteEndObject();
        WriteValidation(json, report);
        json.WriteEndObject();
    }

    private static void WriteValidation(JsonTextWriter json, VerificationReport report)
    {
        if (report.State is not { } state)
            return;
        IReadOnlyList<IngredientDelta> deltas = report.Result is { } result ? IngredientDelta.Of(result) : [];
        var failures = report.Findings.Concat(deltas.SelectMany(delta => delta.Findings)).Where(finding => finding.IsFailure).ToList();
        if (failures.Count > 0)
            ValidationResultsJson.WriteList(json, "validation_status", failures);
        json.StartObject("validation_results");
        json.WritePropertyName("activeManifest");
        ValidationResultsJson.WriteStatusCodes(json, report.Findings);
        if (deltas.Count > 0)
            ValidationResultsJson.WriteDeltas(json, deltas);
        json.WriteMember("specVersion", Product.SpecificationVersion);
        json.WriteEndObject();
        json.WriteMember("validation_state", state.ToString());
    }

    private static void WriteManifest(JsonTextWriter json, ManifestView manifest, CborValue claim)
    {
        json.WriteStartObject();
        // Claims of version 2 have neither (C2PA 2.5 §10.2).
        if (manifest.ClaimVersion == 1)
            json.WriteMember("claim_generator", claim["claim_generator"]?.Text);
        WriteGenerators(json, manifest, claim);
        CborJson.WriteMember(json, "metadata", claim["metadata"] is { Items.Count: > 0 } metadata ? metadata : null, BytesInJson.AsReference);
        json.WriteMember("title", claim["dc:title"]?.Text);
        if (manifest.ClaimVersion == 1)
            json.WriteMember("format", claim["dc:format"]?.Text);
        json.WriteMember("instance_id", claim["instanceID"]?.Text);

        var assertions = manifest.Assertions().ToList();
        WriteThumbnail(json, manifest, assertions);
        C2paToolIngredients.Write(json, manifest, assertions.Where(listed => C2paToolIngredients.IsIngredient(listed.Assertion)));
        WriteCredentials(json, manifest);
        json.StartArray("assertions");
        foreach (var listed in assertions)
            C2paToolAssertions.Write(json, manifest, listed);
        json.WriteEndArray();
        if (manifest.Redacted.Any())
        {
            json.StartArray("redactions");
            foreach (string uri in manifest.Redacted)
                json.WriteValue(uri);
            json.WriteEndArray();
        }
        WriteSignature(json, manifest);
        json.WriteMember("label", manifest.Manifest.Label);
        json.WriteMember("claim_version", manifest.ClaimVersion);
        json.WriteEndObject();
    }

    private static void WriteGenerators(JsonTextWriter json, ManifestView manifest, CborValue claim)
    {
        if (claim["claim_generator_info"] is not { Kind: CborKind.Array or CborKind.Map } info)
            return;
        json.StartArray("claim_generator_info");
        foreach (var generator in info.Kind == CborKind.Map ? [info] : info.Items)
            C2paToolAssertions.WriteGenerator(json, manifest, generator);
        json.WriteEndArray();
    }

    private static void WriteThumbnail(JsonTextWriter json, ManifestView manifest, List<ListedAssertion> assertions)
    {
        var thumbnail = assertions.LastOrDefault(listed => listed.Assertion.Label.Full.StartsWith(AssertionLabels.ClaimThumbnail, StringComparison.Ordinal))?.Assertion;
        if (thumbnail is not null)
            WriteResource(json, "thumbnail", manifest.Resource(new(manifest.Manifest.UriOf(thumbnail), null, default)));
    }

    /// <summary>A member that points to a file in the store; nothing where there is none.</summary>
    internal static void WriteResource(JsonWriter json, string name, (string Format, string Uri)? resource)
    {
        if (resource is not { } found)
            return;
        json.StartObject(name);
        json.WriteMember("format", found.Format);
        json.WriteMember("identifier", found.Uri);
        json.WriteEndObject();
    }

    /// <summary>The W3C credentials that claims of version 1 could carry (removed in C2PA 2.0); nobody checks them.</summary>
    private static void WriteCredentials(JsonTextWriter json, ManifestView manifest)
    {
        var credentials = manifest.Manifest.Box.ChildrenOf(JumbfType.CredentialStore)
            .SelectMany(store => store.ChildrenOf(JumbfType.JsonContent))
            .Select(box => box.OnlyContent(JumbfType.Json))
            .OfType<ReadOnlyMemory<byte>>()
            .Where(text => JsonCopy.IsJson(text.Span, manifest.JsonDepth))
            .ToList();
        if (credentials.Count == 0)
            return;
        json.StartArray("credentials");
        foreach (var credential in credentials)
            JsonCopy.Write(json, credential.Span, manifest.JsonDepth, BytesInJson.AsReference);
        json.WriteEndArray();
    }

    /// <summary>What stands in the signature and its certificate, whether or not they hold; the time only of a time stamp that is sound in itself.</summary>
    private static void WriteSignature(JsonTextWriter json, ManifestView manifest)
    {
        json.StartObject("signature_info");
        json.WriteMember("alg", manifest.Cose?.Algorithm is { } algorithm ? AlgorithmName(algorithm.Name) : null);
        if (manifest.Signer is { } certificate)
        {
            json.WriteMember("issuer", certificate.Subject.Organization);
            json.WriteMember("common_name", certificate.Subject.CommonName);
            json.WriteMember("cert_serial_number", CertificateText.SerialNumber(certificate));
        }
        json.WriteMember("time", manifest.Result?.SoundTimeStamp?.GenTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    /// <summary>The reference's names are its own: "Ps256", and "Ed25519" for EdDSA.</summary>
    private static string AlgorithmName(string name) => name == "EdDSA" ? "Ed25519"
        : name.Length == 5 ? string.Concat(name[..1], name[1..2].ToLowerInvariant(), name[2..])
        : name;
}
