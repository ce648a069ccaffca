using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;
using Provenance.Verifier.Crypto;
using Xunit;

namespace Provenance.Tests.Crypto;

public class Ed25519Tests
{
    private static readonly BigInteger Order = BigInteger.Parse("7237005577332262213973186563042994240857116359379907606001950938285454250989", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(
        "D75A980182B10AB7D54BFED3C964073A0EE172F3DAA62325AF021A68F707511A", "",
        "E5564300C360AC729086E2CC806E828A84877F1EB8E5D974D873E065224901555FB8821590A33BACC61E39701CF9B46BD25BF5F0595BBE24655141438E7A100B")]
    [InlineData(
        "3D4017C3E843895A92B70AA74D1B7EBC9C982CCF2EC4968CC0CD55F12AF4660C", "72",
        "92A009A9F0D4CAB8720E820B5F642540A2B27B5416503F8FB3762223EBDB69DA085AC1E43E15996E458F3613D0F11D8C387B2EAEB4302AEEB00D291612BB0C00")]
    [InlineData(
        "FC51CD8E6218A1A38DA47ED00230F0580816ED13BA3303AC5DEB911548908025", "AF82",
        "6291D657DEEC24024827E69C3ABE01A30CE548A284743A445E3680D7DB5AC3AC18FF9B538D16F290AE67F760984DC6594A7C15E9716ED28DC027BECEEA1EC40A")]
    public void The_examples_of_RFC_8032_verify_and_no_damaged_one_does(string key, string message, string signature)
    {
        byte[] a = Convert.FromHexString(key), m = Convert.FromHexString(message), s = Convert.FromHexString(signature);
        Assert.True(Ed25519.Verify(a, m, s));
        Assert.False(Ed25519.Verify(a, [.. m, 0], s));
        for (int i = 0; i < s.Length; i++)
            Assert.False(Ed25519.Verify(a, m, Flipped(s, i)));
        for (int i = 0; i < a.Length; i++)
            Assert.False(Ed25519.Verify(Flipped(a, i), m, s));
    }

    [Fact]
    public void Keys_have_32_bytes_and_signatures_64()
    {
        var signer = new Signer(1);
        byte[] signature = signer.Sign("x"u8.ToArray());
        Assert.True(Ed25519.Verify(signer.PublicKey, "x"u8, signature));
        Assert.False(Ed25519.Verify(signer.PublicKey, "x"u8, signature.AsSpan(0, 63)));
        Assert.False(Ed25519.Verify(signer.PublicKey, "x"u8, [.. signature, 0]));
        Assert.False(Ed25519.Verify(signer.PublicKey, "x"u8, []));
        Assert.False(Ed25519.Verify(signer.PublicKey.AsSpan(0, 31), "x"u8, signature));
        Assert.False(Ed25519.Verify([.. signer.PublicKey, 0], "x"u8, signature));
        Assert.False(Ed25519.Verify([], "x"u8, signature));
    }

