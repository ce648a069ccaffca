using Provenance.Verifier.Identity;

namespace Provenance.Verifier.Reports;

/// <summary>Identity assertions, and statements on mining and training, in the JSON report.</summary>
internal static class ReportIdentityJson
{
    public static void Write(ReportWriter json, IdentityResult identity)
    {
        json.Open();
        json.Text("uri", identity.Uri);
        json.Text("state", StateName(identity.State));
        json.Text("reason", identity.Reason);
        json.Text("signatureType", identity.SignatureType);
        json.Texts("roles", identity.Roles);
        json.List("references", identity.References, reference => Write(json, reference));
        ReportManifestJson.WriteSigner(json, ManifestSummaries.CertificateOf(identity.Certificate, null), identity.Signer);
        json.Text("issuer", identity.Issuer);
        json.Flag("issuerTrusted", identity.Issuer is null ? null : identity.IsIssuerTrusted);
        json.List("attested", identity.Attested, attested => Write(json, attested));
        json.Time("signedAt", identity.SignedAt);
        json.Close();
    }

    public static void Write(ReportWriter json, TrainingMiningSummary statement)
    {
        json.Open();
        json.Text("uri", statement.Uri);
        json.Text("list", statement.IsCreated ? "created" : "gathered");
        json.Text("vouchedFor", statement.VouchedFor is { } state ? StateName(state) : null);
        json.List("uses", statement.Uses, use =>
        {
            json.Open();
            json.Text("name", use.Name);
            json.Text("use", use.Use);
            json.Text("constraint", use.Constraint);
            json.Flag("refused", use.IsRefused);
            json.Close();
        });
        json.Close();
    }

    private static void Write(ReportWriter json, IdentityReference reference)
    {
        json.Open();
        json.Text("url", reference.Url);
        json.Text("label", reference.Label);
        json.Text("manifest", reference.Manifest);
        json.Flag("listed", reference.IsListed);
        json.Close();
    }

    private static void Write(ReportWriter json, AttestedIdentity attested)
    {
        json.Open();
        json.Text("type", attested.Type);
        json.Text("name", attested.Name);
        json.Text("userName", attested.UserName);
        json.Text("address", attested.Address);
        json.Text("uri", attested.Uri);
        json.Text("method", attested.Method);
        json.Text("provider", attested.ProviderName);
        json.Text("providerId", attested.ProviderId);
        json.Time("at", attested.At);
        json.Text("fault", attested.Fault);
        json.Close();
    }

    private static string StateName(IdentityState state) => state switch
    {
        IdentityState.Trusted => "trusted",
        IdentityState.WellFormed => "well-formed",
        IdentityState.NotChecked => "not-checked",
        _ => "failed",
    };
}
