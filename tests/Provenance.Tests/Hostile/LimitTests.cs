using System.Buffers.Binary;
using System.Formats.Cbor;
using System.Text;
using Provenance.TestKit;
using Provenance.Tests.Identity;
using Provenance.Tests.Revocation;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Identity;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>
/// Every limit as a pair: a file that needs exactly so much is accepted where so much is allowed, and refused, by the limit's name or in
/// the words of the check that met it, where one less is.
/// </summary>
public sealed class LimitTests
{
    /// <summary>Tested where a stream can be written bit by bit: BrotliDecoderTests.</summary>
    private const string TestedElsewhere = nameof(Limits.BrotliPrefixCodes);

    private static readonly Dictionary<string, Func<Pair>> s_pairs = new()
    {
        [nameof(Limits.StoreBytes)] = () => new(Named("png"), Named("png").Store.Length, n => new() { StoreBytes = n }),
        [nameof(Limits.JumbfDepth)] = () => new(Named("png"), 4, n => new() { JumbfDepth = n }),
        [nameof(Limits.JumbfBoxes)] = () => new(Named("png"), Boxes(TestBox.Parse(Named("png").Store)) - 1, n => new() { JumbfBoxes = n }),
        [nameof(Limits.JumbfChildren)] = () => new(Embedded(m => m.With(Note(1), Note(2))), 4, n => new() { JumbfChildren = n }),
        [nameof(Limits.JumbfLabelBytes)] = () => new(Named("png"), Named("png").ActiveLabel.Length, n => new() { JumbfLabelBytes = n }),
        [nameof(Limits.Manifests)] = () => new(Named("family"), 3, n => new() { Manifests = n }),
        [nameof(Limits.ClaimBytes)] = () => new(Named("png"), (int)Named("png").ClaimPart.Length, n => new() { ClaimBytes = n }),
        [nameof(Limits.Assertions)] = () => new(Embedded(m => m.With(Note(1), Note(2))), 4, n => new() { Assertions = n }),
        [nameof(Limits.CborDepth)] = () => new(Embedded(m => m.With(Note(Nested(19)))), 20, n => new() { CborDepth = n }),
        [nameof(Limits.CborItems)] = () => new(Bulky, ItemsOfAssertions(Bulky!), n => new() { CborItems = n }),
        [nameof(Limits.JsonDepth)] = () => new(Embedded(m => m.With(StandardAssertions.Metadata("\"a\": [[[[1]]]]"))), 5, n => new() { JsonDepth = n }, Reports(StatusCodes.AssertionJsonInvalid)),
        [nameof(Limits.BoxHashBytes)] = () => new(Named("png"), (int)Named("png").Map.Boxes.Where(box => box.Path.Contains("c2pa.assertions/", StringComparison.Ordinal)).Sum(box => box.Box.Length - 8), n => new() { BoxHashBytes = n }),
        [nameof(Limits.ChainCertificates)] = () => new(Named("png"), Subject.Signer.Chain.Count, n => new() { ChainCertificates = n }),
        [nameof(Limits.CertificateBytes)] = () => new(Named("png"), Subject.Signer.Chain.Max(der => der.Length), n => new() { CertificateBytes = n }),
        // The CA signed the leaf, the root the CA.
        [nameof(Limits.PathSignatureChecks)] = () => new(Named("png"), 2, n => new() { PathSignatureChecks = n }, Reports(StatusCodes.SigningCredentialUntrusted)),
        [nameof(Limits.SignatureChecks)] = () => new(Named("png"), 3, n => new() { SignatureChecks = n }, Reports(StatusCodes.SigningCredentialUntrusted)),
        [nameof(Limits.OcspResponses)] = () => new(Stapled([1], Subject.Staple), 2, n => new() { OcspResponses = n }, report => report.Revocation == RevocationStatus.NotChecked),
        [nameof(Limits.OcspBytes)] = () => new(Stapled(Subject.Staple), Subject.Staple.Length, n => new() { OcspBytes = n }, report => report.Revocation == RevocationStatus.NotChecked),
        // The camera, and the authority above it.
        [nameof(Limits.OcspQuestions)] = () => new(null, 2, n => new() { OcspQuestions = n }, report => report.Revocation == RevocationStatus.NotChecked)
        {
            File = Signed.Photo(),
            Policy = Signed.Policy with { RevocationSource = new TestDesk().Answers(Signed.Camera, Signed.Responder.Respond(Signed.Camera)) },
        },
        [nameof(Limits.TimeStampBytes)] = () => new(Named("stamped"), TokenLength(Named("stamped")), n => new() { TimeStampBytes = n }, Reports(StatusCodes.TimeStampMalformed)),
        [nameof(Limits.IdentityAssertions)] = () => new(Attested, 2, n => new() { IdentityAssertions = n }, IsNotChecked),
        [nameof(Limits.IdentityDocumentBytes)] = () => new(Attested, CredentialLength, n => new() { IdentityDocumentBytes = n }, IsNotChecked),
        // Both are told apart by their reasons: without a document nothing is checked either way.
        [nameof(Limits.IdentityIssuers)] = () => new(Named2, 2, n => new() { IdentityIssuers = n }, report => report.Identities.Any(identity => identity.Reason.Contains("more than", StringComparison.Ordinal)))
        {
            Policy = Subject.Trusting with { DidDocuments = new GivenDocuments("did:web:nobody.example", "{}") },
        },
        [nameof(Limits.Exclusions)] = () => new(Excluding(3), 4, n => new() { Exclusions = n }),
        [nameof(Limits.IngredientDepth)] = () => new(Line(4), 3, n => new() { IngredientDepth = n }),
        [nameof(Limits.BrotliOutputBytes)] = () => new(Packed, Packed!.ActiveManifest.ToBytes().Length, n => new() { BrotliOutputBytes = n }),
        [nameof(Limits.BrotliRatio)] = () => new(Packed, RatioOf(Packed!), n => new() { BrotliRatio = n }),
        [nameof(Limits.ContainerParts)] = () => new(Named("png"), Named("png").Carrier.Boxes(Named("png").Bytes).Count - 1, n => new() { ContainerParts = n }),
        [nameof(Limits.BmffBoxes)] = () => new(Named("film"), BmffNode.Parse(Named("film").Bytes).Sum(root => root.All.Count()), n => new() { BmffBoxes = n }),
        // moov, trak, mdia, minf, stbl, stsd.
        [nameof(Limits.BmffDepth)] = () => new(Named("film"), 6, n => new() { BmffDepth = n }),
        // The store's box, and its 16 bytes of type.
        [nameof(Limits.BmffExclusionMatches)] = () => new(Named("film"), 2, n => new() { BmffExclusionMatches = n }),
        [nameof(Limits.MerkleLeaves)] = () => new(Named("trees"), BmffNode.Parse(Named("trees").Bytes).Count(root => root.Type == "uuid") - 1, n => new() { MerkleLeaves = n }),
        [nameof(Limits.InflatedBytes)] = () => new(Zipped, Inflated(Zipped!.Bytes), n => new() { InflatedBytes = n }),
        [nameof(Limits.HeaderBytes)] = () => new(Model, (int)BinaryPrimitives.ReadInt64LittleEndian(Model!.Bytes), n => new() { HeaderBytes = n }),
        // What is normalized is a block of the text around the wrapper.
        [nameof(Limits.TextBytes)] = () => new(Letters, Encoding.UTF8.GetByteCount(TestText.Decomposed().Normalized), n => new() { TextBytes = n }),
        [nameof(Limits.XmpBytes)] = () => new(null, Pointer.Length, n => new() { XmpBytes = n }, report => report.RemoteManifest is null)
        {
            File = TestPng.Small().WithXmp(Pointer).Bytes,
            IsAccepted = report => report.RemoteManifest is not null,
        },
        [nameof(Limits.ClockSkew)] = () => new(Named("stamped"), 3600, n => new() { ClockSkew = TimeSpan.FromSeconds(n) }, Reports(StatusCodes.TimeStampOutsideValidity))
        {
            Policy = VerificationPolicy.WithTrust(TestTimeStampAuthority.UsualTime.AddHours(-1), Subject.Trusting.Lists),
        },
    };

