using System.Security.Cryptography;

namespace Provenance.TestKit;

/// <summary>How a redacted assertion looks in the store.</summary>
public enum RedactionManner
{
    /// <summary>The box is gone.</summary>
    Removed,

    /// <summary>Its content is one <c>uuid</c> box with the redaction UUID and zeros.</summary>
    ZeroedUuid,

    /// <summary>Its content box is all zeros, as before 2.2.</summary>
    ZeroedContent,

    /// <summary>Declared redacted, but still there.</summary>
    LeftInPlace,
}

/// <summary>
/// Writes one manifest, signs it and puts it into a picture:
/// <c>new ManifestBuilder("news").Created(DigitalSource.Camera).SignedBy(signer).Embed(TestJpeg.Small())</c>.
/// </summary>
public sealed partial class ManifestBuilder
{
    private readonly string _seed;
    private readonly List<Assertion> _assertions = [];
    private readonly List<Ingredient> _ingredients = [];
    private readonly List<Func<BuildContext, CborFields>> _lateActions = [];
    private readonly List<(string Manifest, string Assertion, RedactionManner Manner)> _redactions = [];
    private readonly List<Action<CborFields>> _claimChanges = [];
    private readonly List<Action<TestBox>> _manifestChanges = [];
    private readonly List<Action<TestBox>> _storeChanges = [];
    private readonly List<TestBox> _extraBoxes = [];
    private readonly List<SignedAsset> _otherStores = [];
    private readonly CoseRecipe _cose = new();
    private readonly CborFields _generator = new() { { "name", "Provenance TestKit" }, { "version", "1.0" } };
    private Func<byte[], byte[]>? _claimBytes;
    private Func<byte[], byte[]>? _storeBytes;
    private Action<CborFields>? _actionsChange;
    private IReadOnlyList<Assertion>? _bindings;
    private TestCertificate? _signer;
    private SignatureMethod? _method;
    private HashAlgorithmName _algorithm = HashAlgorithmName.SHA256;
    private UriStyle _uriStyle;
    private AssertionList _actionsList;
    private string _contentType = "c2ma";
    private string? _label, _title;
    private string? _actionsLabel;
    private int _claimVersion = 2;
    private bool _compressed;

    public ManifestBuilder(string seed) => _seed = seed;

    /// <summary>The manifest's label.</summary>
    public string Label => _label ?? (_claimVersion == 1 ? "urn:uuid:" : "urn:c2pa:") + Seeded.Uuid(_seed);

    // ---- the claim

    /// <summary>Claim v1 with the labels that went with it.</summary>
    public ManifestBuilder OldClaim() => Do(() => _claimVersion = 1);

    public ManifestBuilder Labelled(string label) => Do(() => _label = label);

    public ManifestBuilder GeneratedBy(string name, string? version = null) => Do(() =>
    {
        _generator["name"] = name;
        _generator.Omit("version").AddIfPresent("version", version);
    });

    public ManifestBuilder Titled(string title) => Do(() => _title = title);

    /// <summary>The claim's hash algorithm.</summary>
    public ManifestBuilder HashedWith(HashAlgorithmName algorithm) => Do(() => _algorithm = algorithm);

    /// <summary>How assertions are referred to.</summary>
    public ManifestBuilder Uris(UriStyle style) => Do(() => _uriStyle = style);

    /// <summary>Omit, replace, duplicate or add any field of the claim before it is signed.</summary>
    public ManifestBuilder Claim(Action<CborFields> change) => Do(() => _claimChanges.Add(change));

    /// <summary>Changes the claim's bytes before they are signed.</summary>
    public ManifestBuilder ClaimBytes(Func<byte[], byte[]> change) => Do(() => _claimBytes = change);

    // ---- assertions

    public ManifestBuilder With(params Assertion[] assertions) => Do(() => _assertions.AddRange(assertions));

    /// <summary>A <c>c2pa.created</c> action; claim v2 wants a source type.</summary>
    public ManifestBuilder Created(string? digitalSourceType = DigitalSource.Camera) =>
        Action("c2pa.created", a => a.AddIfPresent("digitalSourceType", digitalSourceType));

    /// <summary>A <c>c2pa.opened</c> action that refers to the parent ingredient.</summary>
    public ManifestBuilder Opened() => ActionOn("c2pa.opened", i => i.Relationship == "parentOf");

    /// <summary>An action by name; <paramref name="change"/> adds what else it says.</summary>
    public ManifestBuilder Action(string name, Action<CborFields>? change = null) => Do(() =>
    {
        CborFields action = new() { { "action", name } };
        change?.Invoke(action);
        _lateActions.Add(_ => action);
    });

    /// <summary>An action whose parameters refer to the ingredients that match.</summary>
    public ManifestBuilder ActionOn(string name, Func<Ingredient, bool> which, Action<CborFields>? change = null) => Do(() => _lateActions.Add(context =>
    {
        CborFields[] references = [.. _ingredients.Index().Where(i => which(i.Item)).Select(i => context.HashedUri(i.Item.LabelFor(_claimVersion, IngredientIndex(i.Index))))];
        object parameters = _claimVersion == 1 && references.Length == 1
            ? new CborFields { { "ingredient", references[0] } }
            : new CborFields { { "ingredients", references } };
        CborFields action = new() { { "action", name }, { "parameters", parameters } };
        change?.Invoke(action);
        return action;
    }));

