using System.IO.Compression;

namespace Provenance.TestKit;

/// <summary>The second half: from wishes to bytes.</summary>
public sealed partial class ManifestBuilder
{
    // Two or three do, but the size of a compressed manifest, or of bytes that are stuffed, is luck.
    private const int MostPasses = 5000;
    private const string RedactionUuid = "CAA98EEE-9D4D-F80E-86AD-4DFFCA263973";

    /// <summary>Signs and puts the store into the picture.</summary>
    public SignedAsset Embed(TestAsset image)
    {
        // The binding speaks of the asset with the store in it, so the store is built again until what it says is true.
        // A first guess of the right magnitude saves a pass.
        int guess = 4000 + _otherStores.Concat(_ingredients.Select(i => i.Source)).Sum(s => s?.Store.Length ?? 0);
        Embedding placeholder = image.Embed(new byte[guess]);
        int? coseSize = null;
        for (int pass = 0; pass < MostPasses; pass++)
        {
            (byte[] store, int signed) = Build(placeholder, coseSize);
            Embedding result = image.Embed(store);
            if (pass > 0 && IsSettled(placeholder, result)) return new(result, store, Label);
            coseSize ??= signed;
            placeholder = result;
        }
        throw new InvalidOperationException("the store's size does not settle");
    }

    // A compressed manifest never has the same length twice, but what binds it need not depend on that.
    private bool IsSettled(Embedding assumed, Embedding result)
    {
        // A container may write down the store's length and need more bytes than that.
        if (assumed.Extent == result.Extent && assumed.Bytes.Length == result.Bytes.Length && assumed.Pieces.Sum(p => p.Length) == result.Pieces.Sum(p => p.Length)) return true;
        byte[] Bindings(Embedding asset)
        {
            var context = new BuildContext(Label, AllAssertions(asset), OtherManifests(), asset, _algorithm, _uriStyle);
            return [.. (_bindings ?? [asset.Carrier.Binding()]).SelectMany(b => b.Write(context).ToBytes())];
        }
        return Bindings(assumed).AsSpan().SequenceEqual(Bindings(result));
    }

    /// <summary>Signs for a store that is kept beside the picture; the data hash has no exclusion.</summary>
    public SignedAsset Sidecar(TestAsset image)
    {
        var bare = new Embedding(image, image.Bytes, default, []);
        _bindings ??= [HardBinding.Data("c2pa.hash.data", _ => [])];
        return new(bare, Build(bare, null).Store, Label);
    }

    private (byte[] Store, int CoseSize) Build(Embedding asset, int? coseSize)
    {
        List<TestBox> others = OtherManifests();
        List<Assertion> assertions = AllAssertions(asset);
        var context = new BuildContext(Label, assertions, others, asset, _algorithm, _uriStyle);

        TestBox assertionStore = TestBox.Super("c2as", "c2pa.assertions", [.. assertions.Where(a => !a.IsMissing).Select(context.Write)]);
        CborFields claim = ClaimFields(context, assertions);
        foreach (Action<CborFields> change in _claimChanges) change(claim);
        byte[] claimBytes = TestCbor.Encode(claim);
        if (_claimBytes is not null) claimBytes = _claimBytes(claimBytes);

        TestCertificate signer = _signer ?? throw new InvalidOperationException("SignedBy is missing");
        byte[] cose = _cose.Sign(claimBytes, signer, _method ?? signer.Key.DefaultMethod, _claimVersion, coseSize);

        TestBox manifest = TestBox.Super(_contentType, Label,
            assertionStore,
            TestBox.Super("c2cl", _claimVersion == 1 ? "c2pa.claim" : "c2pa.claim.v2", TestBox.Content("cbor", claimBytes)),
            TestBox.Super("c2cs", "c2pa.signature", TestBox.Content("cbor", cose)));
        manifest.Children.AddRange(_extraBoxes);
        foreach (Action<TestBox> change in _manifestChanges) change(manifest);

        Redact(others);
        TestBox store = TestBox.Super("c2pa", "c2pa", [.. others, _compressed ? Compress(manifest) : manifest]);
        foreach (Action<TestBox> change in _storeChanges) change(store);
        byte[] bytes = store.ToBytes();
        return (_storeBytes is null ? bytes : _storeBytes(bytes), cose.Length);
    }

