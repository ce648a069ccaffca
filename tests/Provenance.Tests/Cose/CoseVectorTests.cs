using Newtonsoft.Json.Linq;
using Provenance.Tests.Crypto;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Xunit;

namespace Provenance.Tests.Cose;

/// <summary>Every file of the selected COSE working group examples, each with what a C2PA verifier makes of it.</summary>
public class CoseVectorTests
{
    /// <summary>What stops a message on its way to a good signature.</summary>
    public enum Stop
    {
        Nowhere,
        Malformed,
        NoAlgorithm,
        KeyDoesNotSuit,
        BadSignature,
    }

    private static readonly SystemCrypto Crypto = new();

    [Theory]
    [InlineData("sign1-tests/sign-pass-01.json", Stop.NoAlgorithm)] // alg in the unprotected header only
    [InlineData("sign1-tests/sign-pass-02.json", Stop.BadSignature)] // external data, which C2PA has not
    [InlineData("sign1-tests/sign-pass-03.json", Stop.Nowhere)]
    [InlineData("sign1-tests/sign-fail-01.json", Stop.Malformed)] // tag 998
    [InlineData("sign1-tests/sign-fail-02.json", Stop.BadSignature)]
    [InlineData("sign1-tests/sign-fail-03.json", Stop.NoAlgorithm)] // -999
    [InlineData("sign1-tests/sign-fail-04.json", Stop.NoAlgorithm)] // "unknown"
    [InlineData("sign1-tests/sign-fail-06.json", Stop.BadSignature)] // a protected label added
    [InlineData("sign1-tests/sign-fail-07.json", Stop.BadSignature)] // a protected label removed
    [InlineData("ecdsa-examples/ecdsa-sig-01.json", Stop.Nowhere)]
    [InlineData("ecdsa-examples/ecdsa-sig-02.json", Stop.Nowhere)]
    [InlineData("ecdsa-examples/ecdsa-sig-03.json", Stop.Nowhere)]
    [InlineData("ecdsa-examples/ecdsa-sig-04.json", Stop.KeyDoesNotSuit)] // ES512 with P-256
    [InlineData("eddsa-examples/eddsa-sig-01.json", Stop.Nowhere)]
    [InlineData("eddsa-examples/eddsa-sig-02.json", Stop.KeyDoesNotSuit)] // Ed448
    [InlineData("ecdsa-examples/ecdsa-01.json", Stop.Malformed)] // from here on COSE_Sign, tag 98
    [InlineData("ecdsa-examples/ecdsa-02.json", Stop.Malformed)]
    [InlineData("ecdsa-examples/ecdsa-03.json", Stop.Malformed)]
    [InlineData("ecdsa-examples/ecdsa-04.json", Stop.Malformed)]
    [InlineData("eddsa-examples/eddsa-01.json", Stop.Malformed)]
    [InlineData("eddsa-examples/eddsa-02.json", Stop.Malformed)]
    [InlineData("rsa-pss-examples/rsa-pss-01.json", Stop.Malformed)]
    [InlineData("rsa-pss-examples/rsa-pss-02.json", Stop.Malformed)]
    [InlineData("rsa-pss-examples/rsa-pss-03.json", Stop.Malformed)]
    [InlineData("x509-examples/signed-01.json", Stop.Malformed)]
    [InlineData("x509-examples/signed-02.json", Stop.Malformed)]
    [InlineData("x509-examples/signed-03.json", Stop.Malformed)]
    [InlineData("x509-examples/signed-04.json", Stop.Malformed)]
    [InlineData("x509-examples/signed-05.json", Stop.Malformed)]
    public async Task A_message_of_the_working_group_gets_as_far_as_it_should(string file, Stop expected)
    {
        var vector = Read(file);
        Assert.Equal(expected, await Check(vector));
        if ((bool?)vector["fail"] == true)
            Assert.NotEqual(Stop.Nowhere, expected);
    }

