using Provenance.TestKit;
using Provenance.Tests.Rules.Cases;

namespace Provenance.Tests.Rules;

/// <summary>The cases that rows of <c>tests/corpus/rules.json</c> name, each with the way to make its file in a container.</summary>
internal sealed class RuleCases
{
    private readonly Dictionary<string, Func<TestAsset, CaseFile>> _cases = new(StringComparer.Ordinal);

    private RuleCases()
    {
        SoundCases.Add(this);
        JumbfCases.Add(this);
        ClaimCases.Add(this);
        SignatureCases.Add(this);
        CredentialCases.Add(this);
        TrustCases.Add(this);
        TimeCases.Add(this);
        RevocationCases.Add(this);
        IdentityCases.Add(this);
        AssertionCases.Add(this);
        ActionCases.Add(this);
        IngredientCases.Add(this);
        RedactionCases.Add(this);
        UpdateCases.Add(this);
        DataHashCases.Add(this);
        BoxesHashCases.Add(this);
        MultiAssetCases.Add(this);
        StoreCases.Add(this);
        DocumentCases.Add(this);
        BmffCases.Add(this);
        BmffExclusionCases.Add(this);
        BmffMerkleCases.Add(this);
        BmffFragmentCases.Add(this);
        BmffStoreCases.Add(this);
    }

    public static RuleCases All { get; } = new();

    public IEnumerable<string> Names => _cases.Keys;

    public bool Has(string name) => _cases.ContainsKey(name);

    public CaseFile Make(string name, string container) => _cases[name](World.Images[container]);

    /// <summary>A case for whatever container the row asks for.</summary>
    public void Add(string name, Func<TestAsset, CaseFile> make) => _cases.Add(name, make);

    /// <summary>A case that changes a sound manifest of version 2.</summary>
    public void Change(string name, Func<ManifestBuilder, ManifestBuilder> how) => Add(name, image => how(World.Sound()).Embed(image));

    /// <summary>A case that changes a sound manifest of version 1.</summary>
    public void ChangeOld(string name, Func<ManifestBuilder, ManifestBuilder> how) => Add(name, image => how(World.Old()).Embed(image));
}
