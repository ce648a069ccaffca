using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cose;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Status;
using Provenance.Verifier.Timestamps;

namespace Provenance.Verifier.Identity;

/// <summary>
/// An identity that an aggregator of identity claims attests ("cawg.identity_claims_aggregation", CAWG identity 1.3 §8.1.4), in that clause's
/// order. No host is asked unless the policy brings somebody who does.
/// </summary>
internal static class AggregatedIdentity
{
    private const long ContentType = 3;

    /// <summary>The list of §8.1.4.2.1, shorter than that of claims.</summary>
    private static readonly long[] s_algorithms = [-7, -35, -36, -37, -38, -39, -8];

    public static async ValueTask CheckAsync(IdentityCheck check, IdentityContent content, CancellationToken cancellation)
    {
        if (ReadCose(check, content.Signature) is not { } cose)
            return;
        if (cose.Algorithm is not { } algorithm || !s_algorithms.Contains(algorithm.Id))
        {
            // The clause lets us go on; without a signature that can be checked there is nothing worth going on for.
            check.Add(StatusCodes.IcaInvalidAlgorithm, cose.AlgorithmId is { } id ? $"signature algorithm {id} is not on the list" : "the protected header names no signature algorithm");
            return;
        }
        if (cose.Protected[ContentType]?.Text is not "application/vc")
            check.Add(StatusCodes.IcaInvalidContentType, "the content type is 'application/vc'");
        if (ReadCredential(check, cose) is not { } credential)
            return;
        using (credential)
        {
            await CheckSignatureAsync(check, cose, algorithm, credential, cancellation).ConfigureAwait(false);
            var stamped = await ReadTimeAsync(check, cose, cancellation).ConfigureAwait(false);
            CheckDates(check, credential, stamped);
            CheckStatus(check, credential);
            if (credential.Subject.Member("c2paAsset") is not { } asset || !PayloadEquality.Holds(content.Payload.Value, asset))
                check.Add(StatusCodes.IcaSignerPayloadMismatch, "c2paAsset does not say what signer_payload says: the credential was issued for something else");
            AttestedIdentities.Check(check, credential.Subject);
        }
    }

    private static CoseSign1? ReadCose(IdentityCheck check, ReadOnlyMemory<byte> signature)
    {
        try
        {
            var cose = CoseSign1.Parse(signature, check.Limits, check.Run.Run.Cbor);
            string? fault = !cose.Tagged ? "COSE_Sign1 with tag 18 expected"
                : cose.UnknownCriticalLabels.Count > 0 ? $"the critical header {string.Join(", ", cose.UnknownCriticalLabels)} is not understood (RFC 9052 §3.1)"
                : cose.RepeatedLabels.Count > 0 ? $"header {string.Join(", ", cose.RepeatedLabels)} stands in both headers (RFC 9052 §3)"
                : null;
            if (fault is null)
                return cose;
            check.Add(StatusCodes.IcaInvalidCoseSign1, fault);
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            check.Add(StatusCodes.IcaInvalidCoseSign1, fault.Message);
        }
        return null;
    }

    private static AggregatedCredential? ReadCredential(IdentityCheck check, CoseSign1 cose)
    {
        try
        {
            if (cose.Payload is { } payload)
                return AggregatedCredential.Read(payload, check.Limits);
            check.Add(StatusCodes.IcaInvalidVerifiableCredential, "the credential is not there: the payload is nil");
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            check.Add(StatusCodes.IcaInvalidVerifiableCredential, fault.Message);
        }
        return null;
    }

    private static async ValueTask CheckSignatureAsync(IdentityCheck check, CoseSign1 cose, CoseAlgorithm algorithm, AggregatedCredential credential, CancellationToken cancellation)
    {
        check.Issuer = credential.Issuer;
        if (Did.Parse(credential.Issuer) is not { } did)
        {
            check.Add(StatusCodes.IcaInvalidIssuer, $"'{credential.Issuer}' is no DID");
            return;
        }
        check.Issuer = did.ToString();
        if (await FindKeysAsync(check, did, cancellation).ConfigureAwait(false) is not { } keys)
            return;
        var answer = SignatureCheck.Bad;
        foreach (var key in keys.Where(key => algorithm.Suits(key.Key) && (key.Algorithm is null || key.Algorithm == algorithm.Name)))
        {
            if (answer != SignatureCheck.Good)
                answer = await check.VerifyAsync(cose, algorithm, key.Key, cose.Payload!.Value, cancellation).ConfigureAwait(false);
        }
        check.SignatureHolds = answer == SignatureCheck.Good;
        if (answer == SignatureCheck.Unsupported)
            check.Ended = $"this platform cannot check {algorithm.Name}: a limit of ours, not a fault of the file";
        else if (!check.SignatureHolds)
            check.Add(StatusCodes.IcaSignatureMismatch, $"the {algorithm.Name} signature fits no key of {did}");
        else if (check.Run.Policy.TrustedIdentityIssuers.Contains(did.ToString()))
            check.IsTrusted = true;
        else
            check.Add(StatusCodes.IcaUntrustedIssuer, $"the policy does not say that {did} is trusted, nor does anybody else: there is no list of issuers (§8.1.4.1)");
    }

