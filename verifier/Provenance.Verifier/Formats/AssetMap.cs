using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>What a range of an asset is, in words a report can use.</summary>
public enum RegionKind
{
    /// <summary>Container framing: signatures, headers, tables the decoder needs.</summary>
    Structure,

    /// <summary>Picture, sound or other content that a viewer renders.</summary>
    Media,

    /// <summary>The manifest store with its framing.</summary>
    ManifestStore,

    /// <summary>EXIF camera data.</summary>
    Exif,

    /// <summary>XMP metadata.</summary>
    Xmp,

    /// <summary>IPTC or other Photoshop resources.</summary>
    Iptc,

    /// <summary>A colour profile.</summary>
    ColourProfile,

    /// <summary>Text, comments, other metadata.</summary>
    OtherMetadata,

    /// <summary>Bytes behind the end of the picture.</summary>
    Trailing,

    /// <summary>Anything else.</summary>
    Unknown,
}

/// <summary>A range of the asset and what it is.</summary>
/// <param name="Range">Where.</param>
/// <param name="Kind">What, in words a report can use.</param>
/// <param name="Name">The container's own name of the part, for instance "APP1" or "IDAT".</param>
public sealed record AssetRegion(ByteRange Range, RegionKind Kind, string Name);

/// <summary>A box as the general box hash names it (C2PA 2.5 §16.3.3.3), with its bytes.</summary>
/// <param name="Name">The name, for instance "SOI", "C2PA", "IDAT".</param>
/// <param name="Range">First byte of the box to its last.</param>
public sealed record NamedBox(string Name, ByteRange Range)
{
    /// <summary>
    /// Where the bytes of a box lie that is in several pieces, such as a stream of Ogg whose pages others interleave: a hash of the box is made
    /// over these, in order. Null for all other boxes, which are their whole range.
    /// </summary>
    public IReadOnlyList<ByteRange>? Pieces { get; init; }

    /// <summary>A field in it that counts as zero in a hash, because it follows from the store's own bytes.</summary>
    internal ByteRange? Zeroed { get; init; }

    /// <summary>Zeros behind it at the end of the file that belong to no box.</summary>
    internal int PaddingBehind { get; init; }

    /// <summary>It has the place of a store, and says where one is instead.</summary>
    internal bool IsManifestPointer { get; init; }

    /// <summary>
    /// Whether a hash means this box. A name of four characters may be written without its last spaces: an example of the standard
    /// (§16.3.3.4) drops them, and the reference keeps them.
    /// </summary>
    internal bool IsNamed(string name) => Name == name || Name.AsSpan().TrimEnd(' ').SequenceEqual(name.AsSpan().TrimEnd(' '));
}

/// <summary>One manifest store found in an asset.</summary>
/// <param name="Extent">Every byte the store and its container framing occupy, in file order: what an exclusion must equal.</param>
/// <param name="Payload">Where the store's own bytes lie, in order; joined, and decoded as <see cref="Encoding"/> says, they are the JUMBF superbox.</param>
public sealed record StoreLocation(IReadOnlyList<ByteRange> Extent, IReadOnlyList<ByteRange> Payload)
{
    /// <summary>
    /// Fields elsewhere whose value follows from the store, such as the size of a RIFF file or a checksum in the directory of a ZIP: a hash may
    /// leave them out too, so that the store can grow (C2PA 2.5 §16.3.1.6).
    /// </summary>
    public IReadOnlyList<ByteRange> LengthFields { get; init; } = [];

    /// <summary>What an exclusion may equal too, where a clause can be read in two ways: with or without the line ends around a block of text (§A.9.5.1).</summary>
    internal IReadOnlyList<ByteRange> OtherExtents { get; init; } = [];

    /// <summary>
    /// Offsets count from the start of the file and something lies behind the store: if the store grew, they would lead into it. So it cannot
    /// have grown since the content was bound.
    /// </summary>
    internal bool StandsFast { get; init; }

    /// <summary>How the store's own bytes are written.</summary>
    public StoreEncoding Encoding { get; init; }

