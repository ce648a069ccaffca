using Provenance.Verifier.X509;

namespace Provenance.Verifier.Timestamps;

/// <summary>The proof that a signature existed at a time; only the check of a time stamp makes it.</summary>
public sealed class VerifiedTime
{
    internal VerifiedTime(DateTimeOffset time, Certificate authority, VerifiedPath? path) => (Time, Authority, Path) = (time, authority, path);

    /// <summary>genTime of the token (RFC 3161 §2.4.2), fractions of a second included. The token's own accuracy is not taken off.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The certificate of the authority that signed the token. Its name is only as good as <see cref="Path"/>.</summary>
    public Certificate Authority { get; }

    /// <summary>The path to an anchor for time-stamp authorities; null where the older trust model was asked for and nobody lists the authority.</summary>
    public VerifiedPath? Path { get; }

    /// <summary>Whether an anchor for time-stamp authorities vouches for the time. If not, whoever made the signature may have made the time.</summary>
    public bool IsListed => Path is not null;
}
