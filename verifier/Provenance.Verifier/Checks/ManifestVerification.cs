namespace Provenance.Verifier.Checks;

/// <summary>
/// The checks of one manifest, in the order of C2PA 2.5 §14. Each proves something or leaves a finding; a step that rests on a proof asks
/// for it, so none can be skipped by forgetting it. "Rejected" in the standard ends trust in the claim, not our telling what else is wrong.
/// </summary>
internal static class ManifestVerification
{
    /// <summary>What the manifest says: claim, signature, assertions, actions, ingredients.</summary>
    public static async ValueTask CheckStatementsAsync(VerificationRun run, ManifestResult result, Redactions redactions, CancellationToken cancellation)
    {
        if (result.Claim is null) // §14.6: ClaimCheck ran when the manifests were found
            return;
        await ClaimSignatureCheck.RunAsync(run, result, cancellation).ConfigureAwait(false); // §14.7
        await AssertionCheck.RunAsync(run, result, redactions, cancellation).ConfigureAwait(false); // §14.10.4
        AssertionContentCheck.Run(run, result); // §14.10.4
        IngredientCheck.Read(run, result); // §14.11.1
        ActionCheck.Run(run, result, redactions); // §14.10.4.4
        ManifestTypeCheck.Run(result); // §14.10.1
        await AlternativeContentCheck.RunAsync(run, result, redactions, cancellation).ConfigureAwait(false); // §14.10.4.2.8
        await ReferenceCheck.RunAsync(run, result, redactions, cancellation).ConfigureAwait(false); // §14.10.4.3
        await IngredientCheck.CheckLinksAsync(run, result, redactions, cancellation).ConfigureAwait(false); // §14.11.3
    }

    /// <summary>Who signed it and when: time stamp, trust, revocation. Asks other manifests for time stamps and OCSP answers they carry.</summary>
    public static async ValueTask CheckSignerAsync(VerificationRun run, ManifestResult result, IReadOnlyList<ManifestResult> all, CancellationToken cancellation)
    {
        if (!result.NamesSigner)
            return;
        await TimeCheck.RunAsync(run, result, all, cancellation).ConfigureAwait(false); // §14.8
        await CredentialCheck.RunAsync(run, result, cancellation).ConfigureAwait(false); // §13.4, §14.7
        SigningTimeCheck.Run(result); // §14.8.3
        await RevocationCheck.RunAsync(run, result, all, cancellation).ConfigureAwait(false); // §14.9
    }
}
