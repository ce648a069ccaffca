namespace Provenance.TestKit;

/// <summary>In which encoding the signer's payload is signed; it is stored in the order of the most used writer.</summary>
public enum PayloadEncoding
{
    /// <summary>As stored.</summary>
    AsStored,

    /// <summary>Core deterministic (RFC 8949 §4.2.1), as the standard asks.</summary>
    Deterministic,
}

/// <summary>
/// Makes "cawg.identity" (CAWG identity 1.3): signed with a certificate, or by an aggregator of identity claims. Each rule of it can be broken.
/// </summary>
public sealed class IdentityRecipe
{
    /// <summary>Labels of the assertions of the same manifest that are vouched for.</summary>
    public List<string> Vouches { get; } = ["c2pa.hash.data"];

    public List<string> Roles { get; } = [];

    public string Label { get; set; } = "cawg.identity";

    /// <summary>sig_type; null for that of the way it is signed.</summary>
    public string? SignatureType { get; set; }

    public byte[] Pad1 { get; set; } = new byte[8];

    /// <summary>Null leaves it out.</summary>
    public byte[]? Pad2 { get; set; }

    public PayloadEncoding Signs { get; set; } = PayloadEncoding.Deterministic;

    /// <summary>How the signature is put into COSE.</summary>
    public CoseRecipe Cose { get; } = new() { WithPad = false };

    /// <summary>Last word on what is signed, before it is.</summary>
    public Action<BuildContext, CborFields>? PayloadChange { get; set; }

    /// <summary>Changes what is stored of it, behind the signature's back.</summary>
    public Action<CborFields>? StoredChange { get; set; }

    /// <summary>Last word on the assertion.</summary>
    public Action<CborFields>? AssertionChange { get; set; }

    /// <summary>Signed with a certificate.</summary>
    public static Assertion By(TestCertificate signer, Action<IdentityRecipe>? change = null)
    {
        var recipe = new IdentityRecipe();
        change?.Invoke(recipe);
        return recipe.ToAssertion("cawg.x509.cose", (payload, _) =>
            recipe.Cose.Sign(TestCbor.Encode(recipe.Signs == PayloadEncoding.AsStored ? payload : Deterministic(payload)), signer, signer.Key.DefaultMethod, claimVersion: 2, size: null));
    }

    /// <summary>Attested by an aggregator.</summary>
    public static Assertion By(TestAggregator aggregator, Action<IdentityRecipe>? change = null)
    {
        var recipe = new IdentityRecipe();
        change?.Invoke(recipe);
        return recipe.ToAssertion("cawg.identity_claims_aggregation", (payload, _) => aggregator.Sign(payload, recipe.Cose));
    }

    /// <summary>The same value with the keys of every map in deterministic order.</summary>
    public static object? Deterministic(object? value) => value switch
    {
        CborFields map => Sorted(map),
        string or byte[] or CborRaw => value,
        System.Collections.IEnumerable items => items.Cast<object?>().Select(Deterministic).ToArray(),
        _ => value,
    };

    private static CborFields Sorted(CborFields map)
    {
        var sorted = new CborFields();
        foreach (var (key, value) in map.OrderBy(entry => TestCbor.Encode(entry.Key), Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))))
            sorted.Add(key, Deterministic(value));
        return sorted;
    }

    private Assertion ToAssertion(string type, Func<CborFields, BuildContext, byte[]> sign) => Assertion.Cbor(Label, context =>
    {
        var payload = new CborFields { { "referenced_assertions", Vouches.Select(context.HashedUri).ToArray() }, { "sig_type", SignatureType ?? type } };
        if (Roles.Count > 0) payload.Add("role", Roles.ToArray());
        PayloadChange?.Invoke(context, payload);
        byte[] signature = sign(payload, context);
        StoredChange?.Invoke(payload);
        var fields = new CborFields { { "signer_payload", payload }, { "signature", signature }, { "pad1", Pad1 } };
        fields.AddIfPresent("pad2", Pad2);
        AssertionChange?.Invoke(fields);
        return fields;
    });
}
