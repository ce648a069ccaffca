using System.Globalization;
using System.Numerics;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Timestamps;
using Provenance.Verifier.X509;
using Provenance.Verifier.X509.Ocsp;

namespace Provenance.Verifier.Reports;

/// <summary>Time stamps (RFC 3161) and OCSP responses (RFC 6960) as nodes.</summary>
internal static class InspectionTime
{
    public static void Add(InspectionBranch parent, string name, ReadOnlyMemory<byte> der, Limits limits) =>
        parent.Add(name, null, $"{der.Length} bytes of DER", node =>
        {
            var token = TimeStampToken.Parse(der, limits);
            node.Add("time", DiagnosticText.Time(token.GenTime));
            node.Add("authority", token.SignerCertificate is { } authority ? DiagnosticText.Clean(authority.Subject.ToString()) : "its certificate is not enclosed");
            node.Add("form", token.WasResponse ? "TimeStampResp" : "TimeStampToken");
            node.Add("policy", token.Info.Policy);
            node.Add("serial number", Number(token.Info.SerialNumber.Span));
            node.Add("imprint", $"{token.Info.ImprintAlgorithm?.ToString() ?? token.Info.ImprintAlgorithmOid} {DiagnosticText.Hex(token.Info.Imprint.Span)}");
            if (token.Info.Accuracy is { } accuracy)
                node.Add("accuracy", accuracy.ToString("c", CultureInfo.InvariantCulture));
            AddCertificates(node, token.Certificates);
        });

    public static void AddOcsp(InspectionBranch parent, ReadOnlyMemory<byte> der, Limits limits) =>
        parent.Add("OCSP response", null, $"{der.Length} bytes of DER", node =>
        {
            var response = OcspResponse.Parse(der, limits);
            node.Add("produced at", DiagnosticText.Time(response.ProducedAt));
            node.Add("responder", response.ResponderKeyHash is { } key ? $"key {DiagnosticText.Hex(key.Span)}" : DiagnosticText.Clean(DistinguishedName.Parse(response.ResponderName!.Value).ToString()));
            foreach (var single in response.Responses)
            {
                if (node.IsFull)
                    break;
                node.Add("certificate status", null, single.Status.ToString(), status => AddSingle(status, single));
            }
            AddCertificates(node, response.Certificates);
        });

    private static void AddSingle(InspectionBranch node, SingleResponse single)
    {
        node.Add("serial number", Number(single.SerialNumber.Span));
        node.Add("this update", DiagnosticText.Time(single.ThisUpdate));
        if (single.NextUpdate is { } next)
            node.Add("next update", DiagnosticText.Time(next));
        if (single.RevocationTime is { } revoked)
            node.Add("revoked at", DiagnosticText.Time(revoked));
        if (single.RevocationReason is { } reason)
            node.Add("reason", reason.ToString(CultureInfo.InvariantCulture));
    }

    private static void AddCertificates(InspectionBranch node, IReadOnlyList<Certificate> certificates)
    {
        for (int i = 0; i < certificates.Count; i++)
        {
            var certificate = certificates[i];
            node.Add($"certificate {i + 1}", null, $"{certificate.Raw.Length} bytes of DER", child => InspectionSignature.AddCertificate(child, certificate));
        }
    }

    private static string Number(ReadOnlySpan<byte> content) => DiagnosticText.Clean(new BigInteger(content, isBigEndian: true).ToString(CultureInfo.InvariantCulture));
}
