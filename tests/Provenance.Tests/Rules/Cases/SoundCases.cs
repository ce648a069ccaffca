using System.Security.Cryptography;
using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>What must be accepted: the twins of everything else.</summary>
internal static class SoundCases
{
    public static void Add(RuleCases cases)
    {
        cases.Change("sound", m => m);
        cases.ChangeOld("sound-v1", m => m);
        cases.Change("sound-stamped", m => m.TimeStampedBy(World.Tsa));
        cases.Change("sound-sha384", m => m.HashedWith(HashAlgorithmName.SHA384));
        cases.Change("sound-sha512", m => m.HashedWith(HashAlgorithmName.SHA512));
        cases.Add("sound-in-many-pieces", _ => World.Sound().Embed(World.Jpeg.InPiecesOf(700)));
        cases.Change("custom-assertion-does-not-change-the-state", m => m.With(Assertion.CborBytes("cawg.identity", [0xFF, 0x00, 0x1C])));
        cases.Change("unknown-assertion", m => m.With(Assertion.Cbor("org.example.note", new CborFields { { "text", "hello" } })));

        Signed(cases, "es256", TestKey.P256("rules"));
        Signed(cases, "es384", TestKey.P384("rules"));
        Signed(cases, "es512", TestKey.P521("rules"));
        Signed(cases, "esp256", TestKey.P256("rules"), SignatureMethod.Esp256);
        Signed(cases, "esp384", TestKey.P384("rules"), SignatureMethod.Esp384);
        Signed(cases, "esp512", TestKey.P521("rules"), SignatureMethod.Esp512);
        Signed(cases, "ps256", TestKey.Rsa(2048));
        Signed(cases, "ps384", TestKey.Rsa(2048), SignatureMethod.Ps384);
        Signed(cases, "ps512", TestKey.Rsa(2048), SignatureMethod.Ps512);
        Signed(cases, "ps256-pss-only-key", TestKey.RsaPssOnly(2048, parameters: HashAlgorithmName.SHA256));
        Signed(cases, "eddsa", TestKey.Ed25519("rules"));
        Signed(cases, "ed25519", TestKey.Ed25519("rules"), SignatureMethod.Ed25519);
    }

    private static void Signed(RuleCases cases, string name, TestKey key, SignatureMethod? method = null) =>
        cases.Change("signature-" + name, m => m.SignedBy(World.Authority.Issue("Signer with " + name, key), method));
}
