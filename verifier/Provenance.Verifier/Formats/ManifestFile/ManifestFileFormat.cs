using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.ManifestFile;

/// <summary>
/// A manifest store alone in a file (.c2pa, C2PA 2.5 §11.4). It binds an asset that is not here:
/// <code>
/// LBox 4 | TBox 4 "jumb" | XLBox 8 if LBox is 1 | length 4 | "jumd" | type UUID 16 "c2pa…" | …
/// </code>
/// </summary>
internal sealed class ManifestFileFormat : IAssetFormat
{
    public string Name => "C2PA manifest store";

    public IReadOnlyList<string> MediaTypes { get; } = ["application/c2pa", "application/x-c2pa-manifest-store"];

    public IReadOnlyList<string> Extensions { get; } = [".c2pa"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("11.4", "the whole file; the asset lies elsewhere");

    public bool Matches(ReadOnlySpan<byte> head) =>
        head.Length >= 8 && head[4..].StartsWith("jumb"u8) && (IsDescription(head, 8) || (head.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 1]) && IsDescription(head, 16)));

    /// <summary>The whole file is the store; that its length fits is for the JUMBF reader to say.</summary>
    public ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var all = new ByteRange(0, source.Length);
        return ValueTask.FromResult(new AssetMap
        {
            Format = this,
            MediaType = MediaTypes[0],
            Stores = [new StoreLocation([], [all])],
            Regions = [new AssetRegion(all, RegionKind.ManifestStore, Name)],
        });
    }

    /// <summary>There is no asset here that boxes could be listed of.</summary>
    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);

    private static bool IsDescription(ReadOnlySpan<byte> head, int at) => head.Length >= at + 12 && head.Slice(at + 4, 8).SequenceEqual("jumdc2pa"u8);
}