    private static async ValueTask<IReadOnlyList<DidKey>?> FindKeysAsync(IdentityCheck check, Did did, CancellationToken cancellation)
    {
        try
        {
            switch (did.Method)
            {
                case "jwk":
                    byte[] jwk = DidKeys.DecodeBase64Url(did.Specific) ?? throw new MalformedDataException("did:jwk", 0, "no base64url");
                    using (var document = StrictJson.Parse(jwk, "did:jwk", check.Limits))
                        return [DidKeys.FromJwk(document.RootElement)];
                case "key":
                    return [DidKeys.FromMultibase(did.Specific)];
                case "web":
                    var answer = await check.Run.FindAsync(did, cancellation).ConfigureAwait(false);
                    if (answer.Json is { } json)
                        return DidDocument.Read(json, did, check.Limits);
                    check.Add(StatusCodes.IcaDidUnavailable, $"{did}: {answer.Why}");
                    return null;
                default:
                    check.Add(StatusCodes.IcaDidUnsupportedMethod, $"identifiers of the method '{did.Method}' are not supported");
                    return null;
            }
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            check.Add(StatusCodes.IcaInvalidDidDocument, fault.Message);
            return null;
        }
    }

    /// <summary>
    /// The time of the stamp beside the signature. There is one code for a stamp that is right in itself and none for one that a list vouches
    /// for; so the former is believed here, where a time can only speak against the credential.
    /// </summary>
    private static async ValueTask<DateTimeOffset?> ReadTimeAsync(IdentityCheck check, CoseSign1 cose, CancellationToken cancellation)
    {
        // A stamp of the older kind is ignored, beside another one too (§8.1.4.2.5).
        if (cose.Unprotected["sigTst2"] is null || await IdentityTimeStamp.EvaluateAsync(check, cose, cancellation).ConfigureAwait(false) is not { } result)
            return null;
        check.Add(result.IsSound ? StatusCodes.IcaTimeStampValidated : StatusCodes.IcaTimeStampInvalid, result.Explanation);
        check.SignedAt = result.Outcome == TimeStampOutcome.Trusted ? result.Told : null;
        return result.IsSound ? result.Told : null;
    }

    private static void CheckDates(IdentityCheck check, AggregatedCredential credential, DateTimeOffset? stamped)
    {
        DateTimeOffset?[] times = [check.Run.Policy.Time, check.Manifest.Time?.Time, stamped];
        var from = credential.ValidFrom;
        if (from.Text is null)
            check.Add(StatusCodes.IcaValidFromMissing, "does not say from when on it holds");
        else if (from.Time is null || Array.Exists(times, time => from.Time > time))
            check.Add(StatusCodes.IcaValidFromInvalid, from.Time is null ? "from when on it holds is no date and time" : $"holds from {from.Time:u} on, later than now or than it was signed");
        var until = credential.ValidUntil;
        if (until.Text is not null && (until.Time is null || Array.Exists(times, time => until.Time < time)))
            check.Add(StatusCodes.IcaValidUntilInvalid, until.Time is null ? "until when it holds is no date and time" : $"holds until {until.Time:u}, earlier than now or than it was signed");
    }

    /// <summary>Revocation is looked up in lists that issuers keep on hosts of theirs: none is asked, and an answer that is not there is never taken for "good".</summary>
    private static void CheckStatus(IdentityCheck check, AggregatedCredential credential)
    {
        var entries = credential.Status.ToList();
        if (entries.Count == 0)
            return;
        bool isKnown = entries.Exists(entry => entry.Text("statusPurpose") == "revocation" && entry.Text("type") == "BitstringStatusListEntry");
        check.Add(isKnown ? StatusCodes.IcaRevocationUnavailable : StatusCodes.IcaRevocationUnsupported,
            isKnown ? "whether it was revoked stands in a list that was not fetched" : "how its revocation is told is not supported");
    }
}
