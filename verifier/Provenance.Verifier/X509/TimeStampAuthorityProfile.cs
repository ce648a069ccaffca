namespace Provenance.Verifier.X509;

/// <summary>The profile of the certificate whose key signs time stamps (RFC 3161 §2.3, C2PA 2.5 §13.5.1).</summary>
internal static class TimeStampAuthorityProfile
{
    /// <summary>
    /// The extended key usage is critical and is timeStamping and nothing else (attack G04); a key usage, where there is one, allows
    /// signatures. Every authority met in real files fits; the reference asks for less.
    /// </summary>
    public static ProfileResult Check(Certificate authority)
    {
        var violations = new List<string>();
        if (authority.ExtendedKeyUsages is not [Oids.TimeStamping])
            violations.Add("extended key usage must be timeStamping and nothing else (RFC 3161 §2.3)");
        else if (!authority.Extensions.IsCritical(Oids.ExtendedKeyUsage))
            violations.Add("extended key usage is not critical (RFC 3161 §2.3)");
        if (authority.KeyUsage is { } usage && (usage & (KeyUsages.DigitalSignature | KeyUsages.ContentCommitment)) == 0)
            violations.Add("key usage allows no signatures (RFC 5280 §4.2.1.12)");
        return new ProfileResult(violations);
    }
}
