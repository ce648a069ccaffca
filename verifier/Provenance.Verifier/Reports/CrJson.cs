using Newtonsoft.Json;
using Provenance.Verifier.Cose;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Reports;

/// <summary>
/// The report as Content Credentials JSON (crJSON 2.5), for profile evaluation and comparison of validators: every manifest of the store as
/// written, the active one first, each with what was found about it. A manifest that nothing leads to was not checked; its lists are empty.
/// </summary>
public static class CrJson
{
    /// <summary>Writes one JSON object, without a line break. Where the store cannot be read, "extras:error" says why there are no manifests.</summary>
    /// <param name="writer">Where to; left open.</param>
    /// <param name="report">The report.</param>
    public static void Write(TextWriter writer, VerificationReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        using var json = JsonWriting.Open(writer);
        json.WriteStartObject();
        json.StartObject("@context"); // §3.2
        json.WriteMember("@vocab", "https://c2pa.org/crjson/");
        json.WriteMember("extras", "https://c2pa.org/crjson/extras/");
        json.WriteEndObject();
        json.StartObject("jsonGenerator"); // §3.3
        json.WriteMember("name", Product.Name);
        json.WriteMember("version", Product.Version);
        json.WriteEndObject();
        json.StartArray("manifests"); // §3.4: in reverse order of the store
        var deltas = (report.Result is { } result ? IngredientDelta.Of(result) : []).ToLookup(delta => JumbfUri.Parse(delta.AssertionUri)?.Manifest);
        foreach (var manifest in ManifestView.All(report).Reverse())
            WriteManifest(json, report, manifest, [.. deltas[manifest.Manifest.Label]]);
        json.WriteEndArray();
        if (report.Error is { } error)
        {
            json.StartObject("extras:error");
            json.WriteMember("structure", error.Structure);
            json.WriteMember("offset", error.Offset);
            json.WriteMember("rule", error.Rule);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteManifest(JsonTextWriter json, VerificationReport report, ManifestView manifest, List<IngredientDelta> deltas)
    {
        json.WriteStartObject();
        json.WriteMember("label", manifest.Manifest.Label);
        json.WriteMember("isUpdateManifest", manifest.Manifest.Kind == ManifestKind.Update);
        json.WriteMember("isCompressedManifest", manifest.Manifest.IsCompressed);
        CrJsonClaim.Write(json, manifest);
        WriteAssertions(json, manifest);
        WriteSignature(json, manifest);

        json.WritePropertyName("validationResults"); // §3.8
        json.WriteStartObject();
        ValidationResultsJson.WriteLists(json, manifest.Result?.Findings.All ?? []);
        json.WriteMember("specVersion", Product.SpecificationVersion);
        json.WriteMember("validationTime", CertificateText.Time(report.Policy.Time));
        json.WriteEndObject();
        if (deltas.Count > 0)
            ValidationResultsJson.WriteDeltas(json, deltas);
        json.WriteEndObject();
    }

    /// <summary>§3.6: keyed by label; what cannot be told is there as an empty object.</summary>
    private static void WriteAssertions(JsonTextWriter json, ManifestView manifest)
    {
        json.StartObject("assertions");
        var present = manifest.Assertions().ToDictionary(listed => listed.Assertion.Label.Full, listed => listed.Assertion, StringComparer.Ordinal);
        foreach (string label in manifest.ListedLabels().Distinct(StringComparer.Ordinal))
        {
            json.WritePropertyName(label);
            var assertion = present.GetValueOrDefault(label);
            if (assertion is not null && ManifestView.Cbor(assertion) is { } cbor)
            {
                CborJson.Write(json, cbor, BytesInJson.AsCrJson);
                continue;
            }
            if (assertion is not null && manifest.Json(assertion) is { } text)
            {
                JsonCopy.Write(json, text.Span, manifest.JsonDepth, BytesInJson.AsCrJson);
                continue;
            }
            json.WriteStartObject();
            if (assertion is not null && manifest.Resource(new(manifest.Manifest.UriOf(assertion), null, default)) is { } resource)
            {
                if (label.StartsWith(AssertionLabels.Thumbnail, StringComparison.Ordinal))
                    json.WriteMember("thumbnailType", label.StartsWith(AssertionLabels.ClaimThumbnail, StringComparison.Ordinal) ? 0 : 1);
                json.WriteMember("mimeType", resource.Format);
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>§3.7: as written, whether or not it holds; empty where it cannot be read. The time is that of a stamp that is sound in itself.</summary>
    private static void WriteSignature(JsonTextWriter json, ManifestView manifest)
    {
        json.StartObject("signature");
        if (manifest is { Cose: { } cose, Signer: { } signer })
        {
            json.WriteMember("algorithm", AlgorithmName(cose));
            WriteCertificate(json, signer);
            if (manifest.Result?.SoundTimeStamp is { SignerCertificate: { } authority } stamp)
            {
                json.StartObject("timeStampInfo");
                json.WriteMember("timestamp", CertificateText.Time(stamp.GenTime));
                WriteCertificate(json, authority);
                json.WriteEndObject();
            }
        }
        json.WriteEndObject();
    }

    private static string AlgorithmName(CoseSign1 cose) => cose.Algorithm?.Name switch
    {
        null => "Unknown",
        "EdDSA" => "Ed25519", // C2PA 2.5 §12.3 names the one curve it allows
        var name => name,
    };

    private static void WriteCertificate(JsonTextWriter json, Certificate certificate)
    {
        json.StartObject("certificateInfo");
        json.WriteMember("serialNumber", CertificateText.SerialNumber(certificate));
        WriteName(json, "issuer", certificate.Issuer);
        WriteName(json, "subject", certificate.Subject);
        json.StartObject("validity");
        json.WriteMember("notBefore", CertificateText.Time(certificate.NotBefore));
        json.WriteMember("notAfter", CertificateText.Time(certificate.NotAfter));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The attributes the schema knows; of several of one kind the last, most specific one.</summary>
    private static void WriteName(JsonTextWriter json, string member, DistinguishedName name)
    {
        json.StartObject(member);
        foreach (var (key, oid) in (ReadOnlySpan<(string, string)>)
            [("C", "2.5.4.6"), ("ST", "2.5.4.8"), ("L", "2.5.4.7"), ("O", Oids.Organization), ("OU", "2.5.4.11"), ("CN", Oids.CommonName), ("E", Oids.EmailAddress), ("2.5.4.97", "2.5.4.97")])
        {
            if (name.Attributes.LastOrDefault(attribute => attribute.Oid == oid) is { Value: { } value })
                json.WriteMember(key, value);
        }
        json.WriteEndObject();
    }
}
