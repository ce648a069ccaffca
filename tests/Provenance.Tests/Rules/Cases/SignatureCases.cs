using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>Where the signature is and how COSE writes it (C2PA 2.5 §14.7, §12.3; RFC 9052).</summary>
internal static class SignatureCases
{
    public static void Add(RuleCases cases)
    {
        Place(cases);
        Envelope(cases);
        Algorithm(cases);
        Value(cases);
        Chain(cases);
    }

    private static void Place(RuleCases cases)
    {
        cases.Change("signature-missing", m => m.Manifest(manifest => manifest.Children.RemoveAll(IsSignature)));
        cases.Change("signature-twice", m => m.Manifest(manifest => manifest.Children.Add(manifest.Child("c2pa.signature"))));
        cases.Change("signature-in-a-box-of-another-type", m => m.Manifest(manifest => manifest.Child("c2pa.signature").ContentType = TestBox.Uuid("cbor")));
        cases.Change("signature-url-leads-nowhere", m => m.Claim(claim => claim["signature"] = "self#jumbf=c2pa.signatures"));
        cases.Change("signature-url-to-an-assertion", m => m.Claim(claim => claim["signature"] = "self#jumbf=c2pa.assertions/c2pa.actions.v2"));
        cases.Change("signature-url-outside-the-store", m => m.Claim(claim => claim["signature"] = "https://example.org/signature"));
        cases.Add("signature-of-another-manifest", image =>
        {
            SignedAsset source = World.Source(image: image);
            return World.Silent().Opened(source).Claim(claim => claim["signature"] = $"self#jumbf=/c2pa/{source.ActiveLabel}/c2pa.signature").Embed(image);
        });
        cases.Change("signature-url-relative", m => m.Claim(claim => claim["signature"] = "self#jumbf=c2pa.signature"));
        cases.Change("signature-url-without-slash", m => m.Claim(claim => claim["signature"] = $"self#jumbf=c2pa/{m.Label}/c2pa.signature"));
        cases.Change("signature-url-with-dots", m => m.Claim(claim => claim["signature"] = "self#jumbf=c2pa.assertions/../c2pa.signature"));
        cases.Change("signature-two-contents", m => m.Manifest(manifest => manifest.Child("c2pa.signature").Children.Add(TestBox.Content("cbor", [0xA0]))));
        cases.Add("signature-spliced-from-another-file", image =>
        {
            SignedAsset other = World.Sound().Titled("another").Embed(image);
            return World.Sound().Titled("this one").Embed(image).BoxesChanged(store =>
                store.Children[0].Child("c2pa.signature").Children[0].Payload = other.ActiveManifest.Child("c2pa.signature").Children[0].Payload);
        });
    }

    private static void Envelope(RuleCases cases)
    {
        Cose(cases, "cose-untagged", cose => cose.Tag = null);
        Cose(cases, "cose-other-tag", cose => cose.Tag = 98);
        Cose(cases, "cose-tagged-twice", cose => cose.BytesChange = bytes => [0xD2, .. bytes]);
        Cose(cases, "cose-trailing-byte", cose => cose.BytesChange = bytes => [.. bytes, 0]);
        Cose(cases, "cose-not-cbor", cose => cose.BytesChange = bytes => [.. Enumerable.Repeat((byte)0xFF, bytes.Length)]);
        Cose(cases, "cose-five-elements", cose => cose.BytesChange = bytes => [bytes[0], 0x85, .. bytes[2..], 0xF6]);
        Cose(cases, "cose-payload-attached", cose => cose.Payload = "claim"u8.ToArray());
        Cose(cases, "cose-payload-empty", cose => cose.Payload = Array.Empty<byte>());
        Cose(cases, "cose-critical-header-unknown", cose => cose.ProtectedChange = header =>
        {
            header.Add(2, new object[] { "org.example" });
            header.Add("org.example", 1);
        });
        Cose(cases, "cose-critical-header-known", cose => cose.ProtectedChange = header => header.Add(2, new object[] { 1 }));
        Cose(cases, "cose-label-in-both-headers", cose => cose.AlgorithmPlace = HeaderPlace.Both);
        Cose(cases, "cose-unknown-headers", cose => (cose.ProtectedChange, cose.UnprotectedChange) = (header => header.Add("org.example", 1), header => header.Add("temp_signing_time", "2026")));
        Cose(cases, "cose-context", cose => cose.Context = "CounterSignature");
        Cose(cases, "cose-external-aad", cose => cose.ExternalAad = [1]);
    }

    private static void Algorithm(RuleCases cases)
    {
        Cose(cases, "cose-alg-absent", cose => cose.AlgorithmPlace = HeaderPlace.None);
        Cose(cases, "cose-alg-unprotected", cose => cose.AlgorithmPlace = HeaderPlace.Unprotected);
        Cose(cases, "cose-alg-unknown", cose => cose.Algorithm = -65000);
        Cose(cases, "cose-alg-none", cose => cose.Algorithm = 0);
        Cose(cases, "cose-alg-as-text", cose => cose.Algorithm = "ES256");
        Cose(cases, "cose-alg-rs256", cose => cose.Algorithm = -257);
        Cose(cases, "cose-alg-of-another-key", cose => cose.Algorithm = -37);
        Cose(cases, "cose-alg-of-another-curve", cose => cose.Algorithm = -35);
        cases.Change("cose-pkcs1-under-ps256", m => m.SignedBy(World.Authority.Issue("RSA signer", TestKey.Rsa(2048)), SignatureMethod.Rs256).Cose(cose => cose.Algorithm = -37));
        cases.Change("cose-pss-salt-too-short", m => m.SignedBy(World.Authority.Issue("RSA signer", TestKey.Rsa(2048)), SignatureMethod.Ps256 with { SaltLength = 20 }));
        cases.Change("cose-pss-key-for-another-hash", m => m.SignedBy(
            World.Authority.Issue("PSS signer", TestKey.RsaPssOnly(2048, parameters: System.Security.Cryptography.HashAlgorithmName.SHA512)), SignatureMethod.Ps256));
    }

