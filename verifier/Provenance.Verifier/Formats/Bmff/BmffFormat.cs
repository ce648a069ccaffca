using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Bmff;

/// <summary>
/// A file of the ISO base media format (ISO 14496-12), told from its relatives by its brand. The manifest store is in a uuid box of the file
/// itself (C2PA 2.5 §A.5), its extent is that whole box:
/// <code>
/// ftyp | uuid C2PA "manifest" | moov | mdat | uuid C2PA "merkle" …
/// ftyp | uuid C2PA "original" | moov | mdat | uuid C2PA "update"
/// </code>
/// </summary>
internal sealed class BmffFormat : IAssetFormat, IInnerRegions
{
    /// <summary>XMP part 3 §3.5: BE7ACFCB-97A9-42E8-9C71-999491E3AFAC.</summary>
    private static ReadOnlySpan<byte> XmpId => [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];

    private readonly string[] _brands;
    private readonly Family _family;

    private BmffFormat(Family family, string name, IReadOnlyList<string> mediaTypes, IReadOnlyList<string> extensions, params ReadOnlySpan<string> brands)
    {
        (_family, Name, MediaTypes, Extensions) = (family, name, mediaTypes, extensions);
        _brands = brands.ToArray();
    }

    /// <summary>Names that files of one kind go by in practice, whatever their brand.</summary>
    private enum Family
    {
        Pictures,
        Films,
        QuickTime,
        Avif,
    }

    /// <summary>HEIF with pictures coded by HEVC (ISO 23008-12 annex B).</summary>
    public static BmffFormat Heic { get; } = new(Family.Pictures, "HEIC", ["image/heic", "image/heic-sequence"], [".heic", ".heics"], "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs");

    /// <summary>HEIF with pictures coded by AV1 (AV1 Image File Format §8).</summary>
    public static BmffFormat Avif { get; } = new(Family.Avif, "AVIF", ["image/avif"], [".avif", ".avifs"], "avif", "avis");

    /// <summary>HEIF of any coding (ISO 23008-12 §10).</summary>
    public static BmffFormat Heif { get; } = new(Family.Pictures, "HEIF", ["image/heif", "image/heif-sequence"], [".heif", ".heifs", ".hif"], "mif1", "mif2", "msf1", "jpeg", "jpgs", "miaf", "1pic");

    /// <summary>QuickTime; old files have no file type box and start with another.</summary>
    public static BmffFormat Mov { get; } = new(Family.QuickTime, "MOV", ["video/quicktime"], [".mov", ".qt"], "qt  ");

    /// <summary>MPEG-4 sound.</summary>
    public static BmffFormat M4a { get; } = new(Family.Films, "M4A", ["audio/mp4"], [".m4a", ".m4b", ".m4p", ".m4r"], "M4A ", "M4B ", "M4P ");

    /// <summary>3GPP and 3GPP2 (3GPP TS 26.244 §5.3).</summary>
    public static BmffFormat ThreeGp { get; } = new(Family.Films, "3GP", ["video/3gpp", "video/3gpp2", "audio/3gpp", "audio/3gpp2"], [".3gp", ".3g2", ".3gpp"],
        "3gp1", "3gp2", "3gp3", "3gp4", "3gp5", "3gp6", "3gp7", "3gp8", "3gp9", "3gr6", "3gr7", "3gr9", "3gs6", "3gs7", "3gs9", "3ge6", "3ge7", "3ge9", "3gg6", "3gg9", "3gm9", "3gh9", "3g2a", "3g2b", "3g2c");

    /// <summary>MPEG-4 film.</summary>
    public static BmffFormat Mp4 { get; } = new(Family.Films, "MP4", ["video/mp4"], [".mp4", ".m4v", ".f4v"],
        "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "isoa", "isob", "isoc", "mp41", "mp42", "mp71", "avc1", "hvc1", "hev1", "av01", "dash", "cmfc", "cmf2", "M4V ", "M4VH", "M4VP", "MSNV", "XAVC", "f4v ", "F4V ",
        "mmp4", "NDSC", "NDSH", "NDSM", "NDSP", "NDSS", "NDXC", "NDXH", "NDXM", "NDXP", "NDXS");

