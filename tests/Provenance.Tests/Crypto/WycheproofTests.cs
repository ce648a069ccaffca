using Newtonsoft.Json.Linq;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;
using Xunit;

namespace Provenance.Tests.Crypto;

/// <summary>
/// Every vector of the selected Wycheproof files: valid verifies, invalid never, and "acceptable" (PKCS #1 without the NULL) is refused.
/// The counts are asserted so that no vector is passed over in silence.
/// </summary>
public class WycheproofTests
{
    private static readonly SystemCrypto Crypto = new();

    [Theory]
    [InlineData("ecdsa_secp256r1_sha256_p1363_test.json", HashAlgorithm.Sha256, 173, 89)]
    [InlineData("ecdsa_secp521r1_sha512_p1363_test.json", HashAlgorithm.Sha512, 231, 87)]
    public async Task Ecdsa_in_the_form_of_COSE_agrees(string file, HashAlgorithm hash, int good, int bad) =>
        await Agrees(file, _ => new SignatureScheme(SignatureFamily.Ecdsa, hash), good, bad);

    [Theory]
    [InlineData("ecdsa_secp256r1_sha256_test.json", HashAlgorithm.Sha256, 174, 310)]
    [InlineData("ecdsa_secp256r1_sha512_test.json", HashAlgorithm.Sha512, 243, 311)]
    [InlineData("ecdsa_secp384r1_sha256_test.json", HashAlgorithm.Sha256, 162, 310)]
    [InlineData("ecdsa_secp384r1_sha384_test.json", HashAlgorithm.Sha384, 194, 310)]
    public async Task Ecdsa_in_the_form_of_X509_agrees_once_converted(string file, HashAlgorithm hash, int good, int bad) =>
        await Agrees(file, _ => new SignatureScheme(SignatureFamily.Ecdsa, hash), good, bad, (der, key) => DerSignature.ToFixedWidth(der, (key.Bits + 7) / 8));

    [Theory]
    [InlineData("rsa_signature_2048_sha256_test.json", HashAlgorithm.Sha256, 9, 250)]
    [InlineData("rsa_signature_3072_sha384_test.json", HashAlgorithm.Sha384, 7, 252)]
    [InlineData("rsa_signature_4096_sha256_test.json", HashAlgorithm.Sha256, 7, 251)]
    public async Task Rsa_PKCS1_agrees(string file, HashAlgorithm hash, int good, int bad) =>
        await Agrees(file, _ => new SignatureScheme(SignatureFamily.RsaPkcs1, hash), good, bad);

    [Theory]
    [InlineData("rsa_pss_2048_sha256_mgf1_32_test.json", HashAlgorithm.Sha256, 63, 45)]
    [InlineData("rsa_pss_2048_sha256_mgf1_32_params_test.json", HashAlgorithm.Sha256, 63, 45)]
    [InlineData("rsa_pss_4096_sha256_mgf1_32_test.json", HashAlgorithm.Sha256, 63, 45)]
    [InlineData("rsa_pss_2048_sha384_mgf1_48_test.json", HashAlgorithm.Sha384, 95, 46)]
    [InlineData("rsa_pss_4096_sha512_mgf1_64_test.json", HashAlgorithm.Sha512, 132, 47)]
    public async Task Rsa_PSS_of_the_C2PA_profile_agrees(string file, HashAlgorithm hash, int good, int bad) =>
        await Agrees(file, _ => new SignatureScheme(SignatureFamily.RsaPss, hash, hash.DigestLength()), good, bad);