    private const string Pointer = "<a xmlns:dcterms='http://purl.org/dc/terms/' dcterms:provenance='https://example.org/c2pa'/>";

    public static TheoryData<string> Names => [.. s_pairs.Keys];

    /// <summary>A file, what it needs, and how it shows that it did not get it; where nothing is said, the report's error names the limit.</summary>
    private sealed record Pair(SignedAsset? Asset, int Needs, Func<int, Limits> Allow, Func<VerificationReport, bool>? IsRefused = null)
    {
        public byte[] File { get; init; } = Asset?.Bytes ?? [];

        public VerificationPolicy Policy { get; init; } = Subject.Trusting;

        public Func<VerificationReport, bool> IsAccepted { get; init; } = report => report.State == ValidationState.Trusted;
    }

    [Fact]
    public void Every_limit_has_its_pair() =>
        Assert.Equal(
            typeof(Limits).GetProperties().Where(property => property.GetMethod is { IsStatic: false, IsPublic: true }).Select(property => property.Name).Except([TestedElsewhere]).Order(StringComparer.Ordinal),
            s_pairs.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_store_beside_a_file_has_the_same_limit()
    {
        var asset = Subject.Manifest("limits").Created().Sidecar(TestPng.Small());
        var beside = new AssetCompanions { Manifest = new(asset.Store) };
        Task<VerificationReport> VerifyAsync(int allowed) =>
            Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(asset.Bytes), beside, Subject.Trusting with { Limits = new() { StoreBytes = allowed } }).AsTask();
        Assert.Equal(ManifestOrigin.Detached, (await VerifyAsync(asset.Store.Length)).Origin);
        var refused = await VerifyAsync(asset.Store.Length - 1);
        Assert.Equal(nameof(Limits.StoreBytes), refused.Error?.Limit);
        Bomb.AssertRefused(refused);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_a_file_needs_is_enough_and_one_less_is_not(string limit)
    {
        var pair = s_pairs[limit]();
        Task<VerificationReport> VerifyAsync(int allowed) =>
            Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(pair.File), pair.Policy with { Limits = pair.Allow(allowed) }).AsTask();
        var accepted = await VerifyAsync(pair.Needs);
        var refused = await VerifyAsync(pair.Needs - 1);

        Assert.True(pair.IsAccepted(accepted) && pair.IsRefused?.Invoke(accepted) is not true, $"{pair.Needs} is not enough: {Subject.Json(accepted)}");
        if (pair.IsRefused is { } isRefused)
        {
            Assert.True(isRefused(refused), $"{pair.Needs - 1} is enough: {Subject.Json(refused)}");
            return;
        }
        Assert.Equal(limit, refused.Error?.Limit);
        Bomb.AssertRefused(refused);
    }