    [Fact]
    public void Signatures_of_many_keys_verify_under_their_own_key_only()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            Signer signer = new(seed), other = new(seed + 1000);
            byte[] message = new byte[seed * 7];
            new Random(seed).NextBytes(message);
            byte[] signature = signer.Sign(message);
            Assert.True(Ed25519.Verify(signer.PublicKey, message, signature));
            Assert.False(Ed25519.Verify(other.PublicKey, message, signature));
        }
    }

    [Fact]
    public void S_must_be_below_the_order()
    {
        var signer = new Signer(2);
        byte[] signature = signer.Sign("x"u8.ToArray());
        byte[] larger = (new BigInteger(signature.AsSpan(32), isUnsigned: true) + Order).ToByteArray(isUnsigned: true);
        Assert.True(Ed25519.Verify(signer.PublicKey, "x"u8, signature));
        Assert.False(Ed25519.Verify(signer.PublicKey, "x"u8, [.. signature[..32], .. larger]));
    }

    [Fact]
    public async Task The_system_provider_wants_an_Ed25519_key()
    {
        var signer = new Signer(3);
        byte[] signature = signer.Sign("x"u8.ToArray());
        var scheme = new SignatureScheme(SignatureFamily.Ed25519, null);
        foreach (var kind in Enum.GetValues<PublicKeyKind>())
        {
            var answer = await new SystemCrypto().VerifyAsync(scheme, SpkiKey.Raw(kind, signer.PublicKey), "x"u8.ToArray(), signature, CancellationToken.None);
            Assert.Equal(kind == PublicKeyKind.Ed25519 ? SignatureCheck.Good : SignatureCheck.Bad, answer);
        }
    }

    /// <summary>The table of the class comment, case by case (index 3 is the only one an honest signer could come near).</summary>
    [Theory]
    [InlineData(0, false)] // small-order A and R
    [InlineData(1, false)] // small-order A
    [InlineData(2, false)] // small-order R
    [InlineData(3, true)] // A and R of mixed order, both equations hold
    [InlineData(4, false)] // only the cofactored equation holds
    [InlineData(5, false)] // only the cofactored equation holds, if computed without reducing 8k
    [InlineData(6, false)] // S > L
    [InlineData(7, false)] // S >> L
    [InlineData(8, false)] // non-canonical R, reduced for the hash
    [InlineData(9, false)] // non-canonical R
    [InlineData(10, false)] // non-canonical A, reduced for the hash
    [InlineData(11, false)] // non-canonical A; OpenSSL 3 accepts it
    public void Ed25519_speccheck_is_answered_by_the_written_policy(int index, bool expected)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var cases = JArray.Parse(File.ReadAllText(Shared.Path("vectors", "ed25519-speccheck", "cases.json")));
        Assert.Equal(12, cases.Count);
        Assert.Equal(expected, Ed25519.Verify(Hex(cases[index], "pub_key"), Hex(cases[index], "message"), Hex(cases[index], "signature")));
    }

    [Fact]
    public void Wycheproof_agrees()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var vectors = JObject.Parse(File.ReadAllText(Shared.Path("vectors", "wycheproof", "ed25519_test.part.json")));
        int good = 0, bad = 0;
        foreach (var group in vectors["testGroups"]!)
        {
            var key = SpkiKey.Read(Hex(group, "publicKeyDer"));
            Assert.Equal(PublicKeyKind.Ed25519, key.Kind);
            foreach (var test in group["tests"]!)
            {
                bool valid = (string?)test["result"] == "valid";
                Assert.True(valid == Ed25519.Verify(key.Key.Span, Hex(test, "msg"), Hex(test, "sig")), $"tcId {test["tcId"]}: {test["comment"]}");
                _ = valid ? good++ : bad++;
            }
        }
        Assert.Equal((58, 43), (good, bad));
    }

    /// <summary>
    /// Of the CCTV vectors, in which everything else is right, exactly those pass whose A and R are canonical and not of small order and
    /// in which no low-order residue is left (only the cofactored equation forgives that).
    /// </summary>
    [Fact]
    public void Cctv_is_answered_by_the_written_policy()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var vectors = JArray.Parse(File.ReadAllText(Shared.Path("vectors", "cctv-ed25519", "ed25519vectors.part.json")));
        string[] refused = ["low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R", "low_order_residue"];
        int good = 0;
        foreach (var vector in vectors)
        {
            bool expected = !(vector["flags"] as JArray ?? []).Any(flag => refused.Contains((string?)flag));
            bool answer = Ed25519.Verify(Hex(vector, "key"), Encoding.UTF8.GetBytes((string)vector["msg"]!), Hex(vector, "sig"));
            Assert.True(expected == answer, $"number {vector["number"]}: {answer}, {vector["flags"]}");
            good += answer ? 1 : 0;
        }
        Assert.Equal((609, 29), (vectors.Count, good));
    }

    private static byte[] Hex(JToken vector, string name) => Convert.FromHexString((string)vector[name]!);

    private static byte[] Flipped(byte[] bytes, int index)
    {
        byte[] copy = [.. bytes];
        copy[index] ^= (byte)(1 << (index % 8));
        return copy;
    }

    /// <summary>RFC 8032 §5.1.6 with the library's own points; not for real keys.</summary>
    private sealed class Signer
    {
        private readonly BigInteger _secret;
        private readonly byte[] _prefix;

        public Signer(int seed)
        {
            byte[] hash = SHA512.HashData(BitConverter.GetBytes(seed));
            hash[0] &= 0xF8;
            hash[31] = (byte)(hash[31] & 0x7F | 0x40);
            _secret = new BigInteger(hash.AsSpan(0, 32), isUnsigned: true);
            _prefix = hash[32..];
            PublicKey = Multiple(_secret);
        }

        public byte[] PublicKey { get; }

        public byte[] Sign(byte[] message)
        {
            var r = new BigInteger(SHA512.HashData((byte[])[.. _prefix, .. message]), isUnsigned: true) % Order;
            byte[] encodedR = Multiple(r);
            var k = new BigInteger(SHA512.HashData((byte[])[.. encodedR, .. PublicKey, .. message]), isUnsigned: true) % Order;
            byte[] s = ((r + k * _secret) % Order).ToByteArray(isUnsigned: true);
            return [.. encodedR, .. s, .. new byte[32 - s.Length]];
        }

        private static byte[] Multiple(BigInteger scalar)
        {
            byte[] encoded = new byte[32];
            Edwards25519Point.LinearCombination(scalar, Edwards25519Point.Base, 0, Edwards25519Point.Zero).Encode(encoded);
            return encoded;
        }
    }
}
