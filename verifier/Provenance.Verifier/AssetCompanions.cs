using Provenance.Verifier.Bytes;

namespace Provenance.Verifier;

/// <summary>A manifest store that is not in the asset.</summary>
/// <param name="Bytes">The store, from its first box to its last byte.</param>
/// <param name="Url">Where it was fetched from; null for one that lay beside the asset.</param>
public sealed record DetachedManifest(ReadOnlyMemory<byte> Bytes, string? Url = null);

/// <summary>What belongs to an asset and is not in it.</summary>
public sealed record AssetCompanions
{
    /// <summary>Nothing.</summary>
    public static AssetCompanions None { get; } = new();

    /// <summary>A store given beside the asset, or fetched; used only where the asset holds none (C2PA 2.5 §14.5).</summary>
    public DetachedManifest? Manifest { get; init; }

    /// <summary>The segments that follow an initialization segment, in order (C2PA 2.5 §A.5.5).</summary>
    public IReadOnlyList<NamedSource> Fragments { get; init; } = [];

    /// <summary>The files of a collection; null where none are at hand.</summary>
    public IAssetFolder? Folder { get; init; }
}
