using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>The claim: one, well-formed, complete (C2PA 2.5 §14.6, §10.2).</summary>
internal static class ClaimCases
{
    public static void Add(RuleCases cases)
    {
        Count(cases);
        Encoding(cases);
        Fields(cases);
        OldFields(cases);
        Algorithms(cases);
    }

    private static void Count(RuleCases cases)
    {
        cases.Change("claim-missing", m => m.Manifest(manifest => manifest.Children.RemoveAll(IsClaim)));
        cases.Change("claim-in-a-box-of-another-type", m => m.Manifest(manifest => manifest.Children.Find(IsClaim)!.ContentType = TestBox.Uuid("cbor")));
        cases.Change("claim-of-unknown-version", m => m.Manifest(manifest => manifest.Children.Find(IsClaim)!.Label = "c2pa.claim.v3"));
        cases.Change("claim-twice", m => m.Manifest(manifest => manifest.Children.Add(manifest.Children.Find(IsClaim)!)));
        cases.Change("claim-of-either-version", m => m.Manifest(manifest => manifest.Children.Add(
            TestBox.Super("c2cl", "c2pa.claim", TestBox.Content("cbor", manifest.Children.Find(IsClaim)!.Children[0].Payload)))));
    }

    private static void Encoding(RuleCases cases)
    {
        cases.Change("claim-not-cbor", m => m.ClaimBytes(_ => "{ }"u8.ToArray()));
        cases.Change("claim-cut-short", m => m.ClaimBytes(bytes => bytes[..^1]));
        cases.Change("claim-trailing-byte", m => m.ClaimBytes(bytes => [.. bytes, 0xF6]));
        cases.Change("claim-key-twice", m => m.Claim(claim => claim.Add("instanceID", "xmp:iid:another")));
        cases.Change("claim-not-a-map", m => m.ClaimBytes(_ => [0x80]));
        cases.Change("claim-two-contents", m => m.Manifest(manifest => manifest.Children.Find(IsClaim)!.Children.Add(TestBox.Content("cbor", [0xA0]))));
        cases.Change("claim-as-json", m => m.Manifest(manifest => manifest.Children.Find(IsClaim)!.Children[0].Type = "json"));
        cases.Change("claim-of-indefinite-length", m => m.Claim(claim => claim.Indefinite = true));
        cases.Change("claim-with-long-lengths", m => m.Claim(claim => claim.LongHead = true));
        cases.Change("claim-keys-in-any-order", m => m.Claim(claim => claim.Reverse()));
        cases.Change("claim-with-unknown-field", m => m.Claim(claim => claim.Add("org.example", 1)));
        cases.Change("claim-naming-a-later-version", m => m.Claim(claim => claim.Add("specVersion", "99.0.0")));
        cases.Add("claim-changed", image =>
        {
            SignedAsset asset = World.Sound().Titled("a title").Embed(image);
            return asset.StoreChanged(bytes => bytes.FlipBit(bytes.AsSpan().IndexOf("a title"u8)));
        });
    }

    private static void Fields(RuleCases cases)
    {
        foreach (string field in (string[])["instanceID", "signature", "created_assertions", "claim_generator_info"])
            cases.Change("claim-without-" + Kebab(field), m => m.Claim(claim => claim.Omit(field)));
        cases.Change("claim-without-generator-name", m => m.Claim(claim => ((CborFields)claim["claim_generator_info"]!).Omit("name")));
        cases.Change("claim-generator-info-as-array", m => m.Claim(claim => claim["claim_generator_info"] = new object[] { claim["claim_generator_info"]! }));
        cases.Change("claim-instance-id-not-text", m => m.Claim(claim => claim["instanceID"] = 7));
        cases.Change("claim-signature-not-text", m => m.Claim(claim => claim["signature"] = true));
        cases.Change("claim-without-any-assertion", m => m.Claim(claim => claim["created_assertions"] = Array.Empty<object>()));
        cases.Change("claim-assertions-not-an-array", m => m.Claim(claim => claim["created_assertions"] = "all"));
        cases.Change("claim-entry-without-url", m => m.Claim(claim => ((IReadOnlyList<CborFields>)claim["created_assertions"]!)[0].Omit("url")));
        cases.Change("claim-gathered-not-an-array", m => m.Claim(claim => claim["gathered_assertions"] = 1));
        cases.Change("claim-redactions-not-an-array", m => m.Claim(claim => claim["redacted_assertions"] = "none"));
        cases.Change("claim-redactions-empty", m => m.Claim(claim => claim["redacted_assertions"] = Array.Empty<object>()));
    }

    private static void OldFields(RuleCases cases)
    {
        foreach (string field in (string[])["claim_generator", "dc:format", "instanceID", "signature", "assertions"])
            cases.ChangeOld("claim-v1-without-" + Kebab(field), m => m.Claim(claim => claim.Omit(field)));
        cases.ChangeOld("claim-v1-without-generator-info", m => m.Claim(claim => claim.Omit("claim_generator_info")));
        cases.ChangeOld("claim-v1-generator-info-null", m => m.Claim(claim => claim["claim_generator_info"] = null));
        cases.ChangeOld("claim-v1-without-any-assertion", m => m.Claim(claim => claim["assertions"] = Array.Empty<object>()));
    }

    private static void Algorithms(RuleCases cases)
    {
        cases.Change("hash-algorithm-nowhere", m => m.Claim(claim => claim.Omit("alg")));
        cases.Change("hash-algorithm-of-each-entry", m => m.BoundBy(HardBinding.Data()).Claim(claim =>
        {
            claim.Omit("alg");
            foreach (CborFields entry in (IReadOnlyList<CborFields>)claim["created_assertions"]!) entry.Add("alg", "sha256");
        }));
        foreach (string name in (string[])["sha1", "md5", "SHA256", "crc32b", "fooooo"])
            cases.Change("hash-algorithm-" + name.ToLowerInvariant() + (name == "SHA256" ? "-in-capitals" : ""), m => m.Claim(claim => claim["alg"] = name));
        cases.Change("hash-algorithm-of-entry-wins", m => m.Claim(claim =>
        {
            claim["alg"] = "sha1";
            foreach (CborFields entry in (IReadOnlyList<CborFields>)claim["created_assertions"]!) entry.Add("alg", "sha256");
        }));
    }

    internal static bool IsClaim(TestBox box) => box.Label.StartsWith("c2pa.claim", StringComparison.Ordinal);

    private static string Kebab(string field) => field.Replace('_', '-').Replace(':', '-').Replace("instanceID", "instance-id", StringComparison.Ordinal);
}