    private CborFields ClaimFields(BuildContext context, List<Assertion> assertions)
    {
        CborFields[] Entries(params AssertionList[] lists) =>
            [.. assertions.Where(a => lists.Contains(a.List)).SelectMany(a => Enumerable.Range(0, a.Entries).Select(_ => ChangedEntry(context, a)))];

        string signature = BuildContext.Uri(UriStyle.Absolute, Label, "c2pa.signature");
        CborFields claim = new();
        if (_claimVersion == 1)
        {
            claim.Add("claim_generator", $"{_generator["name"]}/{_generator["version"]}".TrimEnd('/').Replace(' ', '_'));
            claim.Add("claim_generator_info", new object[] { _generator });
            claim.AddIfPresent("dc:title", _title);
            claim.Add("dc:format", context.Asset.Carrier.MediaType);
        }
        claim.Add("instanceID", "xmp:iid:" + Seeded.Uuid("instance/" + _seed));
        if (_claimVersion == 2) claim.Add("claim_generator_info", _generator);
        claim.Add("signature", signature);
        if (_claimVersion == 1) claim.Add("assertions", Entries(AssertionList.Created, AssertionList.Gathered));
        else
        {
            claim.Add("created_assertions", Entries(AssertionList.Created));
            CborFields[] gathered = Entries(AssertionList.Gathered);
            if (gathered.Length > 0) claim.Add("gathered_assertions", gathered);
            claim.AddIfPresent("dc:title", _title);
        }
        if (_redactions.Count > 0)
            claim.Add("redacted_assertions", _redactions.Select(r => BuildContext.Uri(UriStyle.Absolute, r.Manifest, "c2pa.assertions/" + r.Assertion)).ToArray());
        claim.Add("alg", TestHash.C2paName(_algorithm));
        return claim;
    }

    private static CborFields ChangedEntry(BuildContext context, Assertion assertion)
    {
        CborFields entry = context.Entry(assertion, context.Algorithm);
        assertion.EntryChange?.Invoke(entry);
        return entry;
    }

    private List<Assertion> AllAssertions(Embedding asset)
    {
        List<Assertion> all = [];
        foreach ((int index, Ingredient ingredient) in _ingredients.Index())
        {
            string? thumbnail = null;
            if (ingredient.Thumbnail is { } picture)
            {
                thumbnail = "c2pa.thumbnail.ingredient" + (_claimVersion == 1 ? "." + picture.Extension.Replace("jpg", "jpeg", StringComparison.Ordinal) : "") + (index > 0 ? $"__{index}" : "");
                all.Add(Assertion.File(thumbnail, picture.MediaType, picture.Bytes));
            }
            all.Add(Assertion.Cbor(ingredient.LabelFor(_claimVersion, IngredientIndex(index)), c => ingredient.Write(c, _claimVersion, thumbnail)) with { List = ingredient.List });
        }
        if (_lateActions.Count > 0)
            all.Add(Assertion.Cbor(_actionsLabel ?? (_claimVersion == 1 ? "c2pa.actions" : "c2pa.actions.v2"), ActionsFields) with { List = _actionsList });
        all.AddRange(_assertions);
        all.AddRange(_bindings ?? [asset.Carrier.Binding()]);
        return all;
    }

    private CborFields ActionsFields(BuildContext context)
    {
        CborFields fields = new() { { "actions", _lateActions.Select(a => a(context)).ToArray() } };
        if (_claimVersion == 2) fields.Add("allActionsIncluded", true);
        _actionsChange?.Invoke(fields);
        return fields;
    }

    // Instance numbers count ingredients of one version: c2pa.ingredient.v3, c2pa.ingredient.v3__1, …
    private int IngredientIndex(int index) =>
        _ingredients.Take(index).Count(i => i.VersionFor(_claimVersion) == _ingredients[index].VersionFor(_claimVersion));

    private List<TestBox> OtherManifests()
    {
        List<TestBox> manifests = [];
        foreach (SignedAsset source in _otherStores.Concat(_ingredients.Where(i => i.Source is not null).Select(i => i.Source!)))
            foreach (TestBox manifest in source.Manifests)
                if (!manifests.Exists(m => m.Label == manifest.Label)) manifests.Add(manifest);
        return manifests;
    }

    // Ingredients hash the manifest as it was; the store keeps it as it is now.
    private void Redact(List<TestBox> manifests)
    {
        foreach ((string manifest, string assertion, RedactionManner manner) in _redactions)
        {
            TestBox? box = manifests.Find(m => m.Label == manifest)?.Children.Find(c => c.Label == "c2pa.assertions");
            TestBox? target = box?.Children.Find(c => c.Label == assertion);
            if (box is null || target is null || manner == RedactionManner.LeftInPlace) continue;
            if (manner == RedactionManner.Removed) box.Children.Remove(target);
            else if (manner == RedactionManner.ZeroedContent) target.Children.ForEach(c => c.Payload = new byte[c.Payload.Length]);
            else
            {
                int length = Math.Max(0, target.Children.Sum(c => c.Payload.Length + 8) - 24);
                target.Children.Clear();
                target.Children.Add(TestBox.Content("uuid", [.. TestBox.Uuid(RedactionUuid), .. new byte[length]]));
            }
        }
    }

    private static TestBox Compress(TestBox manifest) =>
        TestBox.Super("c2cm", manifest.Label, TestBox.Content("brob", Brotli(manifest.ToBytes())));

    /// <summary>RFC 7932, by the platform.</summary>
    public static byte[] Brotli(byte[] bytes)
    {
        byte[] buffer = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length) + 64];
        if (!BrotliEncoder.TryCompress(bytes, buffer, out int length, quality: 9, window: 22)) throw new InvalidOperationException("no room");
        return buffer[..length];
    }
}