    /// <summary>Any other brand, and segments of a stream. Asked last of the family.</summary>
    public static BmffFormat Other { get; } = new(Family.Films, "ISO BMFF", ["application/mp4"], [".m4s", ".cmfv", ".cmfa", ".cmft"]);

    public string Name { get; }

    public IReadOnlyList<string> MediaTypes { get; }

    public IReadOnlyList<string> Extensions { get; }

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.5", "a uuid box", "c2pa.hash.bmff");

    /// <summary>Whether a file of another member of this family may bear the extension: a brand says how a file is coded, a name often less.</summary>
    public bool SharesNamesWith(IAssetFormat other) => other is BmffFormat { _family: var family } && family == _family;

    public bool Matches(ReadOnlySpan<byte> head) => MajorBrand(head) is { } brand ? _brands.Length == 0 || _brands.Contains(brand) : this == Mov ? IsBareQuickTime(head) : this == Other && IsSegment(head);

    /// <summary>The major brand; null where the file does not start with a file type box that holds one.</summary>
    private static string? MajorBrand(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12 || !head[4..8].SequenceEqual("ftyp"u8))
            return null;
        string major = BmffBox.TypeOf(head[8..]);
        // "Some HEIF" is what many files are by their major brand; what they hold says a compatible one.
        return major is not ("mif1" or "msf1") ? major : Compatible(head, Avif) ?? Compatible(head, Heic) ?? major;
    }

    private static string? Compatible(ReadOnlySpan<byte> head, BmffFormat format)
    {
        long length = Math.Min(head.Length, (long)head[0] << 24 | (uint)head[1] << 16 | (uint)head[2] << 8 | head[3]);
        for (int at = 16; at + 4 <= length; at += 4)
        {
            string brand = BmffBox.TypeOf(head[at..]);
            if (format._brands.Contains(brand))
                return brand;
        }
        return null;
    }

    /// <summary>
    /// QuickTime from before file type boxes starts with the film, its media or space to fill. The reference refuses such files; a store
    /// beside them, or one in them, is read here. A first size of 128 MB and more is text.
    /// </summary>
    private static bool IsBareQuickTime(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8 || head[0] >= 8)
            return false;
        string type = BmffBox.TypeOf(head[4..]);
        return type is "moov" or "mdat" or "wide" or "free" or "skip" or "pnot";
    }

    private static bool IsSegment(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8 || head[0] != 0)
            return false;
        string type = BmffBox.TypeOf(head[4..]);
        return type is "styp" or "moof" or "sidx" or "prft" or "emsg";
    }

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        var found = new ProvenanceBoxes();
        try
        {
            await WalkAsync(walk, found, limits).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            if (e.Structure == ContentProvenanceBox.Structure)
                walk.StoreFault(e);
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        if (found.IsLoneSegment)
            throw new MalformedDataException("BMFF segment", 0, "the credentials of a segment are in the initialization segment of its stream");
        walk.StoresAreOne = found.IsUpdate;
        walk.StoreFault(found.Fault);
        return walk.ToMap(this, MediaTypes[0]);
    }

    private static async ValueTask WalkAsync(AssetWalk walk, ProvenanceBoxes found, Limits limits)
    {
        var boxes = BoxSequence.Roots(walk.Window, new BoxBudget(limits));
        while (await boxes.NextAsync().ConfigureAwait(false) is { } box)
        {
            if (await ContentProvenanceBox.IsOneAsync(walk.Window, box).ConfigureAwait(false))
            {
                walk.Region(box.Range, RegionKind.ManifestStore, "uuid");
                await AddAsync(walk, found, box).ConfigureAwait(false);
            }
            else
            {
                found.Seen(box);
                walk.Region(box.Range, await KindAsync(walk, box, limits).ConfigureAwait(false), box.Name);
            }
        }
        // A box of C2PA's that is longer than the file is a store that is there and unreadable.
        if (boxes is { Fault: { } fault, Broken: { } broken } && await ContentProvenanceBox.IsOneAsync(walk.Window, broken).ConfigureAwait(false))
            throw new MalformedDataException(ContentProvenanceBox.Structure, fault.Offset, fault.Rule);
        if (boxes.Fault is { } damage)
            throw damage;
        walk.EndsAt(boxes.Position, "behind the last box");
    }

    private static async ValueTask AddAsync(AssetWalk walk, ProvenanceBoxes found, BmffBox box)
    {
        try
        {
            var c2pa = await ContentProvenanceBox.ReadAsync(walk.Window, box).ConfigureAwait(false);
            found.Add(c2pa);
            if (c2pa.IsStore)
                walk.Store(new StoreLocation([box.Range], [await c2pa.StoreAsync(walk.Window).ConfigureAwait(false)]));
            else if (await c2pa.LooksLikeStoreAsync(walk.Window).ConfigureAwait(false))
                throw new MalformedDataException(ContentProvenanceBox.Structure, box.Start, "a manifest store in a box that should hold the proof of a hash (attack B06)");
            else if (!await c2pa.LooksLikeProofAsync(walk.Window).ConfigureAwait(false))
                found.AddUnreadable(box);
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            // A word in a box of C2PA's own that is not the standard's must not make the credentials vanish.
            walk.StoreFault(fault);
        }
    }

    private static async ValueTask<RegionKind> KindAsync(AssetWalk walk, BmffBox box, Limits limits)
    {
        switch (box.Type)
        {
            case "uuid" when box.Content.Length >= 16:
                var id = await walk.Window.AtAsync(box.Content.Offset, 16).ConfigureAwait(false);
                if (!id.Span.SequenceEqual(XmpId))
                    return RegionKind.OtherMetadata;
                await walk.XmpAsync(ByteRange.FromTo(box.Content.Offset + 16, box.End)).ConfigureAwait(false);
                return RegionKind.Xmp;
            case "meta":
                await FindItemsAsync(walk, box, limits).ConfigureAwait(false);
                return RegionKind.Structure;
            case "ftyp" or "styp" or "sidx" or "ssix" or "mfra" or "pdin":
                return RegionKind.Structure;
            case "moov":
                walk.Metadata(MetadataBlockKind.Comment, box.Content, MetadataForm.Film);
                return RegionKind.Media;
            case "moof" or "mdat" or "imda":
                return RegionKind.Media;
            case "free" or "skip" or "wide" or "emsg" or "prft" or "udta":
                return RegionKind.OtherMetadata;
            default:
                return RegionKind.Unknown;
        }
    }

    /// <summary>The XMP packet of a HEIF is an item of its own, and so is its EXIF (ISO 23008-12 annexes A.2 and A.3).</summary>
    private static async ValueTask FindItemsAsync(AssetWalk walk, BmffBox meta, Limits limits)
    {
        try
        {
            foreach (var item in await MetaItems.ReadAsync(walk.Window, meta, new BoxBudget(limits), limits).ConfigureAwait(false))
            {
                if (item is { Type: "mime", ContentType: "application/rdf+xml", Extents: [var packet] } && packet.Offset <= walk.Window.Length && packet.End <= walk.Window.Length)
                    await walk.XmpAsync(packet).ConfigureAwait(false);
                else if (item is { Type: "Exif", Extents: { Count: > 0 } pieces })
                    walk.Metadata(new MetadataLocation(MetadataBlockKind.Exif, MetadataForm.OffsetExif, pieces));
            }
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            walk.Note(fault.Offset, fault.Message);
        }
    }

    public async ValueTask<IReadOnlyList<AssetRegion>> InsideAsync(AssetSource source, AssetRegion region, Limits limits, CancellationToken cancellation) =>
        region.Name == "moov" ? await FilmTags.FindAsync(new ReadWindow(source, cancellation), region.Range, limits).ConfigureAwait(false) : [];

    /// <summary>The general box hash is for other formats (C2PA 2.5 §16.3.3.1).</summary>
    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
