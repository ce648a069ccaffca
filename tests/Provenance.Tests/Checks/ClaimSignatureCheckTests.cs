using Provenance.Tests.Rules;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;
using Xunit;

namespace Provenance.Tests.Checks;

public sealed class ClaimSignatureCheckTests
{
    [Fact]
    public async Task What_a_platform_cannot_check_is_neither_good_nor_broken()
    {
        var report = await VerifyAsync(SignatureCheck.Unsupported);

        var failure = Assert.Single(report.Findings, finding => finding.IsFailure && finding.Code != StatusCodes.SigningCredentialUntrusted);
        Assert.Equal(StatusCodes.AlgorithmUnsupported, failure.Code);
        Assert.Contains("limit of ours", failure.Explanation, StringComparison.Ordinal);
        Assert.Equal((Label.Unreadable, ValidationState.Invalid), (report.Label, report.State!.Value));
        Assert.Null(report.Signer);
    }

    [Fact]
    public async Task A_bad_signature_breaks_the_file() => Assert.Equal(Label.Broken, (await VerifyAsync(SignatureCheck.Bad)).Label);

    [Fact]
    public async Task A_good_one_is_what_the_rest_stands_on() => Assert.Equal(Label.IntactKnown, (await VerifyAsync(SignatureCheck.Good)).Label);

    private static ValueTask<VerificationReport> VerifyAsync(SignatureCheck answer) => Provenance.Verifier.Verifier.VerifyAsync(
        AssetSource.FromMemory(World.Sound().Embed(World.Jpeg).Bytes),
        VerificationPolicy.WithTrust(World.Now, [World.Signers], new Answering(answer)), TestContext.Current.CancellationToken);

    /// <summary>A platform that hashes and has one answer to every signature.</summary>
    private sealed class Answering(SignatureCheck answer) : ICryptoProvider
    {
        private readonly SystemCrypto _system = new();

        public ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => _system.HashAsync(algorithm, bytes, cancellation);

        public ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, AssetSource source, IReadOnlyList<DigestPart> parts, IProgress<long>? progress, CancellationToken cancellation) =>
            _system.HashAsync(algorithm, source, parts, progress, cancellation);

        public ValueTask<SignatureCheck> VerifyAsync(SignatureScheme scheme, PublicKey key, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> signature, CancellationToken cancellation) => new(answer);
    }
}
