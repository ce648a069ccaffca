using System.Formats.Asn1;
using System.Numerics;
using System.Text;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>Bombs inside claims, signatures, assertions, certificates and time stamps; signed where that helps them.</summary>
public sealed class ContentBombTests
{
    private static readonly byte[] s_deep = [.. Enumerable.Repeat((byte)0x81, 100_000), 0x00];

    public static TheoryData<string, string?> Cbor => new()
    {
        { "arrays", nameof(Limits.CborDepth) },
        { "tags", nameof(Limits.CborDepth) },
        { "maps", nameof(Limits.CborDepth) },
        { "indefinite", nameof(Limits.CborDepth) },
        { "items", nameof(Limits.CborItems) },
        { "chunks", nameof(Limits.CborItems) },
        { "length 2^31", null },
        { "length 2^63", null },
        { "length 2^64-1", null },
        { "array of 2^63", null },
        { "map of 2^64-1", null },
    };

    [Theory]
    [MemberData(nameof(Cbor))]
    public async Task CBOR_in_a_claim_a_signature_and_an_assertion(string bomb, string? limit)
    {
        byte[] bytes = CborBomb(bomb);
        byte[][] files =
        [
            Subject.Manifest("bomb").Created().ClaimBytes(_ => bytes).Embed(Bomb.Picture).Bytes,
            Subject.Manifest("bomb").Created().Manifest(manifest => manifest.Child("c2pa.signature").Children[0].Payload = bytes).Embed(Bomb.Picture).Bytes,
            Subject.Manifest("bomb").Created().Cose(cose => { cose.WithPad = false; cose.UnprotectedChange = header => header.Add("x", new CborRaw(bytes)); }).Embed(Bomb.Picture).Bytes,
            Bomb.Signed(Assertion.CborBytes("c2pa.soft-binding", bytes)),
            Bomb.Signed(Assertion.CborBytes("c2pa.ingredient.v3", bytes)),
        ];
        foreach (byte[] file in files)
        {
            if (limit is not null)
            {
                await Bomb.AssertLimitAsync(limit, file);
                continue;
            }
            var report = await Bomb.SetOffAsync(file);
            Assert.Equal(ValidationState.Invalid, report.State);
            Assert.Contains(report.Findings, finding => finding.IsFailure);
        }
    }

    private static byte[] CborBomb(string bomb) => bomb switch
    {
        "arrays" => s_deep,
        "tags" => [.. Enumerable.Repeat((byte)0xC1, 100_000), 0x00],
        "maps" => [.. Enumerable.Repeat((byte[])[0xA1, 0x00], 50_000).SelectMany(map => map), 0x00],
        "indefinite" => [.. Enumerable.Repeat((byte)0x9F, 100_000), 0x00],
        "items" => [0x9A, 0x00, 0x02, 0x00, 0x00, .. new byte[131_072]],
        "chunks" => [0x5F, .. Enumerable.Repeat((byte)0x40, 1_000_000), 0xFF],
        "length 2^31" => TestCbor.Head(2, 1UL << 31),
        "length 2^63" => TestCbor.Head(3, 1UL << 63),
        "length 2^64-1" => TestCbor.Head(2, ulong.MaxValue),
        "array of 2^63" => TestCbor.Head(4, 1UL << 63),
        _ => TestCbor.Head(5, ulong.MaxValue),
    };

    [Theory]
    [InlineData(100_000)]
    [InlineData(4 << 20)]
    public async Task JSON_deeper_than_any(int depth)
    {
        var report = await Bomb.SetOffAsync(Bomb.Signed(Assertion.JsonBytes("c2pa.metadata", [.. Enumerable.Repeat((byte)'[', depth), .. Enumerable.Repeat((byte)']', depth)])));

        Assert.Contains(report.Findings, finding => finding.Code == StatusCodes.AssertionJsonInvalid);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("NaN")]
    [InlineData("\uFEFF{}")]
    [InlineData("")]
    public async Task JSON_with_odd_values(string json) => await Bomb.SetOffAsync(Bomb.Signed(Assertion.JsonBytes("c2pa.metadata", Encoding.UTF8.GetBytes(json)), Assertion.Json("org.example.odd", json)));

