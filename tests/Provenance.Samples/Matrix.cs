using System.Security.Cryptography;
using Provenance.TestKit;

namespace Provenance.Samples;

/// <summary>
/// Many small signed files, each with the answer another reader should give. The name says it: <c>sound-</c>,
/// <c>broken-</c>, or <c>differs-</c> where the reference is known to see it otherwise than the text.
/// </summary>
internal static class Matrix
{
    private static readonly TestAuthority s_root = TestAuthority.Root("Matrix Root CA");
    private static readonly TestAuthority s_authority = s_root.Intermediate("Matrix Issuing CA");
    private static readonly TestCertificate s_signer = s_authority.Issue("Matrix Signer");
    private static readonly TestCertificate s_other = s_authority.Issue("Matrix Camera");
    private static readonly TestTimeStampAuthority s_tsa = new(s_root.IssueTimeStamper("Matrix Time Stamping"));

    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "anchors.pem"), s_root.AnchorPem);
        foreach ((string name, byte[] bytes) in Sound().Concat(Broken()).Concat(Damaged())) File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    private static ManifestBuilder Manifest(string seed, bool old = false)
    {
        ManifestBuilder builder = new ManifestBuilder(seed).SignedBy(s_signer);
        return (old ? builder.OldClaim() : builder).Titled(seed);
    }

    // The reference has no box hash for WebP.
    private static string BoxHashed(TestAsset image) => image is TestWebP ? "differs" : "sound";

    private static IEnumerable<(string, byte[])> Sound()
    {
        TestAsset[] images = [TestJpeg.Small(), TestPng.Small(), TestWebP.Small()];
        foreach (TestAsset image in images)
            foreach (bool old in (bool[])[false, true])
            {
                (string, byte[]) Case(string name, ManifestBuilder builder) =>
                    ($"{(name.StartsWith("boxes", StringComparison.Ordinal) ? BoxHashed(image) : "sound")}-v{(old ? 1 : 2)}-{name}.{image.Extension}", builder.Embed(image).Bytes);

                SignedAsset parent = Manifest("parent", old).Created().SignedBy(s_other).Embed(TestJpeg.Small());
                SignedAsset part = Manifest("part", old).Created().SignedBy(s_other).Embed(TestPng.Small());
                yield return Case("plain", Manifest("plain", old).Created());
                yield return Case("stamped", Manifest("stamped", old).Created().TimeStampedBy(s_tsa));
                yield return Case("parent", Manifest("with parent", old).Opened(parent));
                yield return Case("parts", Manifest("with parts", old).Opened(parent).Placed(part, "first").Placed(null, "second"));
                yield return Case("boxes", Manifest("boxes", old).Created().BoundBy(HardBinding.Boxes()));
                yield return Case("boxes-each", Manifest("boxes each", old).Created().BoundBy(HardBinding.Boxes(oneByOne: true)));
                yield return Case("sha384", Manifest("sha384", old).Created().HashedWith(HashAlgorithmName.SHA384));
                yield return Case("sha512", Manifest("sha512", old).Created().HashedWith(HashAlgorithmName.SHA512));
                yield return Case("absolute", Manifest("absolute", old).Created().Uris(UriStyle.Absolute));
                yield return Case("salted", Manifest("salted", old).Created().With(Assertion.Cbor("org.example.note", new CborFields { { "a", 1 } }).Salted(), Assertion.Json("org.example.json", "{\"a\":1}").Salted(32)));
                yield return Case("thumbnail", Manifest("thumbnail", old).From(Ingredient.Parent(parent) with { Thumbnail = TestJpeg.Of(TestPicture.Gradient(16, 16)) }).Opened()
                    .With(Assertion.File(old ? "c2pa.thumbnail.claim.jpeg" : "c2pa.thumbnail.claim", "image/jpeg", TestJpeg.Of(TestPicture.Gradient(32, 32)).Bytes)));
            }

        (string Name, TestKey Key, SignatureMethod? Method)[] keys =
        [
            ("es256", TestKey.P256("a"), null), ("es384", TestKey.P384("a"), null), ("es512", TestKey.P521("a"), null),
            ("ps256", TestKey.Rsa(2048), null), ("ps384", TestKey.Rsa(3072), SignatureMethod.Ps384), ("ps512", TestKey.Rsa(4096), SignatureMethod.Ps512),
            ("ed25519", TestKey.Ed25519("a"), null), ("esp256", TestKey.P256("a"), SignatureMethod.Esp256),
            ("ps256-pss-key", TestKey.RsaPssOnly(2048), null), ("ps256-pss-key-parameters", TestKey.RsaPssOnly(2048, parameters: HashAlgorithmName.SHA256), null),
        ];
        foreach ((string name, TestKey key, SignatureMethod? method) in keys)
            yield return ($"{(name == "esp256" ? "differs" : "sound")}-alg-{name}.jpg", Manifest(name).Created().SignedBy(s_authority.Issue("Signer " + name, key), method).Embed(TestJpeg.Small()).Bytes);
        foreach ((string name, TestKey key, SignatureMethod? method) in keys.Where(k => k.Name != "esp256"))
            yield return ($"sound-ca-{name}.jpg", Manifest("ca " + name).Created().SignedBy(
                s_root.Intermediate("CA " + name, key).Issue("Signer under " + name, change: c => c.SignedWith(method ?? key.DefaultCertificateMethod))).Embed(TestJpeg.Small()).Bytes);

        foreach (TestAsset image in images)
        {
            SignedAsset standard = Manifest("standard").Created().With(Assertion.Json("org.example.secret", "{\"secret\":\"here\"}")).Embed(image);
            // RIFF: the size at 4..7 grows with the store, and the standard manifest's hash covers it.
            yield return ($"{(image is TestWebP ? "broken" : "sound")}-update.{image.Extension}", Manifest("update").Update().Opened(standard).Embed(image).Bytes);
            yield return ($"sound-redacted-removed.{image.Extension}", Manifest("redacting").Opened(standard).Redacts(standard.ActiveLabel, "org.example.secret")
                .Action("c2pa.redacted", a => a.Add("parameters", new CborFields { { "redacted", $"self#jumbf=/c2pa/{standard.ActiveLabel}/c2pa.assertions/org.example.secret" } })).Embed(image).Bytes);
            // The reference cannot read an assertion whose content is the redaction UUID.
            yield return ($"differs-redacted-zeroed.{image.Extension}", Manifest("redacting").Opened(standard).Redacts(standard.ActiveLabel, "org.example.secret", RedactionManner.ZeroedUuid).Embed(image).Bytes);
            yield return ($"{BoxHashed(image)}-compressed.{image.Extension}", Manifest("compressed").Created().BoundBy(HardBinding.Boxes()).Compressed().Embed(image).Bytes);
        }
        yield return ("sound-pieces.jpg", Manifest("pieces").Created().Embed(TestJpeg.Small().InPiecesOf(700)).Bytes);
        yield return ("sound-metadata.jpg", Manifest("metadata").Created().Embed(TestJpeg.Small().WithExif().WithXmp().WithComment("hello")).Bytes);
        yield return ("sound-metadata.png", Manifest("metadata").Created().Embed(TestPng.Small().WithExif().WithXmp().WithText("Comment", "hello")).Bytes);
        yield return ("sound-metadata.webp", Manifest("metadata").Created().Embed(TestWebP.Small().WithExif().WithXmp()).Bytes);
        yield return ("sound-simple.webp", Manifest("simple").Created().Embed(TestWebP.Small() with { IsSimple = true }).Bytes);
        yield return ("sound-trailing.jpg", Manifest("trailing").Created().Embed(TestJpeg.Small().WithTrailing(TestJpeg.Small().Bytes)).Bytes);
        yield return ("sound-trailing.png", Manifest("trailing").Created().Embed(TestPng.Small().WithTrailing([1, 2, 3])).Bytes);
        // The reference takes RSTn for a segment with a length.
        yield return ("differs-restarts.jpg", Manifest("restarts").Created().BoundBy(HardBinding.Boxes(oneByOne: true)).Embed(TestJpeg.Of(TestPicture.Gradient(), restartInterval: 16)).Bytes);
        yield return ("sound-stamped-rsa.jpg", Manifest("rsa stamp").Created().TimeStampedBy(new(s_root.IssueTimeStamper("RSA stamps", TestKey.Rsa(2048)), t => t.PlainRsaName = true)).Embed(TestJpeg.Small()).Bytes);
        yield return ("sound-stapled.jpg", Manifest("stapled").Created().TimeStampedBy(s_tsa).Stapled(TestOcspResponder.Delegated(s_authority).Respond(s_signer)).Embed(TestJpeg.Small()).Bytes);
        yield return ("sound-expired-stamped.jpg", Manifest("expired").Created().TimeStampedBy(s_tsa.At("2024-06-01T00:00:00Z")).SignedBy(s_authority.Issue("Expired", change: c => c.Valid("2024-01-01", "2025-01-01"))).Embed(TestJpeg.Small()).Bytes);
        SignedAsset earlier = Manifest("earlier").Created().SignedBy(s_authority.Issue("Short-lived", change: c => c.Valid("2024-01-01", "2025-01-01"))).Embed(TestJpeg.Small());
        // The reference wants the token over the bare signature, the text over a counter-signature structure.
        foreach (TimeStampCover cover in Enum.GetValues<TimeStampCover>())
            yield return ($"{(cover == TimeStampCover.SignatureBytes ? "sound" : "differs")}-time-stamp-assertion-{cover}.jpg", Manifest("later").Update().Opened(earlier)
                .With(StandardAssertions.TimeStamp(earlier, s_tsa.At("2024-06-01T00:00:00Z"), cover)).Embed(TestJpeg.Small()).Bytes);
        yield return ("sound-certificate-status.jpg", Manifest("status").Opened(Manifest("before").Created().Embed(TestJpeg.Small())).With(StandardAssertions.CertificateStatus(TestOcspResponder.Delegated(s_authority).Respond(s_signer))).Embed(TestJpeg.Small()).Bytes);
        SignedAsset parts = Manifest("multi").Created().BoundBy([HardBinding.Data(), .. HardBinding.Parts(HardBinding.PictureAndRest, 2)]).Embed(TestJpeg.Small().WithTrailing(TestJpeg.Small().Bytes));
        yield return ("sound-multi-asset.jpg", parts.Bytes);
        yield return ("differs-multi-asset-without-rest.jpg", parts.Bytes[..^TestJpeg.Small().Bytes.Length]);
        yield return ("sound-metadata-assertion.jpg", Manifest("metadata assertion").Created().With(StandardAssertions.Metadata()).Embed(TestJpeg.Small()).Bytes);
        yield return ("sound-big.jpg", Manifest("big").Created().Embed(TestJpeg.OfAbout(3_000_000)).Bytes);
        yield return ("sound-big.png", Manifest("big").Created().Embed(TestPng.OfAbout(3_000_000)).Bytes);
        yield return ("sound-big.webp", Manifest("big").Created().Embed(TestWebP.OfAbout(3_000_000)).Bytes);
        yield return ("sound-extras.jpg", Manifest("extras", old: true).Created().WithCredential("did:example:photographer", "{\"credentialSubject\": {\"id\": \"did:example:photographer\"}}").WithDataBox("text/plain", "hi"u8.ToArray()).Embed(TestJpeg.Small()).Bytes);
        yield return ("sound-gathered.jpg", Manifest("gathered").Created().ActionsIn(AssertionList.Gathered).Embed(TestJpeg.Small()).Bytes);
        // By the text an ingredient hashes a compressed manifest as stored; the reference hashes what is inside.
        SignedAsset inner = Manifest("inner").Created().BoundBy(HardBinding.Boxes()).Compressed().Embed(TestJpeg.Small());
        yield return ("differs-compressed-parent.jpg", Manifest("compressed parent").Opened(inner).Embed(TestJpeg.Small()).Bytes);
        yield return ("sound-compressed-parent-inflated.jpg", Manifest("compressed parent").From(Ingredient.Parent(inner)
            .Fields(f => ((CborFields)f["activeManifest"]!)["hash"] = SHA256.HashData(inner.ActiveManifest.HashedBytes()))).Opened().Embed(TestJpeg.Small()).Bytes);
        yield return ("sound-indefinite.jpg", Manifest("indefinite").Created().Claim(c => c.Indefinite = true).Embed(TestJpeg.Small()).Bytes);
    }

    private static IEnumerable<(string, byte[])> Broken()
    {
        TestJpeg jpeg = TestJpeg.Small();
        byte[] Signed(string seed, Func<ManifestBuilder, ManifestBuilder> how) => how(Manifest(seed)).Embed(jpeg).Bytes;
        byte[] Cose(string seed, Action<CoseRecipe> how) => Manifest(seed).Created().Cose(how).Embed(jpeg).Bytes;
        byte[] Leaf(string seed, Action<CertificateRecipe> how, TestKey? key = null) => Manifest(seed).Created().SignedBy(s_authority.Issue(seed, key, how)).Embed(jpeg).Bytes;

        yield return ("broken-cose-untagged.jpg", Cose("untagged", c => c.Tag = null));
        yield return ("broken-cose-alg-unprotected.jpg", Cose("alg unprotected", c => c.AlgorithmPlace = HeaderPlace.Unprotected));
        yield return ("broken-cose-der.jpg", Cose("der", c => c.EcdsaForm = EcdsaForm.Der));
        yield return ("broken-cose-chain-unprotected-33.jpg", Cose("chain unprotected", c => c.ChainPlace = HeaderPlace.Unprotected));
        yield return ("sound-cose-chain-unprotected-text.jpg", Cose("chain text", c => (c.ChainPlace, c.ChainLabels) = (HeaderPlace.Unprotected, ["x5chain"])));
        yield return ("broken-cose-no-chain.jpg", Cose("no chain", c => c.ChainPlace = HeaderPlace.None));
        yield return ("broken-cose-context.jpg", Cose("context", c => c.Context = "CounterSignature"));
        yield return ("differs-cose-attached.jpg", Cose("attached", c => c.Payload = "x"u8.ToArray()));
        yield return ("broken-cose-other-key.jpg", Cose("other key", c => c.OtherKey = TestKey.P256("somebody else")));
        yield return ("differs-cose-crit.jpg", Cose("crit", c => c.ProtectedChange = h => { h.Add(2, new object[] { "unknown" }); h.Add("unknown", 1); }));
        yield return ("broken-leaf-no-eku.jpg", Leaf("no eku", c => c.WithoutExtendedKeyUsage()));
        yield return ("broken-leaf-any-eku.jpg", Leaf("any eku", c => c.ExtendedKeyUsages(Oids.EmailProtection, Oids.AnyExtendedKeyUsage)));
        yield return ("broken-leaf-no-ku.jpg", Leaf("no ku", c => c.WithoutKeyUsage()));
        yield return ("broken-leaf-is-ca.jpg", Leaf("is ca", c => c.BasicConstraints(true)));
        yield return ("broken-leaf-no-aki.jpg", Leaf("no aki", c => c.WithoutAuthorityKeyIdentifier()));
        yield return ("broken-leaf-unique-ids.jpg", Leaf("unique ids", c => c.WithUniqueIds()));
        yield return ("broken-leaf-v1.jpg", Leaf("v1", c => c.Version(1)));
        yield return ("broken-leaf-expired.jpg", Leaf("expired", c => c.Valid("2024-01-01", "2025-01-01")));
        yield return ("broken-leaf-rsa1024.jpg", Leaf("rsa1024", _ => { }, TestKey.Rsa(1024)));
        yield return ("broken-leaf-sha1.jpg", Leaf("sha1", c => c.SignedWith(SignatureMethod.EcdsaSha1)));
        yield return ("broken-leaf-k1.jpg", Leaf("k1", _ => { }, TestKey.Secp256k1("k1")));
        yield return ("broken-leaf-signature.jpg", Leaf("bad signature", c => c.BadSignature()));
        yield return ("broken-untrusted.jpg", Signed("self", b => b.Created().SignedBy(TestAuthority.SelfSigned("Self"))));
        yield return ("broken-pss-salt.jpg", Manifest("salt").Created().SignedBy(s_authority.Issue("Salt", TestKey.Rsa(2048)), SignatureMethod.Ps256 with { SaltLength = 20 }).Embed(jpeg).Bytes);
        yield return ("broken-revoked.jpg", Signed("revoked", b => b.Created().TimeStampedBy(s_tsa).Stapled(TestOcspResponder.Delegated(s_authority).Respond(s_signer, OcspAnswer.Revoked))));
        yield return ("broken-no-binding.jpg", Signed("no binding", b => b.Created().BoundBy()));
        yield return ("broken-two-bindings.jpg", Signed("two bindings", b => b.Created().BoundBy(HardBinding.Data(), HardBinding.Boxes())));
        yield return ("broken-no-actions.jpg", Signed("no actions", b => b));
        yield return ("broken-wrong-entry.jpg", Signed("wrong entry", b => b.Created().With(Assertion.Json("org.example.a", "{}").Entry(e => e["hash"] = new byte[32]))));
        yield return ("broken-undeclared.jpg", Signed("undeclared", b => b.Created().With(Assertion.Json("org.example.a", "{}").Unlisted())));
        yield return ("broken-missing.jpg", Signed("missing", b => b.Created().With(Assertion.Json("org.example.a", "{}").Missing())));
        yield return ("broken-claim-no-instance.jpg", Signed("no instance", b => b.Created().Claim(c => c.Omit("instanceID"))));
        yield return ("broken-exclusion-wide.jpg", Signed("wide", b => b.Created().BoundBy(HardBinding.Data("c2pa.hash.data", c => [new(c.Asset.Extent.Start, c.Asset.Extent.Length + 30)]))));
    }

    private static IEnumerable<(string, byte[])> Damaged()
    {
        TestAsset[] images = [TestJpeg.Small().WithExif(), TestPng.Small().WithExif(), TestWebP.Small().WithExif()];
        foreach (TestAsset image in images)
        {
            string extension = image.Extension;
            SignedAsset asset = Manifest("damaged").Created().TimeStampedBy(s_tsa).Cose(c => c.Padding = 400).Embed(image);
            SignedAsset other = Manifest("other").Created().Embed(image is TestPng ? TestPng.Of(TestPicture.Flat()) : TestJpeg.Of(TestPicture.Flat()));
            yield return ($"sound-undamaged.{extension}", asset.Bytes);
            yield return ($"broken-damaged-claim.{extension}", asset.FlipBit(asset.ClaimPart, 60));
            yield return ($"broken-damaged-signature.{extension}", asset.SignatureChanged());
            yield return ($"broken-damaged-certificate.{extension}", asset.FlipBit(asset.CosePart, 200));
            yield return ($"broken-damaged-actions.{extension}", asset.FlipBit(asset.AssertionPart("c2pa.actions.v2"), -5));
            yield return ($"broken-damaged-binding.{extension}", asset.FlipBit(asset.AssertionPart("c2pa.hash.data"), -20));
            yield return ($"broken-pixel.{extension}", asset.MediaChanged());
            yield return ($"broken-truncated.{extension}", asset.Bytes.Truncated(asset.Bytes.Length - 4));
            yield return ($"broken-appended.{extension}", asset.Bytes.Appended(1, 2, 3));
            yield return ($"broken-inserted.{extension}", asset.FillerInserted(asset.StoreExtent.End + asset.StoreExtent.Length % 2 * (image is TestWebP ? 1 : 0)));
            yield return ($"broken-injected.{extension}", asset.PadShrunkAndInjected(200, "hidden"u8));
            yield return ($"broken-copied-store.{extension}", asset.WithStoreOf(other));
            yield return ($"none-removed.{extension}", asset.StoreRemoved());
            yield return ($"none-overwritten.{extension}", asset.StoreOverwritten("nothing here"u8));
            yield return ($"broken-twice.{extension}", asset.StoreTwice());
        }
    }
}
