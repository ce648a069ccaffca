using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Cose;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Status;
using Provenance.Verifier.Timestamps;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Identity;

/// <summary>An identity that a certificate names ("cawg.x509.cose", CAWG identity 1.3 §8.2): C2PA's rules for claims, with other codes and other lists.</summary>
internal static class X509Identity
{
    public static async ValueTask CheckAsync(IdentityCheck check, IdentityContent content, CancellationToken cancellation)
    {
        if (ReadCose(check, content.Signature) is not { } cose || ReadChain(check, cose) is not { } chain)
            return;
        check.Certificate = chain[0];
        if (SignerProfile.Check(chain[0]) is { Passes: false } profile)
            check.Add(StatusCodes.IdentityCredentialInvalid, string.Join("; ", profile.Violations));
        if (cose.Algorithm is { } algorithm)
            await VerifyAsync(check, content.Payload, cose, algorithm, chain[0], cancellation).ConfigureAwait(false);
        else
            check.Add(StatusCodes.IdentityAlgorithmUnsupported, cose.AlgorithmId is { } id ? $"signature algorithm {id} is not on the list (C2PA 2.5 §13.2)" : "the protected header names no signature algorithm");
        var stamped = await ReadTimeAsync(check, cose, cancellation).ConfigureAwait(false);
        await X509IdentityTrust.CheckAsync(check, cose, chain, stamped, cancellation).ConfigureAwait(false);
    }

    private static CoseSign1? ReadCose(IdentityCheck check, ReadOnlyMemory<byte> signature)
    {
        try
        {
            var cose = CoseSign1.Parse(signature, check.Limits, check.Run.Run.Cbor);
            string? fault = !cose.Tagged ? "COSE_Sign1 with tag 18 expected"
                : cose.Payload is not null ? "the payload is nil: what is signed is signer_payload (§8.2.1)"
                : cose.UnknownCriticalLabels.Count > 0 ? $"the critical header {string.Join(", ", cose.UnknownCriticalLabels)} is not understood (RFC 9052 §3.1)"
                : cose.RepeatedLabels.Count > 0 ? $"header {string.Join(", ", cose.RepeatedLabels)} stands in both headers (RFC 9052 §3)"
                : null;
            if (fault is null)
                return cose;
            check.Add(StatusCodes.IdentitySignatureMismatch, fault);
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            check.Add(StatusCodes.IdentitySignatureMismatch, fault.Message);
        }
        return null;
    }

    /// <summary>The certificates, the signer's first. They stand in the protected header: what is new has no older habits to forgive.</summary>
    private static List<Certificate>? ReadChain(IdentityCheck check, CoseSign1 cose)
    {
        var x5chain = cose.X5Chain;
        string? fault = x5chain.Fault
            ?? (x5chain.Places is [X5ChainPlace.Protected33 or X5ChainPlace.ProtectedText] ? null : "exactly one x5chain in the protected header expected (C2PA 2.5 §12.3)");
        if (fault is null)
        {
            try
            {
                // Certificates that cannot be read, or that certify nobody here, lead nowhere: path validation picks what fits.
                var known = check.Run.Run.Certificates;
                return [known.Read(x5chain.Certificates[0]), .. x5chain.Certificates.Skip(1).Select(known.TryRead).OfType<Certificate>()];
            }
            catch (MalformedDataException malformed) when (malformed is not LimitExceededException)
            {
                fault = malformed.Message;
            }
        }
        check.Add(StatusCodes.IdentityCredentialInvalid, fault);
        return null;
    }

    /// <summary>
    /// §8.2.1 has the deterministic encoding of signer_payload signed, and nothing says that this is how it is stored. The most used writer
    /// signs what it stores, in another order of keys; another one signs by the letter and stores another order. Either binds every field.
    /// </summary>
    private static async ValueTask VerifyAsync(IdentityCheck check, SignerPayload payload, CoseSign1 cose, CoseAlgorithm algorithm, Certificate leaf, CancellationToken cancellation)
    {
        if (!algorithm.Suits(leaf.PublicKey) || !leaf.Allows(algorithm.Scheme))
        {
            check.Add(StatusCodes.IdentitySignatureMismatch, $"{algorithm.Name} does not go with the certificate's {leaf.PublicKey.Kind} key");
            return;
        }
        byte[] deterministic = DeterministicCbor.Encode(payload.Value);
        bool isSame = payload.Value.Encoded.Span.SequenceEqual(deterministic);
        var answer = await check.VerifyAsync(cose, algorithm, leaf.PublicKey, payload.Value.Encoded, cancellation).ConfigureAwait(false);
        string over = isSame ? "signer_payload" : "signer_payload as stored, which is not its deterministic encoding";
        if (answer == SignatureCheck.Bad && !isSame)
        {
            answer = await check.VerifyAsync(cose, algorithm, leaf.PublicKey, deterministic, cancellation).ConfigureAwait(false);
            over = "the deterministic encoding of signer_payload, which is stored otherwise";
        }
        if (answer == SignatureCheck.Unsupported)
        {
            check.Add(StatusCodes.IdentityAlgorithmUnsupported, $"this platform cannot check {algorithm.Name}: a limit of ours, not a fault of the file");
            return;
        }
        check.SignatureHolds = answer == SignatureCheck.Good;
        check.Add(check.SignatureHolds ? StatusCodes.IdentitySignatureValidated : StatusCodes.IdentitySignatureMismatch,
            check.SignatureHolds ? $"the {algorithm.Name} signature fits the certificate's key and {over}" : $"the {algorithm.Name} signature fits signer_payload in no encoding, or not the certificate's key");
    }

    /// <summary>The time it was signed at the latest: its own stamp's, else that of the claim, whose hashes cover it (§8.2.2). A stamp that fails is informational.</summary>
    private static async ValueTask<VerifiedTime?> ReadTimeAsync(IdentityCheck check, CoseSign1 cose, CancellationToken cancellation)
    {
        if (cose.TimeStamp?.Header == CoseTimeStampHeader.SigTst)
            check.Add(StatusCodes.IdentityTimeStampMalformed, "a time stamp of version 1 is none here (§8.2.2)");
        if (await IdentityTimeStamp.EvaluateAsync(check, cose, cancellation).ConfigureAwait(false) is { } result)
        {
            if (result.CredentialInvalid)
                check.Add(StatusCodes.IdentityTimeStampCredentialInvalid, result.Explanation);
            check.Add(result.Outcome switch
            {
                TimeStampOutcome.Trusted => StatusCodes.IdentityTimeStampValidated,
                TimeStampOutcome.Malformed => StatusCodes.IdentityTimeStampMalformed,
                TimeStampOutcome.Mismatch => StatusCodes.IdentityTimeStampMismatch,
                TimeStampOutcome.OutsideValidity => StatusCodes.IdentityTimeStampOutsideValidity,
                _ => StatusCodes.IdentityTimeStampUntrusted,
            }, result.Explanation);
            if (result.Time is { } time)
            {
                check.Add(StatusCodes.IdentityTimeStampTrusted, result.Explanation);
                return time;
            }
        }
        return check.Manifest.Time;
    }
}
