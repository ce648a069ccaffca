namespace Provenance.Verifier.X509;

/// <summary>
/// A CA somebody decided to trust, with the time in which they do (C2PA 2.5 §13.4.1). It may be a root or an intermediate: a path ends
/// at it. It counts by its subject and key; its own signature is not checked, its own dates and extensions are.
/// </summary>
/// <param name="Certificate">The CA's certificate.</param>
/// <param name="NotBefore">First moment at which the list trusts it; null where the list names none.</param>
/// <param name="NotAfter">Last moment, itself included, at which the list trusts it; null where the list names none.</param>
public sealed record TrustAnchor(Certificate Certificate, DateTimeOffset? NotBefore = null, DateTimeOffset? NotAfter = null);
