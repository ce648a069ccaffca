using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.X509.Ocsp;

/// <summary>Finds the authorised responder behind a response (RFC 6960 §4.2.2.2).</summary>
internal static class OcspResponder
{
    /// <summary>
    /// Null where the response is signed by <paramref name="issuer"/> itself, or by a certificate that it issued for this purpose; else
    /// why neither holds. A responder's own revocation is not checked, as if its certificate carried id-pkix-ocsp-nocheck.
    /// </summary>
    public static async ValueTask<string?> RefusalAsync(
        OcspResponse response, Certificate issuer, ICryptoProvider crypto, SignatureBudget budget, CancellationToken cancellation)
    {
        if (SignatureAlgorithms.Scheme(response.SignatureAlgorithm) is not { } scheme)
            return $"it is signed with {response.SignatureAlgorithm.Oid}, which is not allowed";

        string refusal = "no certificate fits its responder id";
        // The response's own certificates are anybody's: each must be named by the signed responder id before anything is spent on it.
        foreach (var candidate in response.Certificates.Prepend(issuer))
        {
            if (!await IsNamedAsync(response, candidate, crypto, cancellation).ConfigureAwait(false))
                continue;
            string? fault = candidate.IsSameAs(issuer)
                ? null
                : await DelegationFaultAsync(candidate, issuer, response.ProducedAt, crypto, budget, cancellation).ConfigureAwait(false);
            fault ??= await SignatureFaultAsync("its signature", scheme, candidate, response.Tbs, response.Signature, crypto, budget, cancellation).ConfigureAwait(false);
            if (fault is null)
                return null;
            refusal = fault;
        }
        return refusal;
    }

    private static async ValueTask<bool> IsNamedAsync(OcspResponse response, Certificate candidate, ICryptoProvider crypto, CancellationToken cancellation)
    {
        if (response.ResponderName is { } name)
            return candidate.Subject.Raw.Span.SequenceEqual(name.Span);
        // KeyHash is SHA-1 whatever the rest uses (RFC 6960 §4.2.1): an index, not a proof.
        byte[] keyHash = await crypto.HashAsync(HashAlgorithm.Sha1, candidate.PublicKey.Key, cancellation).ConfigureAwait(false);
        return response.ResponderKeyHash is { } hash && hash.Span.SequenceEqual(keyHash);
    }

    // §4.2.2.2: issued directly by the CA of the certificate in question, under the same key, with id-kp-OCSPSigning.
    private static async ValueTask<string?> DelegationFaultAsync(
        Certificate responder, Certificate issuer, DateTimeOffset producedAt, ICryptoProvider crypto, SignatureBudget budget, CancellationToken cancellation)
    {
        if (responder.ExtendedKeyUsages is not { } purposes || !purposes.Contains(Oids.OcspSigning))
            return "its responder's certificate lacks id-kp-OCSPSigning (RFC 6960 §4.2.2.2)";
        // RFC 5280 §4.2.1.12 names the key usages that go with the purpose.
        if (responder.KeyUsage is { } usage && (usage & (KeyUsages.DigitalSignature | KeyUsages.ContentCommitment)) == 0)
            return "its responder's key usage allows no signatures (RFC 5280 §4.2.1.12)";
        if (responder.UnknownCriticalExtensions is [var oid, ..])
            return $"its responder's certificate has the critical extension {oid}, which is not known";
        if (CertificateRules.DateFault(responder, producedAt) is { } dateFault)
            return $"its responder's certificate: {dateFault}";
        if (!responder.Issuer.Equals(issuer.Subject))
            return "its responder was certified by another CA (RFC 6960 §4.2.2.2)";
        if (responder.SignatureScheme is not { } scheme)
            return $"its responder's certificate is signed with {responder.SignatureAlgorithmOid}, which is not allowed";
        return await SignatureFaultAsync("the CA's signature on its responder", scheme, issuer, responder.Tbs, responder.SignatureValue, crypto, budget, cancellation)
            .ConfigureAwait(false);
    }

    private static async ValueTask<string?> SignatureFaultAsync(
        string what, SignatureScheme scheme, Certificate signer, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> signature,
        ICryptoProvider crypto, SignatureBudget budget, CancellationToken cancellation)
    {
        if (SubjectPublicKey.Weakness(signer.PublicKey) is { } weakness)
            return $"the key behind {what}: {weakness}";
        if (!signer.Allows(scheme))
            return $"{what} is of a kind its key does not make";
        if (!budget.TrySpend())
            return "no signature check is left in the budget of this asset";
        return await DerSignature.VerifyAsync(crypto, scheme, signer.PublicKey, message, signature, cancellation).ConfigureAwait(false) switch
        {
            SignatureCheck.Good => null,
            SignatureCheck.Bad => $"{what} is wrong",
            _ => $"{what} is of a kind this platform cannot check",
        };
    }
}
