using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Provenance.TestKit;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Bytes.Brotli;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Cose;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Formats.Jpeg;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Reports;
using Provenance.Verifier.X509;
using Ed25519 = Provenance.Verifier.Crypto.Ed25519;
using HashAlgorithm = Provenance.Verifier.Crypto.HashAlgorithm;
using SignatureFamily = Provenance.Verifier.Crypto.SignatureFamily;

namespace Provenance.Benchmarks;

/// <summary>
/// Each layer by itself, over the pictures of the speed set in memory. Signatures of one key repeat here, so their keys are imported
/// already, as in a run over many files of one signer.
/// </summary>
[Config(typeof(InProcess))]
[MemoryDiagnoser]
public class Layers
{
    private static readonly Limits s_limits = Limits.Default;
    private static readonly byte[] s_message = Seeded.Bytes("message", 1000);

    private readonly AssetSource _picture, _composite;
    private readonly ReadOnlyMemory<byte> _store, _claim, _cose, _leaf, _packed;
    private readonly PublicKey _ecKey, _rsaKey;
    private readonly byte[] _ecSignature, _rsaSignature, _edKey, _edSignature;
    private readonly Certificate[] _chain;
    private readonly TrustAnchor _anchor;
    private readonly VerificationPolicy _policy;
    private readonly VerificationReport _report;
    private readonly SystemCrypto _crypto = new();

    public Layers()
    {
        SignedAsset small = SpeedSet.Small(), many = SpeedSet.Many();
        (_picture, _composite) = (AssetSource.FromMemory(small.Bytes), AssetSource.FromMemory(many.Bytes));
        _store = many.Store;
        _claim = Slice(many, many.ClaimPart);
        _cose = Slice(many, many.CosePart);
        _packed = ManifestBuilder.Brotli(many.ActiveManifest.ToBytes());

        TestKey ec = TestKey.P256("layers"), rsa = TestKey.Rsa(2048, "layers"), ed = TestKey.Ed25519("layers");
        (_ecKey, _rsaKey) = (SubjectPublicKey.Parse(ec.SubjectPublicKeyInfo, out _), SubjectPublicKey.Parse(rsa.SubjectPublicKeyInfo, out _));
        _edKey = SubjectPublicKey.Parse(ed.SubjectPublicKeyInfo, out _).Key.ToArray();
        _ecSignature = ec.Sign(s_message, SignatureMethod.Es256, EcdsaForm.Raw);
        _rsaSignature = rsa.Sign(s_message, SignatureMethod.Ps256, EcdsaForm.Raw);
        _edSignature = ed.Sign(s_message, SignatureMethod.Ed25519, EcdsaForm.Raw);

        TestAuthority root = TestAuthority.Root("Layers Root"), issuer = root.Intermediate("Layers Issuer");
        TestCertificate leaf = issuer.Issue("Layers Signer");
        _leaf = leaf.Der;
        _chain = [Certificate.Parse(leaf.Der), Certificate.Parse(issuer.Certificate.Der)];
        _anchor = new TrustAnchor(Certificate.Parse(root.Certificate.Der));

        _policy = SpeedSet.Policy();
        _report = Verify(_composite).AsTask().GetAwaiter().GetResult();
        if (_report.State != ValidationState.Trusted)
            throw new InvalidOperationException($"The composite is {_report.State}, not trusted.");
    }

    [Benchmark(Description = "JPEG map, 1.6 MB of which 1.1 MB store")]
    public ValueTask<AssetMap> JpegMap() => new JpegFormat().MapAsync(_composite, s_limits, CancellationToken.None);

    [Benchmark(Description = "JUMBF, 1.1 MB, 25 manifests")]
    public object JumbfParse() => JumbfReader.Read(_store, s_limits);

    [Benchmark(Description = "manifest store, the same")]
    public object StoreParse() => ManifestStore.Parse(_store, s_limits);

    [Benchmark(Description = "CBOR of a claim")]
    public object CborOfClaim() => CborReader.Read(_claim, "claim", new CborBudget(s_limits));

    [Benchmark(Description = "COSE_Sign1 with a time stamp")]
    public object CoseParse() => CoseSign1.Parse(_cose, s_limits, new CborBudget(s_limits));

    [Benchmark(Description = "certificate")]
    public object CertificateParse() => Certificate.Parse(_leaf);

    [Benchmark(Description = "ES256 check")]
    public ValueTask<SignatureCheck> Es256() =>
        _crypto.VerifyAsync(new(SignatureFamily.Ecdsa, HashAlgorithm.Sha256), _ecKey, s_message, _ecSignature, CancellationToken.None);

    [Benchmark(Description = "ES256 check, key not seen before")]
    public ValueTask<SignatureCheck> Es256WithImport() =>
        new SystemCrypto().VerifyAsync(new(SignatureFamily.Ecdsa, HashAlgorithm.Sha256), _ecKey, s_message, _ecSignature, CancellationToken.None);

    [Benchmark(Description = "PS256 check, 2048 bits")]
    public ValueTask<SignatureCheck> Ps256() =>
        _crypto.VerifyAsync(new(SignatureFamily.RsaPss, HashAlgorithm.Sha256, 32), _rsaKey, s_message, _rsaSignature, CancellationToken.None);

    [Benchmark(Description = "Ed25519 check, our own")]
    public bool Ed25519Check() => Ed25519.Verify(_edKey, s_message, _edSignature);

    [Benchmark(Description = "path of three, signatures remembered")]
    public ValueTask<PathLength> PathRemembered() => ValidateAsync(_policy.GoodSignatures);

    [Benchmark(Description = "path of three, new")]
    public ValueTask<PathLength> PathNew() => ValidateAsync(new GoodSignatures());

    [Benchmark(Description = "Brotli, our own decoder, 150 KB manifest")]
    public byte[] Brotli() => BrotliDecoder.Decode(_packed, s_limits);

    [Benchmark(Description = "verify 0.1 MB")]
    public ValueTask<VerificationReport> VerifySmall() => Verify(_picture);

    [Benchmark(Description = "verify 1.6 MB, 25 manifests")]
    public ValueTask<VerificationReport> VerifyMany() => Verify(_composite);

    [Benchmark(Description = "JSON report of the same")]
    public int WriteReport()
    {
        using var text = new StringWriter();
        ReportJson.Write(text, _report);
        return text.GetStringBuilder().Length;
    }

    /// <summary>Certificates in the path that was found.</summary>
    public readonly record struct PathLength(int Certificates);

    private async ValueTask<PathLength> ValidateAsync(GoodSignatures good)
    {
        var result = await PathValidator.ValidateAsync(
            _chain[0], [_chain[1]], [_anchor], _policy.Time, _crypto, new SignatureBudget(s_limits, good), s_limits, CancellationToken.None).ConfigureAwait(false);
        return new(result.Path!.Certificates.Count);
    }

    private ValueTask<VerificationReport> Verify(AssetSource source) => Verifier.Verifier.VerifyAsync(source, _policy);

    private static ReadOnlyMemory<byte> Slice(SignedAsset asset, Extent part) => asset.Store.AsMemory((int)part.Start, (int)part.Length);

    private sealed class InProcess : ManualConfig
    {
        public InProcess() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