    [Fact]
    public void No_example_is_left_out()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        int named = typeof(CoseVectorTests).GetMethod(nameof(A_message_of_the_working_group_gets_as_far_as_it_should))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Length;
        Assert.Equal(Directory.GetFiles(Shared.Path("vectors", "cose-wg"), "*.json", SearchOption.AllDirectories).Length, named);
    }

    [Theory]
    [InlineData("sign1-tests/sign-pass-01.json", SignatureFamily.Ecdsa, HashAlgorithm.Sha256)]
    [InlineData("ecdsa-examples/ecdsa-sig-04.json", SignatureFamily.Ecdsa, HashAlgorithm.Sha512)]
    public async Task What_only_our_profile_refuses_is_right_otherwise(string file, SignatureFamily family, HashAlgorithm hash)
    {
        var vector = Read(file);
        var message = CoseMessage.Parse(Convert.FromHexString((string)vector["output"]!["cbor"]!));
        Assert.Equal(SignatureCheck.Good, await Crypto.VerifyAsync(
            new SignatureScheme(family, hash), KeyOf(vector), message.SigStructure("Signature1", message.Payload!.Value.Span), message.Signature, CancellationToken.None));
    }

    [Theory]
    [InlineData("ecdsa-examples/ecdsa-sig-01.json")]
    [InlineData("ecdsa-examples/ecdsa-sig-02.json")]
    [InlineData("ecdsa-examples/ecdsa-sig-03.json")]
    [InlineData("ecdsa-examples/ecdsa-sig-04.json")]
    [InlineData("eddsa-examples/eddsa-sig-01.json")]
    [InlineData("eddsa-examples/eddsa-sig-02.json")]
    [InlineData("sign1-tests/sign-pass-01.json")]
    [InlineData("sign1-tests/sign-pass-03.json")]
    public void The_signed_bytes_are_those_of_the_working_group(string file)
    {
        var vector = Read(file);
        var message = CoseMessage.Parse(Convert.FromHexString((string)vector["output"]!["cbor"]!));
        Assert.Equal((string?)vector["intermediates"]!["ToBeSign_hex"], Convert.ToHexString(message.SigStructure("Signature1", message.Payload!.Value.Span)));
    }

    private static async Task<Stop> Check(JObject vector)
    {
        try
        {
            var message = CoseMessage.Parse(Convert.FromHexString((string)vector["output"]!["cbor"]!));
            if (message.Algorithm is not { } algorithm)
                return Stop.NoAlgorithm;
            var key = KeyOf(vector);
            if (!algorithm.Suits(key))
                return Stop.KeyDoesNotSuit;
            byte[] signed = message.SigStructure("Signature1", message.Payload!.Value.Span);
            var answer = await Crypto.VerifyAsync(algorithm.Scheme, key, signed, message.Signature, CancellationToken.None);
            return answer == SignatureCheck.Good ? Stop.Nowhere : Stop.BadSignature;
        }
        catch (MalformedDataException)
        {
            return Stop.Malformed;
        }
    }

    private static JObject Read(string file)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        return JObject.Parse(File.ReadAllText(Shared.Path("vectors", "cose-wg", file)));
    }

    private static PublicKey KeyOf(JObject vector)
    {
        var key = vector["input"]!["sign0"]!["key"]!;
        return (string?)key["crv"] switch
        {
            "P-256" => SpkiKey.Ec(PublicKeyKind.P256, Number(key, "x", 32), Number(key, "y", 32)),
            "P-384" => SpkiKey.Ec(PublicKeyKind.P384, Number(key, "x", 48), Number(key, "y", 48)),
            "P-521" => SpkiKey.Ec(PublicKeyKind.P521, Number(key, "x", 66), Number(key, "y", 66)),
            "Ed25519" => SpkiKey.Raw(PublicKeyKind.Ed25519, Number(key, "x", 32)),
            "Ed448" => SpkiKey.Raw(PublicKeyKind.Other, Number(key, "x", 57)),
            var curve => throw new InvalidOperationException($"{curve} is new"),
        };
    }

    private static byte[] Number(JToken key, string name, int width)
    {
        byte[] bytes = key[name + "_hex"] is { } hex
            ? Convert.FromHexString((string)hex!)
            : Convert.FromBase64String(((string)key[name]!).Replace('-', '+').Replace('_', '/').PadRight((((string)key[name]!).Length + 3) / 4 * 4, '='));
        return [.. new byte[width - bytes.Length], .. bytes];
    }
}