    /// <summary>Length of the store's own bytes as they are written.</summary>
    public long PayloadLength
    {
        get
        {
            long length = 0;
            foreach (var range in Payload)
                length += range.Length;
            return length;
        }
    }
}

/// <summary>Something the container's walk noticed that is no error.</summary>
/// <param name="Offset">Where.</param>
/// <param name="Text">What, for the technical part of a report.</param>
public sealed record FormatNote(long Offset, string Text);

/// <summary>What a container's one walk found.</summary>
public sealed class AssetMap
{
    /// <summary>The format that made the map.</summary>
    public required IAssetFormat Format { get; init; }

    /// <summary>The media type told by the bytes, for instance "image/jpeg".</summary>
    public required string MediaType { get; init; }

    /// <summary>The stores found, in file order. More than one in a place that admits one counts as none located (§14.5).</summary>
    public required IReadOnlyList<StoreLocation> Stores { get; init; }

    /// <summary>
    /// The stores are read as one, the last of them holding the active manifest: "original" and "update" in BMFF (§A.5), revisions of a
    /// PDF (§A.4).
    /// </summary>
    public bool StoresAreOne { get; init; }

    /// <summary>The data hash of unstructured text is made over its NFC form (§A.8).</summary>
    public bool HashesNormalizedText { get; init; }

    /// <summary>The last checkpoint line of a text that is only appended to (§A.3.17); null where there is none.</summary>
    internal CheckpointLine? Checkpoint { get; init; }

    /// <summary>The last line that looks like a checkpoint is none: <see cref="StoreFault"/> says why (§14.5.2.5).</summary>
    internal bool LacksCheckpoint { get; init; }

    /// <summary>The regions walked, in file order, without overlaps; what lies behind the last was not walked.</summary>
    public required IReadOnlyList<AssetRegion> Regions { get; init; }

    /// <summary>The same told apart as finely as is known; for reports.</summary>
    internal IReadOnlyList<AssetRegion> FineRegions => field ??= Formats.FineRegions.Of(this);

    /// <summary>Where the walk ended: the end of the last region.</summary>
    internal long WalkedEnd => Regions.Count == 0 ? 0 : Regions[^1].Range.End;

    /// <summary>Where the container's own fields say the store is, if it holds none; null where they say nothing. XMP is asked after them.</summary>
    public string? ManifestUrl { get; init; }

    /// <summary>The XMP packet, at most <see cref="Limits.XmpBytes"/>; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Xmp { get; init; }

    /// <summary>The blocks of metadata the walk passed, in the order in which it did; what they say was not read.</summary>
    internal IReadOnlyList<MetadataLocation> Metadata { get; init; } = [];

    /// <summary>What the walk noticed.</summary>
    public IReadOnlyList<FormatNote> Notes { get; init; } = [];

    /// <summary>A part looked like a manifest store but is none (for instance pieces that do not add up): never the same as "none".</summary>
    public MalformedDataException? StoreFault { get; init; }
}

/// <summary>One container format: tells its files by their first bytes and walks them once.</summary>
public interface IAssetFormat
{
    /// <summary>Short name, for instance "JPEG".</summary>
    string Name { get; }

    /// <summary>Media types, the preferred one first.</summary>
    IReadOnlyList<string> MediaTypes { get; }

    /// <summary>File name extensions with their dot, lower case, the preferred one first.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Where files of this format carry a manifest store.</summary>
    StorePlacement Placement { get; }

    /// <summary>Whether an asset that starts with <paramref name="head"/> (up to <see cref="AssetFormats.HeadLength"/> bytes) is of this format.</summary>
    bool Matches(ReadOnlySpan<byte> head);

    /// <summary>Walks the container as far as needed to find every store; constant memory, one pass.</summary>
    /// <exception cref="MalformedDataException">The container breaks its own rules before a store could be ruled in or out.</exception>
    ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation);

    /// <summary>
    /// Every box of the asset from its first byte to its last, as the general box hash names them; null where the format has no
    /// such names. Bytes behind the last box are not listed.
    /// </summary>
    /// <exception cref="MalformedDataException">The container cannot be walked to its end.</exception>
    ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation);
}
