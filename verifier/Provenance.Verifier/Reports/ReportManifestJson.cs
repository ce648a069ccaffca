using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Reports;

/// <summary>One manifest in the JSON report.</summary>
internal static class ReportManifestJson
{
    public static void Write(ReportWriter json, ManifestSummary manifest)
    {
        json.Open();
        json.Text("label", manifest.Label);
        json.Text("kind", manifest.Kind == ManifestKind.Update ? "update" : "standard");
        if (manifest.ClaimVersion is { } version)
            json.Number("claimVersion", version);
        else
            json.Null("claimVersion");
        json.Text("state", ReportJson.StateName(manifest.State));
        json.Text("integrity", ReportAxesJson.Integrity(manifest.Facts));
        json.Text("signerTrust", ReportAxesJson.Trust(manifest.Facts, manifest.SignatureHolds));
        json.Text("revocation", ReportAxesJson.Revocation(manifest.RevocationDetails));
        json.Open("revocationDetails");
        ReportAxesJson.WriteRevocation(json, manifest.RevocationDetails);
        json.Close();
        WriteTime(json, manifest.Time);
        WriteSigner(json, manifest.Certificate, manifest.Signer);
        json.Open("claimed");
        json.Text("title", manifest.Title);
        json.Text("format", manifest.Format);
        json.Text("instanceId", manifest.InstanceId);
        json.Text("generator", manifest.Generator);
        json.Close();
        WriteFindings(json, "findings", manifest.Findings);
        json.List("assertions", manifest.Assertions, assertion => WriteAssertion(json, assertion));
        json.List("actions", manifest.Actions, action => WriteAction(json, action));
        json.List("ingredients", manifest.Ingredients, ingredient => WriteIngredient(json, ingredient));
        json.Texts("redactions", manifest.Redactions);
        json.List("identities", manifest.Identities, identity => ReportIdentityJson.Write(json, identity));
        json.List("trainingMining", manifest.TrainingMining, statement => ReportIdentityJson.Write(json, statement));
        json.Close();
    }

    public static void WriteSigner(ReportWriter json, CertificateSummary? certificate, VerifiedSigner? proven)
    {
        if (certificate is null)
        {
            json.Null("signer");
            return;
        }
        json.Open("signer");
        json.Open("claimed");
        json.Text("commonName", certificate.CommonName);
        json.Text("organization", certificate.Organization);
        json.Text("issuer", certificate.Issuer);
        json.Text("serialNumber", certificate.SerialNumber);
        json.Text("algorithm", certificate.Algorithm);
        json.Time("notBefore", certificate.NotBefore);
        json.Time("notAfter", certificate.NotAfter);
        json.Close();
        if (proven is null)
        {
            json.Null("proven");
        }
        else
        {
            json.Open("proven");
            json.Text("name", proven.Name);
            json.Text("organization", proven.Organization);
            json.Text("list", proven.ListName);
            json.Text("anchor", proven.Anchor);
            json.Close();
        }
        json.Close();
    }

    private static void WriteTime(ReportWriter json, TimeSummary time)
    {
        json.Open("time");
        json.Text("result", ReportAxesJson.Time(time));
        json.Time("proven", time.Proven);
        json.Text("authority", time.Authority);
        json.Time("claimed", time.Claimed);
        json.Close();
    }

    private static void WriteFindings(ReportWriter json, string name, IReadOnlyList<Finding> findings) => json.List(name, findings, finding =>
    {
        json.Open();
        json.Text("code", finding.Code.Text);
        json.Text("kind", finding.Code.Kind switch
        {
            StatusKind.Success => "success",
            StatusKind.Informational => "informational",
            _ => "failure",
        });
        json.Text("uri", finding.Uri);
        json.Text("explanation", finding.Explanation);
        json.Close();
    });

    private static void WriteAssertion(ReportWriter json, AssertionSummary assertion)
    {
        json.Open();
        json.Text("label", assertion.Label);
        json.Text("list", assertion.IsCreated ? "created" : "gathered");
        json.Flag("matches", assertion.Matches);
        json.Close();
    }

    private static void WriteAction(ReportWriter json, ActionSummary action)
    {
        json.Open();
        json.Text("name", action.Name);
        json.Text("when", action.When);
        json.Text("agent", action.Agent);
        json.Text("digitalSourceType", action.DigitalSourceType);
        json.Text("description", action.Description);
        json.Text("reason", action.Reason);
        json.Text("list", action.IsCreated ? "created" : "gathered");
        json.Close();
    }

    private static void WriteIngredient(ReportWriter json, IngredientSummary ingredient)
    {
        json.Open();
        json.Text("uri", ingredient.Uri);
        json.Text("relationship", ingredient.Relationship);
        json.Text("title", ingredient.Title);
        json.Text("format", ingredient.Format);
        json.Text("digitalSourceType", ingredient.DigitalSourceType);
        json.Text("manifest", ingredient.Manifest);
        json.Flag("linkHolds", ingredient.Manifest is null ? null : ingredient.LinkHolds);
        WriteFindings(json, "link", ingredient.Link);
        if (ingredient.RecordedFailures is { } recorded)
            json.Texts("recordedFailures", recorded);
        else
            json.Null("recordedFailures");
        json.Text("list", ingredient.IsCreated ? "created" : "gathered");
        json.Close();
    }
}
