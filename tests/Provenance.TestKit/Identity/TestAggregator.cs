using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provenance.TestKit;

/// <summary>An aggregator of identity claims: attests identities in verifiable credentials (CAWG identity 1.3 §8.1), and has a DID.</summary>
public sealed class TestAggregator
{
    // A "+" of Base64 that is escaped would make the length of the file luck.
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TestKey _key;

    private TestAggregator(TestKey key, string did) => (_key, Did) = (key, did);

    public string Did { get; }

    /// <summary>The algorithm of the signature; null for the key's own.</summary>
    public long? Algorithm { get; private init; }

    /// <summary>Last word on the credential.</summary>
    public Action<JsonObject>? CredentialChange { get; private init; }

    /// <summary>Changes the bytes of the credential, before they are signed.</summary>
    public Func<byte[], byte[]>? BytesChange { get; private init; }

    /// <summary>The payload element; null takes the credential.</summary>
    public bool IsDetached { get; private init; }

    /// <summary>The content type; null leaves it out.</summary>
    public object? ContentType { get; private init; } = "application/vc";

    /// <summary>Its key stands in its name.</summary>
    public static TestAggregator Jwk(TestKey key) => new(key, "did:jwk:" + Base64Url(Encoding.UTF8.GetBytes(PublicJwk(key).ToJsonString())));

    /// <summary>Its key stands in its name, as a Multikey.</summary>
    public static TestAggregator Multikey(TestKey key) => new(key, "did:key:" + Multibase(key));

    /// <summary>Its key stands in a document under this name.</summary>
    public static TestAggregator Named(TestKey key, string did) => new(key, did);

    public TestAggregator With(Action<JsonObject> change) => new(_key, Did) { Algorithm = Algorithm, CredentialChange = CredentialChange + change, BytesChange = BytesChange, ContentType = ContentType, IsDetached = IsDetached };

    public TestAggregator WithBytes(Func<byte[], byte[]> change) => new(_key, Did) { Algorithm = Algorithm, CredentialChange = CredentialChange, BytesChange = change, ContentType = ContentType, IsDetached = IsDetached };

    public TestAggregator WithContentType(object? type) => new(_key, Did) { Algorithm = Algorithm, CredentialChange = CredentialChange, BytesChange = BytesChange, ContentType = type, IsDetached = IsDetached };

    public TestAggregator Naming(long algorithm) => new(_key, Did) { Algorithm = algorithm, CredentialChange = CredentialChange, BytesChange = BytesChange, ContentType = ContentType, IsDetached = IsDetached };

    public TestAggregator Detached() => new(_key, Did) { Algorithm = Algorithm, CredentialChange = CredentialChange, BytesChange = BytesChange, ContentType = ContentType, IsDetached = true };

    /// <summary>Its document, with its key embedded under assertionMethod.</summary>
    public JsonObject Document(string type = "JsonWebKey2020") => new()
    {
        ["@context"] = "https://www.w3.org/ns/did/v1",
        ["id"] = Did,
        ["assertionMethod"] = new JsonArray(Method(type)),
    };

    /// <summary>Its key as a verification method.</summary>
    public JsonObject Method(string type = "JsonWebKey2020", string id = "#key-0") => new()
    {
        ["id"] = Did + id,
        ["type"] = type,
        ["controller"] = Did,
        [type == "Multikey" ? "publicKeyMultibase" : "publicKeyJwk"] = type == "Multikey" ? Multibase(_key) : PublicJwk(_key),
    };

