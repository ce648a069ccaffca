using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Checks;

/// <summary>What the checks of one asset share: the store, the policy and what was spent.</summary>
internal sealed class VerificationRun(ManifestStore store, VerificationPolicy policy)
{
    public ManifestStore Store { get; } = store;

    public VerificationPolicy Policy { get; } = policy;

    public Limits Limits => Policy.Limits;

    public ICryptoProvider Crypto => Policy.Crypto;

    public KnownCertificates Certificates => Policy.Certificates;

    public SignatureBudget Signatures { get; } = new(policy.Limits, policy.GoodSignatures);

    /// <summary>COSE headers and time stamps are CBOR of the same store and count against a budget of their own size.</summary>
    public CborBudget Cbor { get; } = new(policy.Limits);

    /// <summary>OCSP answers that assertions of the store carry, found once for all manifests; null before.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? EnclosedAnswers { get; set; }

    /// <summary>What responders were asked about this asset; many manifests may be signed with one certificate.</summary>
    public Dictionary<string, RevocationAnswer> Asked { get; } = new(StringComparer.Ordinal);

    public BoxDigests Digests { get; } = new(policy.Crypto, policy.Limits);
}
