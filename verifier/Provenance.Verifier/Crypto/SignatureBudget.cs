using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Crypto;

/// <summary>
/// Counts the signature checks of one asset against <see cref="Limits.SignatureChecks"/>: manifests, time stamps, OCSP responses and
/// certificate paths share it, because a small file can ask for all of them many times.
/// </summary>
internal sealed class SignatureBudget(Limits limits)
{
    /// <summary>Checks made so far.</summary>
    public int Spent { get; private set; }

    /// <summary>Takes one check from the budget; false when none is left, and then nothing may be concluded from its absence.</summary>
    public bool TrySpend()
    {
        if (Spent >= limits.SignatureChecks)
            return false;
        Spent++;
        return true;
    }
}