    [Fact]
    public async Task JSON_that_is_another_box_is_a_fault_of_the_assertion_alone()
    {
        var report = await Bomb.SetOffAsync(Bomb.Signed(Assertion.Boxes("c2pa.metadata", "json", TestBox.Content("cbor", [1]))));

        Assert.Null(report.Error);
        Assert.Contains(report.Findings, finding => finding.Code == StatusCodes.AssertionJsonInvalid);
    }

    [Fact]
    public async Task JSON_of_four_megabytes() =>
        await Bomb.SetOffAsync(Bomb.Signed(Assertion.Json("c2pa.metadata", "{\"@context\":{},\"a\":[" + string.Join(',', Enumerable.Repeat("1", 2 << 20)) + "]}")));

    [Fact]
    public async Task A_number_of_a_million_digits() => await Bomb.SetOffAsync(Bomb.Signed(Assertion.Json("c2pa.metadata", "{\"@context\":{},\"a\":" + new string('9', 1_000_000) + "}")));

    [Theory]
    [InlineData("ratio", nameof(Limits.BrotliRatio))]
    [InlineData("output", nameof(Limits.BrotliOutputBytes))]
    [InlineData("nested", null)]
    [InlineData("cut", null)]
    [InlineData("followed", null)]
    [InlineData("two", null)]
    [InlineData("large window", null)]
    public async Task A_compressed_manifest(string bomb, string? limit)
    {
        byte[] packed = bomb switch
        {
            "ratio" => ManifestBuilder.Brotli(new byte[1 << 20]),
            "output" => ManifestBuilder.Brotli([.. Seeded.Bytes("noise", 100_000), .. new byte[8 << 20]]),
            _ => ManifestBuilder.Brotli(Subject.Named("png").Asset.ActiveManifest.ToBytes()),
        };
        packed = bomb switch
        {
            "cut" => packed[..^1],
            "followed" => [.. packed, 0],
            "nested" => ManifestBuilder.Brotli(TestBox.Super("c2cm", "m", TestBox.Content("brob", packed)).ToBytes()),
            "large window" => [0x11, 0x1E, .. packed],
            _ => packed,
        };
        var brob = TestBox.Content("brob", packed);
        var report = await Bomb.SetOffAsync(Bomb.WithStore(TestBox.Super("c2pa", "c2pa", TestBox.Super("c2cm", "m", bomb == "two" ? [brob, brob] : [brob])).ToBytes()));

        Assert.Equal(limit, report.Error?.Limit);
        Bomb.AssertRefused(report);
    }

    [Fact]
    public async Task Compressed_manifests_share_one_limit()
    {
        byte[] packed = ManifestBuilder.Brotli(TestBox.Super("c2ma", "bulk", TestBox.Content("free", [.. Seeded.Bytes("noise", 40_000), .. new byte[3 << 20]])).ToBytes());
        var store = TestBox.Super("c2pa", "c2pa", [.. Enumerable.Range(0, 20).Select(i => TestBox.Super("c2cm", $"bulk{i}", TestBox.Content("brob", packed)))]);

        await Bomb.SetOffAsync(Bomb.WithStore(store.ToBytes()));
    }

    [Fact]
    public async Task A_chain_of_a_thousand_certificates() => await Bomb.AssertLimitAsync(nameof(Limits.ChainCertificates), Subject.Manifest("bomb").Created()
        .Cose(cose => cose.Chain = chain => [.. Enumerable.Repeat(chain[0], 1000)]).Embed(Bomb.Picture).Bytes);

    [Fact]
    public async Task A_certificate_of_a_megabyte() => await Bomb.AssertLimitAsync(nameof(Limits.CertificateBytes), Subject.Manifest("bomb").Created()
        .Cose(cose => cose.Chain = chain => [chain[0], new byte[1 << 20]]).Embed(Bomb.Picture).Bytes);

    [Fact]
    public async Task A_signature_of_ten_megabytes()
    {
        var report = await Bomb.SetOffAsync(Subject.Manifest("bomb").Created().Cose(cose => cose.SignatureChange = _ => new byte[10 << 20]).Embed(Bomb.Picture).Bytes);

        Assert.Contains(report.Findings, finding => finding.Code == StatusCodes.ClaimSignatureMismatch);
    }

