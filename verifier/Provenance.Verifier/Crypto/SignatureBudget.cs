using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Crypto;

/// <summary>
/// Counts the signature checks of one asset against <see cref="Limits.SignatureChecks"/>: manifests, time stamps, OCSP responses and
/// certificate paths share it, because a small file can ask for all of them many times.
/// </summary>
/// <param name="limits">How many checks there are.</param>
/// <param name="good">What earlier assets have shown; a check it saves is counted all the same, or a report would depend on them.</param>
internal sealed class SignatureBudget(Limits limits, GoodSignatures? good = null)
{
    /// <summary>Signatures on certificates that were good.</summary>
    public GoodSignatures Good { get; } = good ?? new();

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