    internal byte[] Sign(CborFields payload, CoseRecipe cose)
    {
        var credential = new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", "https://cawg.io/identity/1.1/ica/context/"),
            ["type"] = new JsonArray("VerifiableCredential", "IdentityClaimsAggregationCredential"),
            ["issuer"] = Did,
            ["validFrom"] = "2026-03-14T08:00:00.123456789Z",
            ["credentialSubject"] = new JsonObject
            {
                ["id"] = "did:example:somebody",
                ["verifiedIdentities"] = new JsonArray(new JsonObject
                {
                    ["type"] = "cawg.social_media",
                    ["name"] = "Silly Cats",
                    ["username"] = "silly-cats",
                    ["uri"] = "https://social.example/silly-cats",
                    ["verifiedAt"] = "2026-03-14T07:00:00Z",
                    ["method"] = "cawg.federated_login",
                    ["provider"] = new JsonObject { ["id"] = "https://social.example", ["name"] = "Example Social" },
                }),
                ["c2paAsset"] = ToJson(payload),
            },
        };
        CredentialChange?.Invoke(credential);
        byte[] bytes = Encoding.UTF8.GetBytes(credential.ToJsonString(s_plain));
        if (BytesChange is not null) bytes = BytesChange(bytes);
        cose.ChainPlace = HeaderPlace.None;
        cose.Algorithm ??= Algorithm;
        cose.Payload = IsDetached ? null : bytes;
        Action<CborFields>? change = cose.ProtectedChange;
        cose.ProtectedChange = header =>
        {
            if (ContentType is not null && !header.Has(3)) header.Add(3, ContentType);
            change?.Invoke(header);
        };
        try
        {
            return cose.Sign(bytes, new TestCertificate([], _key, null, [], [], [], []), _key.DefaultMethod, claimVersion: 2, size: null);
        }
        finally
        {
            cose.ProtectedChange = change;
        }
    }

    /// <summary>A public key as JSON Web Key (RFC 7517).</summary>
    public static JsonObject PublicJwk(TestKey key)
    {
        byte[] bits = key.PublicKeyBits;
        if (key.DefaultMethod == SignatureMethod.EdDsa)
            return new() { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = Base64Url(bits), ["alg"] = "EdDSA" };
        if (key.Platform is System.Security.Cryptography.RSA rsa)
        {
            var parameters = rsa.ExportParameters(includePrivateParameters: false);
            return new() { ["kty"] = "RSA", ["n"] = Base64Url(parameters.Modulus!), ["e"] = Base64Url(parameters.Exponent!) };
        }
        int width = bits.Length / 2;
        return new()
        {
            ["kty"] = "EC",
            ["crv"] = width switch { 32 => "P-256", 48 => "P-384", _ => "P-521" },
            ["x"] = Base64Url(bits[1..(1 + width)]),
            ["y"] = Base64Url(bits[(1 + width)..]),
        };
    }

    /// <summary>A public key as Multikey, EC points compressed.</summary>
    public static string Multibase(TestKey key)
    {
        byte[] bits = key.PublicKeyBits;
        if (key.DefaultMethod == SignatureMethod.EdDsa) return "z" + Base58([0xED, 0x01, .. bits]);
        int width = bits.Length / 2;
        byte[] prefix = width switch { 32 => [0x80, 0x24], 48 => [0x81, 0x24], _ => [0x82, 0x24] };
        return "z" + Base58([.. prefix, (byte)(2 + (bits[^1] & 1)), .. bits[1..(1 + width)]]);
    }

    public static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static string Base58(byte[] bytes)
    {
        const string alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        var digits = new StringBuilder();
        for (; number > 0; number /= 58) digits.Insert(0, alphabet[(int)(number % 58)]);
        return new string('1', bytes.TakeWhile(b => b == 0).Count()) + digits;
    }

    // CBOR as JSON, byte strings as plain Base64 (§8.1.2.6).
    private static JsonNode? ToJson(object? value) => value switch
    {
        CborFields map => new JsonObject(map.Select(entry => new KeyValuePair<string, JsonNode?>((string)entry.Key, ToJson(entry.Value)))),
        byte[] bytes => Convert.ToBase64String(bytes),
        string text => text,
        int number => number,
        bool flag => flag,
        null => null,
        System.Collections.IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(ToJson)]),
        _ => throw new ArgumentException($"no JSON for {value.GetType()}", nameof(value)),
    };
}