    /// <summary>The actions assertion goes to the gathered list, or nowhere.</summary>
    public ManifestBuilder ActionsIn(AssertionList list) => Do(() => _actionsList = list);

    public ManifestBuilder ActionsLabelled(string label) => Do(() => _actionsLabel = label);

    /// <summary>Last word on the actions assertion.</summary>
    public ManifestBuilder Actions(Action<CborFields> change) => Do(() => _actionsChange = change);

    /// <summary>Adds an ingredient; the manifests of its source join this store.</summary>
    public ManifestBuilder From(Ingredient ingredient) => Do(() => _ingredients.Add(ingredient));

    /// <summary>Adds a parent ingredient and opens it.</summary>
    public ManifestBuilder Opened(SignedAsset parent, string title = "parent") => From(Ingredient.Parent(parent).Titled(title)).Opened();

    /// <summary>Adds a component ingredient and a <c>c2pa.placed</c> action for it.</summary>
    public ManifestBuilder Placed(SignedAsset? component, string title) =>
        From(Ingredient.Component(component).Titled(title)).ActionOn("c2pa.placed", i => i.Relationship == "componentOf" && i.Title == title);

    /// <summary>Replaces the usual data hash; none leaves the manifest unbound.</summary>
    public ManifestBuilder BoundBy(params Assertion[] bindings) => Do(() => _bindings = bindings);

    /// <summary>Declares an assertion of another manifest redacted.</summary>
    public ManifestBuilder Redacts(string manifestLabel, string assertionLabel, RedactionManner manner = RedactionManner.Removed) =>
        Do(() => _redactions.Add((manifestLabel, assertionLabel, manner)));

    // ---- the kind of manifest

    /// <summary>An update manifest: no binding of its own.</summary>
    public ManifestBuilder Update() => Do(() => (_contentType, _bindings) = ("c2um", _bindings ?? []));

    /// <summary>Another content type for the manifest box: <c>c2md</c>, <c>c2tm</c>.</summary>
    public ManifestBuilder ContentType(string fourCharacters) => Do(() => _contentType = fourCharacters);

    /// <summary>Stored as <c>c2cm</c> with one Brotli box.</summary>
    public ManifestBuilder Compressed() => Do(() => _compressed = true);

    // ---- boxes

    /// <summary>Puts another box into the manifest: credential store, data boxes, things nobody knows.</summary>
    public ManifestBuilder WithBox(TestBox box) => Do(() => _extraBoxes.Add(box));

    /// <summary>A data box store with one <c>c2pa.data</c>.</summary>
    public ManifestBuilder WithDataBox(string mediaType, byte[] data) => WithBox(TestBox.Super("c2db", "c2pa.databoxes",
        TestBox.Super("cbor", "c2pa.data", TestBox.Content("cbor", TestCbor.Encode(new CborFields { { "dc:format", mediaType }, { "data", data } })))));

    /// <summary>A credential store with one JSON credential, as 1.x had it.</summary>
    public ManifestBuilder WithCredential(string label, string json) => WithBox(TestBox.Super("c2vc", "c2pa.credentials",
        TestBox.Super("json", label, TestBox.Content("json", System.Text.Encoding.UTF8.GetBytes(json)))));

    /// <summary>Changes the finished manifest: drop, repeat, reorder, relabel its boxes.</summary>
    public ManifestBuilder Manifest(Action<TestBox> change) => Do(() => _manifestChanges.Add(change));

    /// <summary>Changes the finished store: the order of manifests, more boxes.</summary>
    public ManifestBuilder Store(Action<TestBox> change) => Do(() => _storeChanges.Add(change));

    /// <summary>Changes the store's bytes.</summary>
    public ManifestBuilder StoreBytes(Func<byte[], byte[]> change) => Do(() => _storeBytes = change);

    /// <summary>Merges the manifests of another store without referring to them.</summary>
    public ManifestBuilder CarryingAlong(SignedAsset other) => Do(() => _otherStores.Add(other));

    // ---- the signature

    public ManifestBuilder SignedBy(TestCertificate signer, SignatureMethod? method = null) => Do(() => (_signer, _method) = (signer, method));

    /// <summary>Adds a time stamp that covers what the claim version wants, in the header it wants.</summary>
    public ManifestBuilder TimeStampedBy(TestTimeStampAuthority authority) => Do(() => _cose.Stamped(authority.Stamp()));

    /// <summary>Adds an OCSP response to <c>rVals</c>.</summary>
    public ManifestBuilder Stapled(params byte[][] responses) => Do(() => _cose.OcspResponses.AddRange(responses));

    public ManifestBuilder Cose(Action<CoseRecipe> change) => Do(() => change(_cose));

    private ManifestBuilder Do(Action action)
    {
        action();
        return this;
    }
}
