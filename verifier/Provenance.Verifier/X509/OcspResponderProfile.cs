namespace Provenance.Verifier.X509;

/// <summary>The profile of a certificate to which a CA delegates its OCSP answers (RFC 6960 §4.2.2.2).</summary>
internal static class OcspResponderProfile
{
    /// <summary>
    /// OCSPSigning is among the purposes, by name: anyExtendedKeyUsage does not do. Further purposes are let pass, as the RFC does,
    /// because refusing the responder would silence its "revoked". That the same CA issued it is the caller's check.
    /// </summary>
    public static ProfileResult Check(Certificate responder)
    {
        var violations = new List<string>();
        if (responder.ExtendedKeyUsages?.Contains(Oids.OcspSigning) != true)
            violations.Add("extended key usage lacks OCSPSigning (RFC 6960 §4.2.2.2)");
        if (responder.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.DigitalSignature))
            violations.Add("key usage lacks digitalSignature (RFC 5280 §4.2.1.12)");
        return new ProfileResult(violations);
    }
}
