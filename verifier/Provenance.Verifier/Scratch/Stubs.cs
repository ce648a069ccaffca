#pragma warning disable
using Provenance.Verifier.X509; using Provenance.Verifier.Crypto;
namespace Provenance.Verifier.Trust {
public enum TrustPurpose { Signer, TimeStamp }
public sealed class TrustList { public string Name => ""; public TrustPurpose Purpose => default; public IReadOnlyList<TrustAnchor> Anchors => [];
 internal ValueTask<bool> AllowsAsync(Certificate c, ICryptoProvider p, CancellationToken t) => ValueTask.FromResult(false);
 internal IReadOnlyList<TrustAnchor> AnchorsFor(Certificate c) => []; }
}
namespace Provenance.Verifier.X509 {
internal sealed record ProfileResult(bool Passes, IReadOnlyList<string> Violations);
internal static class SignerProfile { public static ProfileResult Check(Certificate c) => new(true, []); }
}
