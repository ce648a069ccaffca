using System.Globalization;
using Provenance.Verifier.Cose;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Reports;

/// <summary>A claim signature as nodes: COSE headers, certificates, time stamp, OCSP responses.</summary>
internal static class InspectionSignature
{
    public static void Add(InspectionBranch branch, ReadOnlyMemory<byte> content, InspectionContext context)
    {
        var cose = CoseSign1.Parse(content, context.Limits, context.Cbor);
        branch.Add("COSE_Sign1", cose.Tagged ? "18(…)" : "without tag 18");
        branch.Add("algorithm", cose.Algorithm?.Name ?? (cose.AlgorithmId is { } id ? $"{id}, not on the list" : "none in the protected header"));
        // Headers are read apart from the message, so their values have no offsets here.
        InspectionCbor.Add(branch, "protected header", cose.Protected, (_, _) => null);
        InspectionCbor.Add(branch, "unprotected header", cose.Unprotected, (_, _) => null);
        branch.Add("payload", cose.Payload is { } payload ? DiagnosticText.Hex(payload.Span) : "nil");
        branch.Add("signature", DiagnosticText.Hex(cose.Signature.Span));
        if (cose.IssuedAt is { } issued)
            branch.Add("claimed time", DiagnosticText.Time(issued));
        if (cose.X5Chain.Fault is { } chainFault)
            branch.Add("fault", DiagnosticText.Clean(chainFault));
        AddCertificates(branch, "certificate", cose.X5Chain.Certificates);
        if (cose.TimeStampFault is { } stampFault)
            branch.Add("fault", DiagnosticText.Clean(stampFault));
        if (cose.TimeStamp is { } stamp)
            InspectionTime.Add(branch, $"time stamp ({(stamp.Header == CoseTimeStampHeader.SigTst ? "sigTst" : "sigTst2")})", stamp.Token, context.Limits);
        foreach (var response in cose.OcspValues.Take(context.Limits.OcspResponses))
            InspectionTime.AddOcsp(branch, response, context.Limits);
    }

    public static void AddCertificates(InspectionBranch branch, string name, IReadOnlyList<ReadOnlyMemory<byte>> certificates)
    {
        for (int i = 0; i < certificates.Count; i++)
        {
            var der = certificates[i];
            branch.Add($"{name} {i + 1}", null, $"{der.Length} bytes of DER", node => AddCertificate(node, Certificate.Parse(der)));
        }
    }

    public static void AddCertificate(InspectionBranch node, Certificate certificate)
    {
        node.Add("subject", DiagnosticText.Clean(certificate.Subject.ToString()));
        node.Add("issuer", DiagnosticText.Clean(certificate.Issuer.ToString()));
        node.Add("serial number", CertificateText.SerialNumber(certificate));
        node.Add("valid from", DiagnosticText.Time(certificate.NotBefore));
        node.Add("valid to", DiagnosticText.Time(certificate.NotAfter));
        node.Add("public key", $"{certificate.PublicKey.Kind}{(certificate.PublicKey.Bits > 0 ? string.Create(CultureInfo.InvariantCulture, $", {certificate.PublicKey.Bits} bits") : "")}");
        node.Add("signed with", certificate.SignatureAlgorithmOid);
        if (certificate.KeyUsage is { } usage)
            node.Add("key usage", usage.ToString());
        if (certificate.ExtendedKeyUsages is { } purposes)
            node.Add("extended key usage", DiagnosticText.Clean(string.Join(", ", purposes.Select(PurposeName))));
        if (certificate.IsCa)
            node.Add("certificate authority", certificate.PathLength is { } length ? string.Create(CultureInfo.InvariantCulture, $"path length {length}") : "yes");
        if (certificate.SubjectKeyIdentifier is { } subjectKey)
            node.Add("subject key", DiagnosticText.Hex(subjectKey.Span));
        if (certificate.AuthorityKeyIdentifier is { } authorityKey)
            node.Add("authority key", DiagnosticText.Hex(authorityKey.Span));
        foreach (string url in certificate.OcspUrls.Take(8))
            node.Add("OCSP", DiagnosticText.Quote(url));
        if (certificate.UnknownCriticalExtensions.Count > 0)
            node.Add("unknown critical extensions", DiagnosticText.Clean(string.Join(", ", certificate.UnknownCriticalExtensions)));
    }

    private static string PurposeName(string oid) => oid switch
    {
        Oids.C2paClaimSigning => "C2PA claim signing",
        Oids.EmailProtection => "email protection",
        Oids.DocumentSigning => "document signing",
        Oids.TimeStamping => "time stamping",
        Oids.OcspSigning => "OCSP signing",
        Oids.ServerAuth => "server authentication",
        Oids.AnyExtendedKeyUsage => "any purpose",
        _ => oid,
    };
}
