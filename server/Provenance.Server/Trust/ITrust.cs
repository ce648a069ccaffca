using Provenance.Verifier;

namespace Provenance.Server.Trust;

/// <summary>Whom the server trusts, now.</summary>
internal interface ITrust
{
    /// <summary>What holds at this moment; a request asks once and keeps it.</summary>
    TrustState Current { get; }
}

/// <summary>Lists as they were at one moment.</summary>
/// <param name="PolicyAt">The policy these lists stand for, judged at a time.</param>
/// <param name="Version">Changes with any byte of any list: part of the key of whatever is remembered of a verdict.</param>
internal sealed record TrustState(Func<DateTimeOffset, VerificationPolicy> PolicyAt, string Version);
