using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;

namespace Provenance.Tests.X509;

/// <summary>One call of path validation with everything a test does not care about filled in.</summary>
internal sealed record PathSetup(TestCertificate Leaf)
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<TestCertificate> Candidates { get; init; } = [];

    public IReadOnlyList<TrustAnchor> Anchors { get; init; } = [];

    public DateTimeOffset At { get; init; } = Now;

    public Limits Limits { get; init; } = Limits.Default;

    public CountingCrypto Crypto { get; init; } = new();

    public static TrustAnchor Anchor(TestAuthority authority, DateTimeOffset? from = null, DateTimeOffset? until = null) =>
        new(Parse(authority.Certificate), from, until);

    public static Certificate Parse(TestCertificate certificate) => Certificate.Parse(certificate.Der);

    public Task<PathResult> RunAsync() => PathValidator.ValidateAsync(
        Parse(Leaf), [.. Candidates.Select(Parse)], Anchors, At, Crypto, new SignatureBudget(Limits), Limits, TestContextToken).AsTask();

    private static CancellationToken TestContextToken => Xunit.TestContext.Current.CancellationToken;
}

/// <summary>The platform's crypto, counting signature checks, or answering them all in one way.</summary>
internal sealed class CountingCrypto(SignatureCheck? answer = null) : ICryptoProvider
{
    private readonly SystemCrypto _system = new();

    public int Checks { get; private set; }

    public ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => _system.HashAsync(algorithm, bytes, cancellation);

    public ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, AssetSource source, IReadOnlyList<DigestPart> parts, IProgress<long>? progress, CancellationToken cancellation) =>
        _system.HashAsync(algorithm, source, parts, progress, cancellation);

    public ValueTask<SignatureCheck> VerifyAsync(SignatureScheme scheme, PublicKey key, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> signature, CancellationToken cancellation)
    {
        Checks++;
        return answer is { } fixedAnswer ? ValueTask.FromResult(fixedAnswer) : _system.VerifyAsync(scheme, key, message, signature, cancellation);
    }
}
