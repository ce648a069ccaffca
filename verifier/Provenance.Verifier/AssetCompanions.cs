using Provenance.Verifier.Bytes;

namespace Provenance.Verifier;

/// <summary>A manifest store that is not in the asset.</summary>
/// <param name="Bytes">The store, from its first box to its last byte.</param>
/// <param name="Url">Where it was fetched from; null for one that was not.</param>
public sealed record DetachedManifest(ReadOnlyMemory<byte> Bytes, string? Url = null)
{
    /// <summary>The name of the file in which it was found beside the asset, without its folder; null for one that was fetched, or named by the caller.</summary>
    public string? FoundAs { get; init; }
}

/// <summary>A manifest store that is said to be elsewhere, and could not be had.</summary>
/// <param name="Url">Where it is said to be.</param>
/// <param name="Reason">Why it could not be had, in words.</param>
public sealed record InaccessibleManifest(string Url, string Reason);

/// <summary>What belongs to an asset and is not in it.</summary>
public sealed record AssetCompanions
{
    /// <summary>Nothing.</summary>
    public static AssetCompanions None { get; } = new();

    /// <summary>A store given beside the asset, or fetched; used only where the asset holds none (C2PA 2.5 §14.5).</summary>
    public DetachedManifest? Manifest { get; init; }

    /// <summary>Tells that fetching was tried in vain; used only where there is no store at all (<c>manifest.inaccessible</c>, C2PA 2.5 §14.5.3.1).</summary>
    public InaccessibleManifest? Inaccessible { get; init; }

    /// <summary>The segments that follow an initialization segment, in order (C2PA 2.5 §A.5.5).</summary>
    public IReadOnlyList<NamedSource> Fragments { get; init; } = [];

    /// <summary>The files of a collection; null where none are at hand.</summary>
    public IAssetFolder? Folder { get; init; }
}
