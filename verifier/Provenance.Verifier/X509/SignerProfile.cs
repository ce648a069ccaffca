using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.X509;

/// <summary>
/// The profile of the certificate whose key signs claims (C2PA 2.5 §13.5.1.1). Whether anybody vouches for it, whether it is in force and
/// whether one of its purposes is configured are other questions: a purpose nobody configured leaves it untrusted, not invalid.
/// </summary>
internal static class SignerProfile
{
    /// <summary>Checks the whole profile, or for an entry of the private credential store the rules on algorithms and keys alone.</summary>
    /// <param name="leaf">The signer's certificate.</param>
    /// <param name="inPrivateStore">The user chose exactly this certificate (§13.4.3); it then need not look like one a CA made for signers.</param>
    public static ProfileResult Check(Certificate leaf, bool inPrivateStore = false)
    {
        var violations = new List<string>();
        CheckAlgorithm(leaf, violations);
        if (SubjectPublicKey.Weakness(leaf.PublicKey) is { } weakness)
            violations.Add($"{weakness} (C2PA 2.5 §13.5.1.1)");
        // Whoever lists it, a certificate says something here that must be understood to use it, and is not.
        if (leaf.UnknownCriticalExtensions is [var oid, ..])
            violations.Add($"critical extension {oid} is not known (RFC 5280 §4.2)");
        if (!inPrivateStore)
        {
            CheckForm(leaf, violations);
            CheckKeyUsage(leaf, violations);
            CheckExtendedKeyUsage(leaf, violations);
        }
        return new ProfileResult(violations);
    }

    /// <summary>How the CA signed: the list of the clause, with stricter words on RSASSA-PSS.</summary>
    private static void CheckAlgorithm(Certificate leaf, List<string> violations)
    {
        if (leaf.SignatureAlgorithmOid == Oids.RsassaPss)
        {
            if (leaf.Pss is not { } pss)
                violations.Add("the RSASSA-PSS parameters are absent or unreadable");
            else if (!pss.HashPresent || SignatureAlgorithms.Hash(pss.HashOid) is null or HashAlgorithm.Sha1)
                violations.Add("the RSASSA-PSS hashAlgorithm must be written out and be SHA-256, SHA-384 or SHA-512");
            else if (!pss.MaskPresent || pss.MaskHashOid != pss.HashOid)
                violations.Add("the RSASSA-PSS maskGenAlgorithm must be written out and use the hash of hashAlgorithm");
            else if (leaf.SignatureScheme is null)
                violations.Add("the RSASSA-PSS parameters are not MGF1 with trailer 1");
        }
        else if (leaf.SignatureScheme is null)
        {
            violations.Add($"signature algorithm {leaf.SignatureAlgorithmOid}, or its parameters, is not on the list");
        }
    }

    private static void CheckForm(Certificate leaf, List<string> violations)
    {
        if (leaf.Version != 3)
            violations.Add($"version {leaf.Version} where 3 is demanded");
        if (leaf.HasIssuerUniqueId || leaf.HasSubjectUniqueId)
            violations.Add("issuerUniqueID and subjectUniqueID must be absent");
        if (leaf.IsCa)
            violations.Add("basicConstraints asserts cA: a CA's key must not sign claims");
        if (!leaf.IsSelfIssued && !leaf.Extensions.Has(Oids.AuthorityKeyIdentifier))
            violations.Add("the authority key identifier is absent");
    }

    private static void CheckKeyUsage(Certificate leaf, List<string> violations)
    {
        if (leaf.KeyUsage is not { } usage)
        {
            violations.Add("key usage is absent");
            return;
        }
        if (!usage.HasFlag(KeyUsages.DigitalSignature))
            violations.Add("key usage lacks digitalSignature");
        if (usage.HasFlag(KeyUsages.KeyCertSign))
            violations.Add("key usage has keyCertSign");
    }

    private static void CheckExtendedKeyUsage(Certificate leaf, List<string> violations)
    {
        if (leaf.ExtendedKeyUsages is not { } purposes)
            violations.Add("extended key usage is absent");
        else if (purposes.Contains(Oids.AnyExtendedKeyUsage))
            violations.Add("extended key usage names anyExtendedKeyUsage");
        // Time stamping and OCSP exclude every other purpose, alone they are no purpose for claims.
        else if (purposes.Contains(Oids.TimeStamping))
            violations.Add("extended key usage names timeStamping: a time-stamp authority must not sign claims");
        else if (purposes.Contains(Oids.OcspSigning))
            violations.Add("extended key usage names OCSPSigning: an OCSP responder must not sign claims");
    }
}
