using System.Formats.Cbor;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.TestKit;

/// <summary>Signed files hold together when only the platform looks at them: signatures, hashes, bindings.</summary>
public sealed class ManifestsTests
{
    private static readonly TestAuthority s_authority = TestAuthority.Root("Root").Intermediate("CA");
    private static readonly TestCertificate s_signer = s_authority.Issue("Signer");

    public static TheoryData<string> Images => ["jpg", "png", "webp"];

    [Theory]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    [InlineData("PS256")]
    public void The_signature_is_over_the_claim_as_stored(string name)
    {
        TestKey key = name switch { "ES256" => TestKey.P256(name), "ES384" => TestKey.P384(name), "ES512" => TestKey.P521(name), _ => TestKey.Rsa(2048) };
        SignedAsset asset = Builder("signature").SignedBy(s_authority.Issue("Signer " + name, key)).Embed(TestJpeg.Small());

        Assert.True(SignatureHolds(asset));
        Assert.False(SignatureHolds(asset with { Store = asset.Store.FlipBit(asset.ClaimPart.Start + 20) }));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void The_data_hash_excludes_the_store_exactly_and_is_right(string format)
    {
        SignedAsset asset = Builder("data hash").Embed(Image(format));
        CborReader reader = Content(asset, "c2pa.hash.data");
        (long start, long length, byte[] hash) = ReadDataHash(reader);

        Assert.Equal(asset.StoreExtent, new Extent(start, length));
        Assert.Equal(SHA256.HashData(asset.Bytes.Removed(asset.StoreExtent)), hash);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    [InlineData(65000)]
    [InlineData(70000)]
    public void The_size_settles_whatever_the_length_of_the_store(int more)
    {
        SignedAsset asset = Builder("size").With(Assertion.Cbor("org.example.bulk", new byte[more])).Embed(TestJpeg.Small());

        Assert.Equal(asset.StoreExtent.Length, ReadDataHash(Content(asset, "c2pa.hash.data")).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_claim_lists_the_hash_of_every_assertion(int version)
    {
        ManifestBuilder builder = Builder("hashes").With(Assertion.Json("org.example.note", "{}").Salted(32).Gathered());
        SignedAsset asset = (version == 1 ? builder.OldClaim() : builder).Embed(TestPng.Small());
        StoreMap map = asset.Map;
        int seen = 0;
        foreach ((string url, byte[] hash) in References(asset))
        {
            Extent box = map.Box($"/c2pa/{asset.ActiveLabel}/{url["self#jumbf=".Length..]}");
            Assert.Equal(hash, SHA256.HashData(asset.Store.AsSpan((int)box.Start + 8, (int)box.Length - 8)));
            seen++;
        }

        Assert.Equal(3, seen);
    }

    [Fact]
    public void An_ingredient_brings_its_manifest_and_hashes_it()
    {
        SignedAsset parent = Builder("parent").Embed(TestPng.Small());
        SignedAsset child = new ManifestBuilder("child").Opened(parent).SignedBy(s_signer).Embed(TestJpeg.Small());

        Assert.Equal([parent.ActiveLabel, child.ActiveLabel], child.Manifests.Select(m => m.Label));
        Assert.Equal(parent.ActiveManifest.ToBytes(), child.Manifests[0].ToBytes());
        byte[] ingredient = child.Store[(int)child.AssertionPart("c2pa.ingredient.v3").Start..(int)child.AssertionPart("c2pa.ingredient.v3").End];
        Assert.True(ingredient.AsSpan().IndexOf(SHA256.HashData(parent.ActiveManifest.HashedBytes())) > 0);
        Assert.True(ingredient.AsSpan().IndexOf(SHA256.HashData(parent.ActiveManifest.Child("c2pa.signature").HashedBytes())) > 0);
    }

    [Theory]
    [InlineData(RedactionManner.Removed)]
    [InlineData(RedactionManner.ZeroedUuid)]
    [InlineData(RedactionManner.LeftInPlace)]
    public void A_redacted_assertion_loses_its_content_unless_told_otherwise(RedactionManner manner)
    {
        SignedAsset parent = Builder("parent").With(Assertion.Json("org.example.secret", "{\"secret\":1}")).Embed(TestPng.Small());
        SignedAsset child = new ManifestBuilder("child").Opened(parent).Redacts(parent.ActiveLabel, "org.example.secret", manner).SignedBy(s_signer).Embed(TestJpeg.Small());

        Assert.Equal(manner == RedactionManner.LeftInPlace, child.Store.AsSpan().IndexOf("secret\":1"u8) > 0);
        Assert.Equal(manner != RedactionManner.Removed, child.Manifests[0].Child("c2pa.assertions").Children.Exists(c => c.Label == "org.example.secret"));
    }

    [Fact]
    public void A_compressed_manifest_inflates_to_itself()
    {
        SignedAsset asset = Builder("compressed").BoundBy(HardBinding.Boxes()).Compressed().Embed(TestJpeg.Small());

        Assert.Equal(asset.ActiveLabel, asset.Manifests[^1].Label);
        Assert.Equal(TestBox.Uuid("c2cm"), asset.Manifests[^1].ContentType);
        Assert.Equal(TestBox.Uuid("c2ma"), asset.ActiveManifest.ContentType);
        Assert.Equal(asset.ActiveLabel, asset.ActiveManifest.Label);
    }

    [Fact]
    public void Boxes_survive_being_read_and_written()
    {
        SignedAsset asset = Builder("round trip").With(Assertion.Json("org.example.note", "{}").Salted()).WithDataBox("text/plain", [1]).Embed(TestJpeg.Small());

        Assert.Equal(asset.Store, TestBox.Parse(asset.Store).ToBytes());
    }

    [Fact]
    public void The_pad_fills_any_gap_a_byte_string_can_leave()
    {
        for (int padding = 0; padding < 300; padding++)
        {
            int kept = padding;
            SignedAsset asset = Builder("pad").Cose(c => c.Padding = kept).Embed(TestJpeg.Small());
            var reader = new CborReader(asset.Store.AsMemory((int)asset.CosePart.Start, (int)asset.CosePart.Length), CborConformanceMode.Strict);
            reader.SkipValue();
            Assert.Equal(0, reader.BytesRemaining);
        }
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Mutators_change_what_they_say_and_nothing_else(string format)
    {
        SignedAsset asset = Builder("mutants").Cose(c => c.Padding = 300).Embed(Image(format));

        Assert.Equal(asset.Embedding.FileOffset(asset.CosePart.End - 1), Difference(asset.Bytes, asset.SignatureChanged()));
        byte[] injected = asset.PadShrunkAndInjected(100, "hidden"u8);
        Assert.Equal(asset.Bytes.Length, injected.Length);
        Assert.Equal(asset.Bytes[(int)asset.StoreExtent.End..], injected[(int)asset.StoreExtent.End..]);
        Assert.True(injected.AsSpan((int)asset.StoreExtent.Start, (int)asset.StoreExtent.Length).IndexOf("hidden"u8) > 0);
        Assert.Equal(asset.Bytes.Length, asset.StoreOverwritten("x"u8).Length);
        Assert.NotEqual(asset.Bytes, asset.MediaChanged());
        Assert.Equal(asset.Bytes.Length, asset.MediaChanged().Length);
    }

    private static int Difference(byte[] one, byte[] other)
    {
        Assert.Equal(one.Length, other.Length);
        return Assert.Single(Enumerable.Range(0, one.Length), i => one[i] != other[i]);
    }

    private static ManifestBuilder Builder(string seed) => new ManifestBuilder(seed).Created().SignedBy(s_signer);

    private static TestAsset Image(string format) => format switch { "jpg" => TestJpeg.Small(), "png" => TestPng.Small(), _ => TestWebP.Small() };

    private static CborReader Content(SignedAsset asset, string label)
    {
        Extent part = asset.AssertionPart(label);
        return new CborReader(asset.Store.AsMemory((int)part.Start, (int)part.Length), CborConformanceMode.Strict);
    }

    private static (long Start, long Length, byte[] Hash) ReadDataHash(CborReader reader)
    {
        long start = 0, length = 0;
        byte[] hash = [];
        for (int? left = reader.ReadStartMap(); left > 0; left--)
        {
            switch (reader.ReadTextString())
            {
                case "exclusions":
                    reader.ReadStartArray();
                    reader.ReadStartMap();
                    reader.ReadTextString();
                    start = reader.ReadInt64();
                    reader.ReadTextString();
                    length = reader.ReadInt64();
                    reader.ReadEndMap();
                    reader.ReadEndArray();
                    break;
                case "hash": hash = reader.ReadByteString(); break;
                default: reader.SkipValue(); break;
            }
        }
        return (start, length, hash);
    }

    private static List<(string Url, byte[] Hash)> References(SignedAsset asset)
    {
        var reader = new CborReader(asset.Store.AsMemory((int)asset.ClaimPart.Start, (int)asset.ClaimPart.Length), CborConformanceMode.Strict);
        List<(string, byte[])> found = [];
        for (int? left = reader.ReadStartMap(); left > 0; left--)
        {
            if (!reader.ReadTextString().EndsWith("assertions", StringComparison.Ordinal))
            {
                reader.SkipValue();
                continue;
            }
            for (int? entries = reader.ReadStartArray(); entries > 0; entries--)
            {
                reader.ReadStartMap();
                reader.ReadTextString();
                string url = reader.ReadTextString();
                reader.ReadTextString();
                found.Add((url, reader.ReadByteString()));
                reader.ReadEndMap();
            }
            reader.ReadEndArray();
        }
        return found;
    }

    // RFC 9052 §4.4 with the platform's own CBOR writer and signature check.
    private static bool SignatureHolds(SignedAsset asset)
    {
        var reader = new CborReader(asset.Store.AsMemory((int)asset.CosePart.Start, (int)asset.CosePart.Length), CborConformanceMode.Strict);
        Assert.Equal((CborTag)18, reader.ReadTag());
        reader.ReadStartArray();
        byte[] header = reader.ReadByteString();
        reader.SkipValue();
        reader.ReadNull();
        byte[] signature = reader.ReadByteString();

        var structure = new CborWriter();
        structure.WriteStartArray(4);
        structure.WriteTextString("Signature1");
        structure.WriteByteString(header);
        structure.WriteByteString([]);
        structure.WriteByteString(asset.Store.AsSpan((int)asset.ClaimPart.Start, (int)asset.ClaimPart.Length));
        structure.WriteEndArray();

        var fields = new CborReader(header);
        fields.ReadStartMap();
        fields.ReadInt32();
        int algorithm = fields.ReadInt32();
        fields.ReadInt32();
        fields.ReadStartArray();
        using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(fields.ReadByteString());
        using ECDsa? ec = leaf.GetECDsaPublicKey();
        using RSA? rsa = leaf.GetRSAPublicKey();
        HashAlgorithmName hash = algorithm switch { -7 or -37 => HashAlgorithmName.SHA256, -35 => HashAlgorithmName.SHA384, _ => HashAlgorithmName.SHA512 };
        return ec?.VerifyData(structure.Encode(), signature, hash) ?? rsa!.VerifyData(structure.Encode(), signature, hash, RSASignaturePadding.Pss);
    }
}
