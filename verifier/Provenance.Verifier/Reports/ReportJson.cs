using Newtonsoft.Json;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Reports;

/// <summary>The project's own report as one line of JSON: a function of the report alone.</summary>
public static class ReportJson
{
    /// <summary>Writes one JSON object, without a line break.</summary>
    public static void Write(TextWriter writer, VerificationReport report, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var json = new JsonTextWriter(writer) { CloseOutput = false, StringEscapeHandling = StringEscapeHandling.EscapeNonAscii };
        json.WriteStartObject();
        if (file is not null)
            Text(json, "file", file);
        json.WritePropertyName("reportVersion");
        json.WriteValue(1);
        Text(json, "mediaType", report.MediaType);
        Text(json, "validationState", report.State?.ToString());
        Text(json, "label", LabelTable.Code(report.Label));
        Text(json, "sentence", report.Labelling.Sentence);
        Text(json, "sourceSentence", report.Labelling.SourceSentence);
        json.WritePropertyName("codes");
        json.WriteStartObject();
        foreach (var kind in new[] { StatusKind.Success, StatusKind.Informational, StatusKind.Failure })
            Codes(json, kind.ToString().ToLowerInvariant(), report.Findings.Where(finding => finding.Code.Kind == kind));
        json.WriteEndObject();
        Codes(json, "ingredientFailures", report.IngredientFailures);
        Text(json, "signer", report.Signer?.Name);
        Text(json, "signedAt", report.SignedAt?.ToString("O"));
        Text(json, "claimGenerator", report.ClaimGenerator);
        json.WritePropertyName("error");
        if (report.Error is { } error)
        {
            json.WriteStartObject();
            Text(json, "structure", error.Structure);
            json.WritePropertyName("offset");
            json.WriteValue(error.Offset);
            Text(json, "rule", error.Rule);
            Text(json, "limit", error.Limit);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull();
        }
        json.WritePropertyName("findings");
        json.WriteStartArray();
        foreach (var finding in report.Findings.Concat(report.IngredientFailures))
        {
            json.WriteStartObject();
            Text(json, "code", finding.Code.Text);
            Text(json, "uri", finding.Uri);
            Text(json, "explanation", finding.Explanation);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Text(JsonTextWriter json, string name, string? value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    private static void Codes(JsonTextWriter json, string name, IEnumerable<Finding> findings)
    {
        json.WritePropertyName(name);
        json.WriteStartArray();
        foreach (string code in findings.Select(finding => finding.Code.Text).Distinct())
            json.WriteValue(code);
        json.WriteEndArray();
    }
}
