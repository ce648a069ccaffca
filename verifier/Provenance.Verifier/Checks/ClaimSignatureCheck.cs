using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cose;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Status;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Checks;

/// <summary>The claim is signed, with the key of a certificate that may sign claims (C2PA 2.5 §14.7, §12.3, §13.5.1).</summary>
internal static class ClaimSignatureCheck
{
    public static async ValueTask RunAsync(VerificationRun run, ManifestResult result, CancellationToken cancellation)
    {
        if (ReadSignature(run, result) is not { } cose)
            return;
        result.Cose = cose;
        if (ReadChain(run, result, cose) is not { } leaf)
            return;
        if (SignerProfile.Check(leaf, await IsAllowedAsync(run, leaf, cancellation).ConfigureAwait(false)) is { Passes: false } profile)
            result.Findings.Add(StatusCodes.SigningCredentialInvalid, result.SignatureUri, string.Join("; ", profile.Violations));
        if (cose.Algorithm is not { } algorithm)
        {
            result.Findings.Add(StatusCodes.AlgorithmUnsupported, result.ClaimUri,
                cose.AlgorithmId is { } id ? $"signature algorithm {id} is not on the list (§13.2)" : "the protected header names no signature algorithm (§13.2)");
            return;
        }
        await VerifyAsync(run, result, cose, algorithm, leaf, cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether a list names exactly this certificate: it then need not look like one made for signers (§13.4.3, §13.5.1.1).</summary>
    private static async ValueTask<bool> IsAllowedAsync(VerificationRun run, Certificate leaf, CancellationToken cancellation)
    {
        foreach (var list in run.Policy.Lists.Where(list => list.Purpose == TrustPurpose.Signer))
        {
            if (await list.AllowsAsync(leaf, run.Crypto, cancellation).ConfigureAwait(false))
                return true;
        }
        return false;
    }

    private static CoseSign1? ReadSignature(VerificationRun run, ManifestResult result)
    {
        var manifest = result.Manifest;
        var target = JumbfUri.Parse(result.Claim!.SignatureUrl);
        bool elsewhere = target?.Manifest is { } named && named != manifest.Label;
        var box = elsewhere ? null : run.Store.Resolve(target, manifest);
        if (box is null || !manifest.Signatures.Contains(box))
        {
            result.Findings.Add(StatusCodes.ClaimSignatureMissing, result.SignatureUri, $"'{result.Claim.SignatureUrl}' is no signature box of this manifest (§14.7)");
            return null;
        }
        try
        {
            var bytes = box.OnlyContent(JumbfType.Cbor) ?? throw new MalformedDataException("claim signature", box.Offset, "the signature box holds exactly one 'cbor' box");
            var cose = CoseSign1.Parse(bytes, run.Limits, run.Cbor);
            string? fault = !cose.Tagged ? "COSE_Sign1 with tag 18 expected (§12.3)"
                : cose.Payload is not null ? "the payload is nil: what is signed is the claim (§12.3)"
                : cose.UnknownCriticalLabels.Count > 0 ? $"the critical header {string.Join(", ", cose.UnknownCriticalLabels)} is not understood (RFC 9052 §3.1)"
                : cose.RepeatedLabels.Count > 0 && !cose.RepeatedLabels.All(label => label.Contains("x5chain", StringComparison.Ordinal) || label == "33")
                    ? $"header {string.Join(", ", cose.RepeatedLabels)} stands in both headers (RFC 9052 §3)"
                : null;
            if (fault is null)
                return cose;
            result.Findings.Add(StatusCodes.ClaimSignatureMismatch, result.SignatureUri, fault);
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            result.Findings.Add(StatusCodes.ClaimSignatureMismatch, result.SignatureUri, fault.Message);
        }
        return null;
    }

    /// <summary>The signer's certificate: the first of the chain.</summary>
    private static Certificate? ReadChain(VerificationRun run, ManifestResult result, CoseSign1 cose)
    {
        var x5chain = cose.X5Chain;
        // A chain in the unprotected header can be exchanged without breaking the signature: never beside another, and under label 33 never (attack E11).
        string? fault = x5chain.Fault
            ?? (x5chain.IsAmbiguous && x5chain.Places.Any(place => place is X5ChainPlace.UnprotectedText or X5ChainPlace.Unprotected33) ? "more than one x5chain"
            : x5chain.Places is [X5ChainPlace.Unprotected33] ? "x5chain under label 33 belongs in the protected header (§12.3)"
            : x5chain.Certificates.Count == 0 ? "x5chain is missing (§12.3)"
            : null);
        if (fault is null)
        {
            try
            {
                var leaf = run.Certificates.Read(x5chain.Certificates[0]);
                result.Chain = TryParseChain(run.Certificates, leaf, x5chain) ?? [leaf];
                return leaf;
            }
            catch (MalformedDataException malformed) when (malformed is not LimitExceededException)
            {
                fault = malformed.Message;
            }
        }
        result.Findings.Add(StatusCodes.SigningCredentialInvalid, result.SignatureUri, fault);
        return null;
    }

    /// <summary>RFC 9360 §2: each certificate certifies the one before it. A chain in another order, or with strangers in it, vouches for nobody.</summary>
    private static List<Certificate>? TryParseChain(KnownCertificates known, Certificate leaf, X5Chain x5chain)
    {
        var chain = new List<Certificate> { leaf };
        for (int i = 1; i < x5chain.Certificates.Count; i++)
        {
            if (known.TryRead(x5chain.Certificates[i]) is not { } issuer || !chain[^1].Issuer.Equals(issuer.Subject))
                return null;
            chain.Add(issuer);
        }
        return chain;
    }

    private static async ValueTask VerifyAsync(VerificationRun run, ManifestResult result, CoseSign1 cose, CoseAlgorithm algorithm, Certificate leaf, CancellationToken cancellation)
    {
        if (!algorithm.Suits(leaf.PublicKey))
        {
            result.Findings.Add(StatusCodes.ClaimSignatureMismatch, result.SignatureUri, $"{algorithm.Name} does not go with the certificate's {leaf.PublicKey.Kind} key");
            return;
        }
        if (!leaf.Allows(algorithm.Scheme))
        {
            result.Findings.Add(StatusCodes.ClaimSignatureMismatch, result.SignatureUri, $"the certificate restricts its key to other parameters than {algorithm.Name} (RFC 4055 §1.2)");
            return;
        }
        if (!run.Signatures.TrySpend())
            throw new LimitExceededException("manifest store", 0, nameof(Limits.SignatureChecks), run.Limits.SignatureChecks);
        byte[] message = cose.SigStructure("Signature1", result.ClaimBytes.Span);
        switch (await run.Crypto.VerifyAsync(algorithm.Scheme, leaf.PublicKey, message, cose.Signature, cancellation).ConfigureAwait(false))
        {
            case SignatureCheck.Good:
                result.Signature = new VerifiedSignature(leaf, algorithm);
                result.Findings.Add(StatusCodes.ClaimSignatureValidated, result.SignatureUri, $"the {algorithm.Name} signature fits the claim and the certificate's key");
                break;
            case SignatureCheck.Unsupported:
                result.Findings.Add(StatusCodes.AlgorithmUnsupported, result.SignatureUri, $"this platform cannot check {algorithm.Name}: a limit of ours, not a fault of the file");
                break;
            default:
                result.Findings.Add(StatusCodes.ClaimSignatureMismatch, result.SignatureUri, $"the {algorithm.Name} signature does not fit the claim and the certificate's key");
                break;
        }
    }
}