    [Fact]
    public async Task Without_a_check_left_for_the_claim_the_budget_itself_is_named()
    {
        var report = await Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(Named("png").Bytes), Subject.Trusting with { Limits = new() { SignatureChecks = 0 } });

        Assert.Equal(nameof(Limits.SignatureChecks), report.Error?.Limit);
    }

    private static byte[] s_credential = [];

    private static TestAggregator Aggregator(string? did = null) => (did is null ? TestAggregator.Jwk(TestKey.Ed25519("limits")) : TestAggregator.Named(TestKey.Ed25519("limits"), did)).WithBytes(bytes => s_credential = bytes);

    /// <summary>Two identities of one aggregator.</summary>
    private static SignedAsset Attested { get; } = Embedded(m => m.With(IdentityRecipe.By(Aggregator()), IdentityRecipe.By(Aggregator(), r => r.Label = "cawg.identity__1")));

    private static int CredentialLength { get; } = s_credential.Length;

    /// <summary>Two identities of two aggregators.</summary>
    private static SignedAsset Named2 { get; } = Embedded(m => m.With(IdentityRecipe.By(Aggregator("did:web:a.example")), IdentityRecipe.By(Aggregator("did:web:b.example"), r => r.Label = "cawg.identity__1")));

    private static bool IsNotChecked(VerificationReport report) => report.Identities.Any(identity => identity.State == IdentityState.NotChecked);

    private static SignedAsset Model { get; } = Subject.Manifest("model").Created().Embed(TestSafeTensors.Small());

    private static SignedAsset Letters { get; } = Subject.Manifest("letters").Created().Embed(TestText.Decomposed());

    private static SignedAsset Zipped { get; } = Subject.Manifest("zipped").Created().Embed(TestPdf.WithStreams());

    /// <summary>What the streams of a PDF unpack to that are packed.</summary>
    private static int Inflated(byte[] file)
    {
        int sum = 0;
        for (int at = 0, next; (next = file.AsSpan(at).IndexOf("/Filter /FlateDecode"u8)) >= 0;)
        {
            at += next;
            at += file.AsSpan(at).IndexOf("stream\n"u8) + "stream\n".Length;
            using var zlib = new System.IO.Compression.ZLibStream(new MemoryStream(file[at..]), System.IO.Compression.CompressionMode.Decompress);
            var unpacked = new MemoryStream();
            zlib.CopyTo(unpacked);
            sum += (int)unpacked.Length;
        }
        return sum;
    }

    private static Func<VerificationReport, bool> Reports(StatusCode code) => report => report.Findings.Any(finding => finding.Code == code);

    private static SignedAsset Named(string name) => Subject.Named(name).Asset;

    private static SignedAsset Embedded(Func<ManifestBuilder, ManifestBuilder> change) => change(Subject.Manifest("limits").Created()).Embed(Bomb.Picture);

    private static Assertion Note(object value) => Assertion.Cbor($"c2pa.soft-binding__{(value as int?) ?? 1}", new CborFields { { "alg", value } });

    private static object Nested(int depth) => depth == 0 ? 1 : new[] { Nested(depth - 1) };

    private static SignedAsset Packed { get; } = Embedded(m => m.BoundBy(HardBinding.Boxes()).With(Note(new byte[100_000])).Compressed());

    private static int RatioOf(SignedAsset packed)
    {
        int output = packed.ActiveManifest.ToBytes().Length, input = packed.Manifests[^1].Children[0].Payload.Length;
        return (output + input - 1) / input;
    }

    private static SignedAsset Bulky { get; } = Embedded(m => m.With(Note(Enumerable.Range(0, 500).ToArray())));

    private static int ItemsOfAssertions(SignedAsset asset) =>
        asset.ActiveManifest.Child("c2pa.assertions").Children.Sum(assertion => Items(assertion.Children[0].Payload));

    private static int Items(byte[] cbor)
    {
        var reader = new CborReader(cbor);
        int items = 0;
        for (var state = reader.PeekState(); state != CborReaderState.Finished; state = reader.PeekState())
        {
            items += state is CborReaderState.EndArray or CborReaderState.EndMap ? 0 : 1;
            switch (state)
            {
                case CborReaderState.StartArray:
                    reader.ReadStartArray();
                    break;
                case CborReaderState.EndArray:
                    reader.ReadEndArray();
                    break;
                case CborReaderState.StartMap:
                    reader.ReadStartMap();
                    break;
                case CborReaderState.EndMap:
                    reader.ReadEndMap();
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }
        return items;
    }

    private static int Boxes(TestBox box) => 1 + (box.IsSuperbox ? box.Children.Sum(Boxes) : 0);

    private static SignedAsset Stapled(params byte[][] answers) => Embedded(m => m.TimeStampedBy(Subject.Stamper).Stapled(answers));

    private static int TokenLength(SignedAsset asset)
    {
        var part = asset.CosePart;
        byte[] cose = asset.Store[(int)part.Start..(int)part.End];
        var reader = new CborReader(cose.AsMemory(cose.AsSpan().LastIndexOf("val"u8) + 3));
        return reader.ReadByteString().Length;
    }

    private static SignedAsset Excluding(int chunks)
    {
        var picture = Bomb.Picture with { Chunks = [.. Enumerable.Repeat(("tEXt", new byte[1]), chunks * 2)] };
        return Subject.Manifest("limits").Created().BoundBy(HardBinding.Data("c2pa.hash.data", c =>
            [c.Asset.Extent, .. Enumerable.Range(0, chunks).Select(i => new Extent(c.Asset.Extent.End + (26L * i), 13))])).Embed(picture);
    }

    private static SignedAsset Line(int manifests)
    {
        var asset = Subject.Manifest("line 0").Created().Embed(Bomb.Picture);
        for (int i = 1; i < manifests; i++)
            asset = Subject.Manifest($"line {i}").Opened(asset).Embed(Bomb.Picture);
        return asset;
    }
}
