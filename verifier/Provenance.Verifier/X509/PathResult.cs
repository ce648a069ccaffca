namespace Provenance.Verifier.X509;

/// <summary>The proof that a certificate chains to a trust anchor; only path validation makes it.</summary>
public sealed class VerifiedPath
{
    internal VerifiedPath(IReadOnlyList<Certificate> certificates, TrustAnchor anchor, DateTimeOffset at) =>
        (Certificates, Anchor, At) = (certificates, anchor, at);

    /// <summary>The path from the leaf to the anchor, both included.</summary>
    public IReadOnlyList<Certificate> Certificates { get; }

    /// <summary>The leaf.</summary>
    public Certificate Leaf => Certificates[0];

    /// <summary>Where the path ends.</summary>
    public TrustAnchor Anchor { get; }

    /// <summary>The moment at which every certificate of the path was valid. Revocation is not part of it.</summary>
    public DateTimeOffset At { get; }
}

/// <summary>What path validation concluded.</summary>
/// <param name="Path">The proof; null where no path was found.</param>
/// <param name="Details">Why each path that was tried failed, in the order tried. Empty where there is a proof.</param>
internal sealed record PathResult(VerifiedPath? Path, IReadOnlyList<PathFailure> Details)
{
    /// <summary>The same in words.</summary>
    public IReadOnlyList<string> Failures => [.. Details.Select(failure => failure.Text)];

    /// <summary>A path exists that breaks no rule but the dates of its certificates: the chain is outside its validity, not unknown.</summary>
    public bool OutsideValidity { get; init; }

    /// <summary>The search was cut short by a limit, so a path may exist. Never a success.</summary>
    public bool LimitReached { get; init; }

    /// <summary>This platform could not check one of the signatures, so a path may exist. Never a success.</summary>
    public bool Unsupported { get; init; }
}