    [Theory]
    [InlineData("integer")]
    [InlineData("deep")]
    [InlineData("oid")]
    [InlineData("long")]
    [InlineData("set")]
    public async Task DER_as_a_time_stamp_an_OCSP_answer_and_a_certificate(string bomb)
    {
        foreach (int size in new[] { 30_000, 60_000, 120_000, 1 << 20 })
        {
            byte[] der = DerBomb(bomb, size);
            var manifest = Subject.Manifest("bomb").Created().Stapled([.. Enumerable.Repeat(der, 16)]).Cose(cose =>
            {
                cose.UnprotectedChange = header => header.Add("sigTst2", new CborFields { { "tstTokens", new object[] { new CborFields { { "val", der } } } } });
                if (size < 32 << 10)
                    cose.Chain = chain => [chain[0], .. Enumerable.Repeat(der, 9)];
            });

            await Bomb.SetOffAsync(manifest.Embed(Bomb.Picture).Bytes);
        }
    }

    private static byte[] DerBomb(string bomb, int size)
    {
        byte[] content = bomb switch
        {
            "integer" => Der(0x02, [0x7F, .. Seeded.Bytes("digits", size)]),
            "deep" => [.. Enumerable.Repeat((byte[])[0x30, 0x80], size / 2).SelectMany(head => head)],
            "oid" => Der(0x06, [.. Enumerable.Repeat((byte)0xFF, size), 0x7F]),
            "long" => [0x04, 0x88, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. new byte[size]],
            _ => Der(0x31, [.. Enumerable.Range(0, size / 3).SelectMany(i => (byte[])[0x02, 0x01, (byte)(i % 100)])]),
        };
        return Der(0x30, content);
    }

    private static byte[] Der(byte tag, byte[] content) => [tag, 0x84, .. BitConverter.GetBytes(content.Length).Reverse(), .. content];

    // Every integer of a certificate, its serial number first, as long as a certificate may be.
    [Fact]
    public async Task A_serial_number_of_thousands_of_digits()
    {
        var root = TestAuthority.Root("Long numbers");
        var signer = root.Issue("Long number", change: recipe => recipe.Serial([0x7F, .. Seeded.Bytes("digits", 30_000)]));

        await Bomb.SetOffAsync(new ManifestBuilder("bomb").Created().SignedBy(signer).Embed(Bomb.Picture).Bytes);
    }

    [Theory]
    [InlineData(8192)]
    [InlineData(16_384)]
    public async Task A_certificate_with_an_enormous_key(int bits)
    {
        byte[] modulus = [0xFF, .. Seeded.Bytes("modulus", (bits / 8) - 2), 0xFF];
        var spki = new AsnWriter(AsnEncodingRules.DER);
        using (spki.PushSequence())
        {
            using (spki.PushSequence())
            {
                spki.WriteObjectIdentifier("1.2.840.113549.1.1.1");
                spki.WriteNull();
            }
            var key = new AsnWriter(AsnEncodingRules.DER);
            using (key.PushSequence())
            {
                key.WriteInteger(new BigInteger(modulus, isUnsigned: true, isBigEndian: true));
                key.WriteInteger((BigInteger.One << 64) - 1);
            }
            spki.WriteBitString(key.Encode());
        }
        var root = TestAuthority.Root("Enormous");
        var signer = root.Issue("Enormous", change: recipe => recipe.PublicKeyAs(spki.Encode()));
        var manifests = Enumerable.Range(0, 300).Select(i => new ManifestBuilder($"m{i}").Labelled($"m{i}").Created().SignedBy(signer)
            .Cose(cose =>
            {
                cose.Algorithm = -37;
                cose.SignatureChange = _ => modulus.FlipBit(0, 7);
            })
            .With([.. Enumerable.Range(Math.Max(0, i - 8), Math.Min(i, 8)).Select((other, at) => Assertion.Cbor($"c2pa.ingredient.v3__{at + 1}", GraphBombTests.Reference("componentOf", $"m{other}")))])
            .Sidecar(Bomb.Picture).ActiveManifest);

        await Bomb.SetOffAsync(Bomb.WithStore(TestBox.Super("c2pa", "c2pa", [.. manifests]).ToBytes()));
    }
}
