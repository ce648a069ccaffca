using Newtonsoft.Json;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Reports;

/// <summary>Findings in the shape of C2PA 2.5 §14.2.2: { success, informational, failure } of { code, url, explanation }.</summary>
internal static class ValidationResultsJson
{
    public static void WriteStatusCodes(JsonWriter json, IReadOnlyList<Finding> findings)
    {
        json.WriteStartObject();
        WriteLists(json, findings);
        json.WriteEndObject();
    }

    /// <summary>The three lists as members of the object that is open.</summary>
    public static void WriteLists(JsonWriter json, IReadOnlyList<Finding> findings)
    {
        WriteList(json, "success", findings.Where(finding => finding.Code.Kind == StatusKind.Success));
        WriteList(json, "informational", findings.Where(finding => finding.Code.Kind == StatusKind.Informational));
        WriteList(json, "failure", findings.Where(finding => finding.IsFailure));
    }

    public static void WriteDeltas(JsonWriter json, IReadOnlyList<IngredientDelta> deltas)
    {
        json.StartArray("ingredientDeltas");
        foreach (var delta in deltas)
        {
            json.WriteStartObject();
            json.WriteMember("ingredientAssertionURI", delta.AssertionUri);
            json.WritePropertyName("validationDeltas");
            WriteStatusCodes(json, delta.Findings);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void WriteList(JsonWriter json, string name, IEnumerable<Finding> findings)
    {
        json.StartArray(name);
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteMember("code", finding.Code.Text);
            json.WriteMember("url", finding.Uri);
            json.WriteMember("resourceUrl", finding.ResourceUrl);
            json.WriteMember("explanation", finding.Explanation);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
