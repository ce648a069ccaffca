using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>
/// Maps laid over each other: the first that has a key gives its value. Looking a key up costs the same however large the maps are, so that
/// a thousand actions may share the templates below them without a copy of those for each.
/// </summary>
internal sealed class LayeredMap(IReadOnlyList<IReadOnlyDictionary<string, CborValue>> layers)
{
    public static LayeredMap Empty { get; } = new([]);

    /// <summary>Uppermost first.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, CborValue>> Layers { get; } = layers;

    public CborValue? this[string key]
    {
        get
        {
            foreach (var layer in Layers)
            {
                if (layer.TryGetValue(key, out var value))
                    return value;
            }
            return null;
        }
    }

    /// <summary>The same with a map on top.</summary>
    public LayeredMap Under(CborValue? map) => map is { Kind: CborKind.Map } ? new([LayerOf(map), .. Layers]) : this;

    /// <summary>The merged entries, made anew at each call; keys that a layer above has are not repeated.</summary>
    public IEnumerable<KeyValuePair<string, CborValue>> Entries
    {
        get
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            return Layers.SelectMany(layer => layer).Where(entry => seen.Add(entry.Key));
        }
    }

    /// <summary>The entries of a map under text keys.</summary>
    private static Dictionary<string, CborValue> LayerOf(CborValue? map)
    {
        var layer = new Dictionary<string, CborValue>(StringComparer.Ordinal);
        AddTo(layer, map);
        return layer;
    }

    /// <summary>Puts the entries of a map over those a layer has.</summary>
    public static void AddTo(Dictionary<string, CborValue> layer, CborValue? map)
    {
        foreach (var (key, value) in map?.Entries ?? [])
        {
            if (key.Text is { } name)
                layer[name] = value;
        }
    }
}