    [Theory]
    [InlineData("rsa_pss_2048_sha1_mgf1_20_test.json", 88)]
    [InlineData("rsa_pss_2048_sha256_mgf1_0_test.json", 103)]
    [InlineData("rsa_pss_2048_sha256_mgf1sha1_20_test.json", 108)]
    [InlineData("rsa_pss_4096_sha512_mgf1_32_params_test.json", 177)]
    [InlineData("rsa_pss_misc_params_test.json", 150)]
    public async Task Rsa_PSS_of_another_profile_is_refused_even_where_it_is_valid(string file, int count)
    {
        int seen = 0;
        foreach (var (group, test) in Vectors(file))
        {
            string hash = (string)group["sha"]!;
            foreach (var scheme in PssSchemes((int)group["sLen"]!))
            {
                bool ofTheProfile = hash == (string)group["mgfSha"]! && hash == NameOf(scheme.Hash!.Value) && scheme.Hash != HashAlgorithm.Sha1
                    && (int)group["sLen"]! == scheme.SaltLength && scheme.SaltLength == scheme.Hash.Value.DigestLength();
                // "s_len changed to 32": invalid for the salt of its file, and a right signature of the profile.
                bool saltOfTheProfile = file == "rsa_pss_2048_sha256_mgf1_0_test.json" && (int)test["tcId"]! == 69 && scheme is { Hash: HashAlgorithm.Sha256, SaltLength: 32 };
                bool good = (ofTheProfile && (string)test["result"]! == "valid") || saltOfTheProfile;
                var expected = good ? SignatureCheck.Good : SignatureCheck.Bad;
                Assert.Equal((test["tcId"], scheme, expected), (test["tcId"], scheme, await Check(scheme, group, test)));
            }
            seen++;
        }
        Assert.Equal(count, seen);
    }

    [Fact]
    public async Task Ed448_is_refused_by_every_scheme()
    {
        int seen = 0;
        foreach (var (group, test) in Vectors("ed448_test.json"))
        {
            Assert.Equal(PublicKeyKind.Other, KeyOf(group).Kind);
            foreach (var family in Enum.GetValues<SignatureFamily>())
            {
                var scheme = new SignatureScheme(family, HashAlgorithm.Sha256, 32);
                Assert.Equal(SignatureCheck.Bad, await Check(scheme, group, test));
            }
            seen++;
        }
        Assert.Equal(87, seen);
    }

    private static async Task Agrees(
        string file, Func<JToken, SignatureScheme> scheme, int good, int bad, Func<byte[], PublicKey, byte[]?>? convert = null)
    {
        int wasGood = 0, wasBad = 0;
        foreach (var (group, test) in Vectors(file))
        {
            bool valid = (string)test["result"]! == "valid";
            var answer = await Check(scheme(group), group, test, convert);
            Assert.True(valid == (answer == SignatureCheck.Good) && answer != SignatureCheck.Unsupported, $"{file} tcId {test["tcId"]}: {answer}, {test["comment"]}");
            if (valid)
                wasGood++;
            else
                wasBad++;
        }
        Assert.Equal((good, bad), (wasGood, wasBad));
    }

    private static IEnumerable<(JToken Group, JToken Test)> Vectors(string file)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var vectors = JObject.Parse(File.ReadAllText(Shared.Path("vectors", "wycheproof", file)));
        foreach (var group in vectors["testGroups"]!)
        {
            foreach (var test in group["tests"]!)
                yield return (group, test);
        }
    }

    private static async Task<SignatureCheck> Check(SignatureScheme scheme, JToken group, JToken test, Func<byte[], PublicKey, byte[]?>? convert = null)
    {
        var key = KeyOf(group);
        byte[]? signature = Convert.FromHexString((string)test["sig"]!);
        if (convert is not null)
            signature = convert(signature, key);
        return signature is null
            ? SignatureCheck.Bad
            : await Crypto.VerifyAsync(scheme, key, Convert.FromHexString((string)test["msg"]!), signature, CancellationToken.None);
    }

    private static PublicKey KeyOf(JToken group) => SpkiKey.Read(Convert.FromHexString((string)group["publicKeyDer"]!));

    private static IEnumerable<SignatureScheme> PssSchemes(int salt) =>
        from hash in Enum.GetValues<HashAlgorithm>()
        from length in new[] { hash.DigestLength(), salt }.Distinct()
        select new SignatureScheme(SignatureFamily.RsaPss, hash, length);

    private static string NameOf(HashAlgorithm hash) => hash switch
    {
        HashAlgorithm.Sha256 => "SHA-256",
        HashAlgorithm.Sha384 => "SHA-384",
        HashAlgorithm.Sha512 => "SHA-512",
        _ => "SHA-1",
    };
}
