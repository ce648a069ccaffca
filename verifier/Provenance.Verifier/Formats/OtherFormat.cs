using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>
/// A file whose inside is not read: told by its first bytes at most. A manifest store beside it binds it by a data hash over all of its
/// bytes.
/// </summary>
internal sealed class OtherFormat(string name, byte[] signature, IReadOnlyList<string> mediaTypes, IReadOnlyList<string> extensions, StorePlacement placement) : IAssetFormat
{
    /// <summary>Bytes of no format the list has.</summary>
    public static OtherFormat Instance { get; } = new("unknown", [], ["application/octet-stream"], [], new(PlacementKind.NotPlaced, "14.5", "beside the file", "c2pa.hash.data"));

    public string Name => name;

    public IReadOnlyList<string> MediaTypes => mediaTypes;

    public IReadOnlyList<string> Extensions => extensions;

    public StorePlacement Placement => placement;

    public bool Matches(ReadOnlySpan<byte> head) => signature.Length > 0 && head.StartsWith(signature);

    public ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(new AssetMap
        {
            Format = this,
            MediaType = mediaTypes[0],
            Stores = [],
            Regions = [new AssetRegion(new ByteRange(0, source.Length), RegionKind.Media, name)],
        });
    }

    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
