using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Identity;

/// <summary>
/// The checks of identity assertions (CAWG identity 1.3 §7.1), after those of the manifests: who vouches, beside the signer, for which
/// statements. Codes say what was found; no state of a manifest rests on them (<see cref="StatusCode.IsAboutIdentity"/>).
/// </summary>
internal static class IdentityVerification
{
    /// <summary>Checks every identity assertion of the manifests the active one leads to.</summary>
    /// <param name="run">The run.</param>
    /// <param name="store">What the checks of the manifests gave.</param>
    /// <param name="facts">The facts about the active manifest.</param>
    /// <param name="cancellation">Honoured while checking.</param>
    public static async ValueTask<IReadOnlyList<IdentityResult>> RunAsync(VerificationRun run, StoreResult store, LabelFacts facts, CancellationToken cancellation)
    {
        IdentityRun? shared = null;
        var results = new List<IdentityResult>();
        foreach (var manifest in store.Reached)
        {
            bool? holds = null;
            foreach (var claimed in manifest.Assertions)
            {
                // One that differs from its hash was reported with the manifest, and one that was removed is not there.
                if (claimed is not { Matches: true, Assertion: { Label: { Base: AssertionLabels.Identity, Version: 1 }, IsBlanked: false } assertion })
                    continue;
                cancellation.ThrowIfCancellationRequested();
                holds ??= ReferenceEquals(manifest, store.Active) ? facts is { Presence: CredentialPresence.Checked, Integrity: IntegrityFact.Intact }
                    : Verdict.From(new(manifest.Findings.All, HasBinding: true, [], [], run.Policy.Unvouched, Verdict.IsByOlderList(manifest))).Integrity == IntegrityFact.Intact;
                shared ??= new(run, store);
                var check = new IdentityCheck(shared, manifest, assertion);
                results.Add(await RunAsync(check, results.Count, holds.Value, cancellation).ConfigureAwait(false));
            }
        }
        return results;
    }

    private static async ValueTask<IdentityResult> RunAsync(IdentityCheck check, int before, bool manifestHolds, CancellationToken cancellation)
    {
        IdentityContent? content = null;
        try
        {
            if (before >= check.Limits.IdentityAssertions)
                throw new LimitExceededException("identity assertions", 0, nameof(Limits.IdentityAssertions), check.Limits.IdentityAssertions);
            content = Read(check);
            if (content is not null)
                await CheckAsync(check, content, cancellation).ConfigureAwait(false);
        }
        catch (LimitExceededException exceeded)
        {
            check.Ended = exceeded.Message;
        }
        return check.Conclude(content, manifestHolds);
    }

    private static IdentityContent? Read(IdentityCheck check)
    {
        try
        {
            if (check.Assertion.Encoding == AssertionEncoding.Cbor)
                return IdentityContent.Read(check.Assertion.Cbor(), check.Limits);
            check.Add(StatusCodes.IdentityCborInvalid, "the assertion is CBOR, its box says otherwise (§5.2)");
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            check.Add(StatusCodes.IdentityCborInvalid, fault.Message);
        }
        return null;
    }

    private static async ValueTask CheckAsync(IdentityCheck check, IdentityContent content, CancellationToken cancellation)
    {
        if (!content.IsPadZero)
            check.Add(StatusCodes.IdentityPadInvalid, "the padding holds something else than zeros (§7.1)");
        ReferencedAssertions.Check(check, content.Payload);
        switch (content.Payload.SignatureType)
        {
            case "cawg.x509.cose":
                await X509Identity.CheckAsync(check, content, cancellation).ConfigureAwait(false); // §8.2
                break;
            case "cawg.identity_claims_aggregation":
                await AggregatedIdentity.CheckAsync(check, content, cancellation).ConfigureAwait(false); // §8.1
                break;
            case var type:
                check.Add(StatusCodes.IdentitySignatureTypeUnknown, $"signed in a way that is not known: '{type}' (§7.1)");
                break;
        }
    }
}