    private static void Value(RuleCases cases)
    {
        Cose(cases, "signature-der", cose => cose.EcdsaForm = EcdsaForm.Der);
        Cose(cases, "signature-of-63-bytes", cose => cose.SignatureChange = signature => signature[..^1]);
        Cose(cases, "signature-of-65-bytes", cose => cose.SignatureChange = signature => [.. signature, 0]);
        Cose(cases, "signature-empty", cose => cose.SignatureChange = _ => []);
        Cose(cases, "signature-zero", cose => cose.SignatureChange = signature => new byte[signature.Length]);
        Cose(cases, "signature-bit-flipped", cose => cose.SignatureChange = signature => [.. signature[..^1], (byte)(signature[^1] ^ 1)]);
        Cose(cases, "signature-of-another-key", cose => cose.OtherKey = TestKey.P256("somebody else"));
        cases.Add("protected-header-changed", image =>
        {
            SignedAsset asset = World.Sound().Cose(cose => cose.ProtectedChange = header => header.Add("org.example", "aaaa")).Embed(image);
            return asset.StoreChanged(bytes => bytes.FlipBit(bytes.AsSpan().IndexOf("aaaa"u8)));
        });
    }

    private static void Chain(RuleCases cases)
    {
        Cose(cases, "x5chain-absent", cose => cose.ChainPlace = HeaderPlace.None);
        Cose(cases, "x5chain-empty", cose => cose.Chain = _ => []);
        Cose(cases, "x5chain-not-der", cose => cose.Chain = chain => [[1, 2, 3], .. chain.Skip(1)]);
        Cose(cases, "x5chain-of-text", cose => (cose.ChainPlace, cose.ProtectedChange) = (HeaderPlace.None, header => header.Add(33, new object[] { "certificate" })));
        Cose(cases, "x5chain-by-text-label", cose => cose.ChainLabels = ["x5chain"]);
        Cose(cases, "x5chain-unprotected-text-label", cose => (cose.ChainPlace, cose.ChainLabels) = (HeaderPlace.Unprotected, ["x5chain"]));
        cases.ChangeOld("x5chain-unprotected-text-label-v1", m => m.Cose(cose => (cose.ChainPlace, cose.ChainLabels) = (HeaderPlace.Unprotected, ["x5chain"])));
        Cose(cases, "x5chain-unprotected-33", cose => cose.ChainPlace = HeaderPlace.Unprotected);
        Cose(cases, "x5chain-33-in-both-headers", cose => cose.ChainPlace = HeaderPlace.Both);
        Cose(cases, "x5chain-33-and-text-protected", cose => cose.ChainLabels = [33, "x5chain"]);
        Cose(cases, "x5chain-33-and-text-unprotected", cose => cose.UnprotectedChange = header => header.Add("x5chain", World.Camera.Chain));
        cases.Add("x5chain-single-certificate", image => World.Sound().SignedBy(World.Root.Issue("Signer under the root")).Cose(cose => cose.ChainShape = ChainShape.Single).Embed(image));
        Cose(cases, "x5chain-with-root", cose => cose.Chain = chain => [.. chain, World.Root.Certificate.Der]);
        Cose(cases, "x5chain-out-of-order", cose => cose.Chain = chain => [chain[0], World.Root.Certificate.Der, chain[1]]);
        Cose(cases, "x5chain-leaf-last", cose => cose.Chain = chain => [.. chain.Reverse()]);
        Cose(cases, "x5chain-with-a-stranger", cose => cose.Chain = chain => [.. chain, World.Stranger.Certificate.Der]);
        Cose(cases, "x5chain-intermediate-not-der", cose => cose.Chain = chain => [chain[0], [0x30, 0x00]]);
        Cose(cases, "x5chain-without-intermediate", cose => cose.Chain = chain => [chain[0]]);
        Cose(cases, "x5chain-over-limit", cose => cose.Chain = chain => [chain[0], .. Enumerable.Repeat(chain[1], 10)]);
        // The key signs for two certificates; the signature cannot tell them apart, so the header must.
        cases.Add("x5chain-swapped-for-the-same-key", image =>
        {
            // Signatures in DER differ in length by a byte or two: until one fits.
            TestKey key = TestKey.P256("shared by two");
            TestCertificate honest = World.Authority.Issue("Honest name", key);
            TestCertificate other = Enumerable.Repeat("Other name.", 1000).Select(name => World.Authority.Issue(name, key)).First(certificate => certificate.Der.Length == honest.Der.Length);
            return World.Sound().SignedBy(honest).Embed(image).StoreChanged(bytes => bytes.Overwritten(bytes.AsSpan().IndexOf(honest.Der), other.Der));
        });
    }

    private static void Cose(RuleCases cases, string name, Action<CoseRecipe> how) => cases.Change(name, m => m.Cose(how));

    private static bool IsSignature(TestBox box) => box.Label == "c2pa.signature";
}
