using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Cose;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Identity;

/// <summary>One identity assertion while it is checked: what its checks found and proved.</summary>
internal sealed class IdentityCheck(IdentityRun run, ManifestResult manifest, Assertion assertion)
{
    /// <summary>Failures that tell of our bounds, or of what is not here, and nothing against the assertion.</summary>
    private static readonly HashSet<StatusCode> s_notChecked =
    [
        StatusCodes.IdentitySignatureTypeUnknown, StatusCodes.IdentityAlgorithmUnsupported, StatusCodes.IcaDidUnsupportedMethod, StatusCodes.IcaDidUnavailable,
        StatusCodes.IcaRevocationUnsupported, StatusCodes.IcaRevocationUnavailable,
    ];

    private readonly List<Finding> _findings = [];

    public IdentityRun Run { get; } = run;

    public Limits Limits => Run.Limits;

    public ManifestResult Manifest { get; } = manifest;

    public string Uri { get; } = manifest.Manifest.UriOf(assertion);

    public Assertion Assertion { get; } = assertion;

    /// <summary>Whether the signature is known to be over what is vouched for, by the key of whom it says.</summary>
    public bool SignatureHolds { get; set; }

    /// <summary>Whether a list of the policy, or its word on issuers, vouches for who signed.</summary>
    public bool IsTrusted { get; set; }

    /// <summary>The limit of ours that ended the checks, in words; null where none did. It says nothing about the assertion.</summary>
    public string? Ended { get; set; }

    public IReadOnlyList<IdentityReference> References { get; set; } = [];

    public Certificate? Certificate { get; set; }

    public VerifiedSigner? Signer { get; set; }

    public string? Issuer { get; set; }

    public IReadOnlyList<AttestedIdentity> Attested { get; set; } = [];

    public DateTimeOffset? SignedAt { get; set; }

    public void Add(StatusCode code, string explanation)
    {
        Manifest.Findings.Add(code, Uri, explanation);
        _findings.Add(Manifest.Findings.All[^1]);
    }

    /// <summary>Whether the signature fits the message and the key; counted against the asset's budget.</summary>
    /// <exception cref="LimitExceededException">No check is left.</exception>
    public async ValueTask<SignatureCheck> VerifyAsync(CoseSign1 cose, CoseAlgorithm algorithm, PublicKey key, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var run = Run.Run;
        if (!run.Signatures.TrySpend())
            throw new LimitExceededException("identity assertion", 0, nameof(Limits.SignatureChecks), Limits.SignatureChecks);
        return await run.Crypto.VerifyAsync(algorithm.Scheme, key, cose.SigStructure("Signature1", payload.Span), cose.Signature, cancellation).ConfigureAwait(false);
    }

    /// <summary>Tells the outcome. Success is said only of an assertion every check of which passed, in a manifest that holds.</summary>
    /// <param name="content">The assertion as read; null where it cannot be.</param>
    /// <param name="manifestHolds">Whether the manifest around it does: only then does the assertion speak of anything.</param>
    public IdentityResult Conclude(IdentityContent? content, bool manifestHolds)
    {
        var failures = _findings.FindAll(finding => finding.IsFailure && finding.Code != StatusCodes.IdentityCredentialUntrusted);
        var state = failures.Exists(finding => !s_notChecked.Contains(finding.Code)) ? IdentityState.Failed
            : failures.Count > 0 || Ended is not null || !SignatureHolds || !manifestHolds ? IdentityState.NotChecked
            : IsTrusted ? IdentityState.Trusted
            : IdentityState.WellFormed;
        if (state == IdentityState.Trusted && Issuer is not null)
            Add(StatusCodes.IcaCredentialValid, $"the credential of {Issuer} passed every check");
        if (state == IdentityState.Trusted)
            Add(StatusCodes.IdentityTrusted, Issuer is null ? "every check passed, and a list vouches for who signed" : $"every check passed, and the policy takes the word of {Issuer}");
        else if (state == IdentityState.WellFormed)
            Add(StatusCodes.IdentityWellFormed, "every check passed; nobody the policy knows vouches for who signed");
        return new()
        {
            Manifest = Manifest.Manifest.Label,
            Uri = Uri,
            State = state,
            Reason = state switch
            {
                IdentityState.Trusted or IdentityState.WellFormed => _findings[^1].Explanation,
                _ when failures.Count > 0 => failures.Find(finding => state == IdentityState.NotChecked || !s_notChecked.Contains(finding.Code))!.Explanation,
                _ when Ended is not null => Ended,
                _ => "the manifest it stands in does not hold",
            },
            SignatureType = content?.Payload.SignatureType,
            Roles = content?.Payload.Roles ?? [],
            References = References,
            Signer = state == IdentityState.Trusted ? Signer : null,
            Certificate = Certificate,
            Issuer = Issuer,
            IsIssuerTrusted = state == IdentityState.Trusted && Issuer is not null,
            Attested = Attested,
            SignedAt = SignatureHolds ? SignedAt : null,
            Findings = _findings,
        };
    }
}
