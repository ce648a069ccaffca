using System.Text.Json.Nodes;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Identity;
using Xunit;

namespace Provenance.Tests.Identity;

public sealed class DidKeysTests
{
    public static TheoryData<string> Kinds => ["ed", "p256", "p384", "p521", "rsa"];

    private static TestKey Key(string kind, string seed = "did keys") => kind switch
    {
        "ed" => TestKey.Ed25519(seed),
        "p256" => TestKey.P256(seed),
        "p384" => TestKey.P384(seed),
        "p521" => TestKey.P521(seed),
        _ => TestKey.Rsa(2048),
    };

    private static DidKey Read(JsonObject jwk)
    {
        using var document = System.Text.Json.JsonDocument.Parse(jwk.ToJsonString());
        return DidKeys.FromJwk(document.RootElement);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_json_web_key_is_the_key_it_was_made_of(string kind) =>
        Assert.Equal(Key(kind).SubjectPublicKeyInfo, Read(TestAggregator.PublicJwk(Key(kind))).Key.Spki.ToArray());

    [Theory]
    [InlineData("ed", PublicKeyKind.Ed25519)]
    [InlineData("p256", PublicKeyKind.P256)]
    [InlineData("p384", PublicKeyKind.P384)]
    [InlineData("p521", PublicKeyKind.P521)]
    public void A_multikey_is_the_key_it_was_made_of(string kind, PublicKeyKind expected)
    {
        // Of eight points some have an even y and some an odd one.
        for (int i = 0; i < 8; i++)
        {
            var key = DidKeys.FromMultibase(TestAggregator.Multibase(Key(kind, $"seed {i}")));
            Assert.Equal((expected, null), (key.Key.Kind, key.Algorithm));
            Assert.Equal(Key(kind, $"seed {i}").SubjectPublicKeyInfo, key.Key.Spki.ToArray());
        }
    }

    [Fact]
    public void The_multikey_of_the_did_key_method_is_read() =>
        // did:key method, example of an Ed25519 key.
        Assert.Equal("2E6FCCE36701DC791488E0D0B1745CC1E33A4C1C9FCC41C63BD343DBBE0970E6", Convert.ToHexString(DidKeys.FromMultibase("z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK").Key.Key.Span));

    [Theory]
    [InlineData("use", "\"enc\"")]
    [InlineData("key_ops", "[\"sign\"]")]
    [InlineData("d", "\"AAAA\"")]
    [InlineData("kty", "\"oct\"")]
    [InlineData("crv", "\"P-384\"")]
    [InlineData("crv", "\"secp256k1\"")]
    [InlineData("x", "null")]
    [InlineData("x", "17")]
    public void A_json_web_key_that_is_for_something_else_is_refused(string member, string value)
    {
        var jwk = TestAggregator.PublicJwk(Key("p256"));
        jwk[member] = JsonNode.Parse(value);
        Assert.Throws<MalformedDataException>(() => Read(jwk));
    }

    [Fact]
    public void A_key_that_is_for_signatures_says_so_or_nothing()
    {
        var jwk = TestAggregator.PublicJwk(Key("p256"));
        (jwk["use"], jwk["key_ops"], jwk["alg"]) = ("sig", new JsonArray("verify"), "ES256");
        Assert.Equal("ES256", Read(jwk).Algorithm);
    }

    [Fact]
    public void A_number_has_one_spelling()
    {
        string x = (string)TestAggregator.PublicJwk(Key("p256"))["x"]!;
        // 32 bytes leave two bits over in the last of 43 characters.
        char spare = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".IndexOf(x[^1]) + 1];
        foreach (string other in new[] { x + "=", x[..^1] + spare, " " + x, x.Replace('-', '+').Replace('_', '/') + "/", "AA" + x, x[..^2] })
        {
            var jwk = TestAggregator.PublicJwk(Key("p256"));
            jwk["x"] = other;
            Assert.Throws<MalformedDataException>(() => Read(jwk));
        }
    }

    [Fact]
    public void An_rsa_key_is_strong_enough_and_without_leading_zeros()
    {
        var weak = TestAggregator.PublicJwk(TestKey.Rsa(1024));
        Assert.Contains("1024 bits", Assert.Throws<MalformedDataException>(() => Read(weak)).Rule);
        var padded = TestAggregator.PublicJwk(Key("rsa"));
        padded["e"] = "AAEAAQ";
        Assert.Throws<MalformedDataException>(() => Read(padded));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("z")]
    [InlineData("m6Mk")]
    [InlineData("z0OIl")]
    [InlineData("z6Mkha")]
    public void What_is_no_multikey_is_refused(string? text) => Assert.Throws<MalformedDataException>(() => DidKeys.FromMultibase(text));

    [Fact]
    public void A_point_that_is_not_on_its_curve_is_refused()
    {
        int points = Enumerable.Range(0, 64).Count(x => CompressedPoint.P256.Decompress([2, .. new byte[31], (byte)x]) is not null);
        Assert.InRange(points, 16, 48);
        Assert.Null(CompressedPoint.P256.Decompress([2, .. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Null(CompressedPoint.P256.Decompress([4, .. new byte[31], 5]));
        Assert.Null(CompressedPoint.P256.Decompress([2, .. new byte[32], 5]));
    }

    [Fact]
    public void Base_58_has_128_digits_at_most()
    {
        Assert.Equal(128, Base58.Decode(new string('1', 128))!.Length);
        Assert.Null(Base58.Decode(new string('1', 129)));
        Assert.Equal([0, 0, 57], Base58.Decode("11z")!);
    }
}
