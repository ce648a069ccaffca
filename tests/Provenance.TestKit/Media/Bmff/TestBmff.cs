using System.Text;
using static Provenance.TestKit.BmffWriter;

namespace Provenance.TestKit;

/// <summary>How an <c>mdat</c> box says how long it is.</summary>
public enum MediaSize
{
    /// <summary>In 32 bits.</summary>
    Short,

    /// <summary>In 64 bits.</summary>
    Large,

    /// <summary>Not at all: it is the last box and runs to the end of the file.</summary>
    ToEnd,
}

/// <summary>
/// A file of the ISO base media format, and its way to carry a store (C2PA A.5): file type, C2PA's <c>uuid</c> box,
/// and what the family puts behind; all offsets are those of the finished file.
/// </summary>
public abstract record TestBmff : TestAsset
{
    /// <summary>How the file is bound, and what boxes beside the store that takes.</summary>
    public BmffRecipe Recipe { get; init; } = new();

    public MediaSize MediaSize { get; init; }

    /// <summary>The media come before the boxes that describe them.</summary>
    public bool MediaFirst { get; init; }

    /// <summary>The store is the last box of all.</summary>
    public bool StoreLast { get; init; }

    /// <summary>Root boxes behind the file type and the store.</summary>
    public IReadOnlyList<byte[]> Front { get; init; } = [];

    /// <summary>Root boxes at the end.</summary>
    public IReadOnlyList<byte[]> Back { get; init; } = [];

    public string Purpose { get; init; } = "manifest";

    /// <summary>Zeros behind the store, in its box.</summary>
    public int StorePadding { get; init; }

    /// <summary>What the store's box says about where the first Merkle box is; the truth unless told otherwise.</summary>
    public long? MerkleOffset { get; init; }

    public override byte[] Bytes => Write(null).Bytes;

    /// <summary>Major brand and the compatible ones.</summary>
    protected abstract IReadOnlyList<string> Brands { get; }

    public TestBmff WithXmp(string? packet = null) => this with { Front = [.. Front, UuidBox(XmpId, Encoding.UTF8.GetBytes(packet ?? TestMetadata.Xmp()))] };

    public TestBmff InFront(params byte[][] boxes) => this with { Front = [.. Front, .. boxes] };

    public TestBmff AtTheEnd(params byte[][] boxes) => this with { Back = [.. Back, .. boxes] };

    public TestBmff BoundAs(BmffRecipe recipe) => this with { Recipe = recipe };

    public override Assertion Binding() => HardBinding.Bmff(Recipe);

    public override Embedding Embed(byte[] store)
    {
        (byte[] bytes, Extent extent) = Write(store);
        return new(this, bytes, extent, [new(0, extent.End - StorePadding - store.Length, store.Length)]);
    }

    public override byte[] Filler(int length, ReadOnlySpan<byte> payload)
    {
        byte[] data = new byte[length - 8];
        payload.CopyTo(data);
        return Box("free", data);
    }

    public override int MediaByte(byte[] file)
    {
        Extent media = BmffNode.Parse(file).Where(box => box.Type == "mdat").MaxBy(box => box.Extent.Length)!.Payload;
        return (int)(media.Start + media.Length / 2);
    }

    public override IReadOnlyList<long> Edges(byte[] file) => [.. BmffNode.Parse(file).Select(box => box.Extent.End)];

    /// <summary>The root boxes behind the store, given where the first of them begins.</summary>
    protected abstract IReadOnlyList<byte[]> Roots(long start);

    /// <summary>Puts the Merkle boxes into a file with a store.</summary>
    protected virtual byte[] Proven(byte[] file, MerkleRecipe merkle) =>
        [.. file, .. HardBinding.TreesOf(Recipe, merkle, file).SelectMany((tree, i) => tree.Boxes(merkle.Row, (leaf, fields) => merkle.BoxChange?.Invoke(i, leaf, fields))).SelectMany(box => box)];

    /// <summary>The media's box.</summary>
    protected byte[] MediaBox(byte[] payload) => MediaSize switch
    {
        MediaSize.Short => Box("mdat", payload),
        MediaSize.Large => LargeBox("mdat", payload),
        _ => Join(U32(0), FourCc("mdat"), payload),
    };

    protected int MediaHeader => MediaSize == MediaSize.Large ? 16 : 8;

    private (byte[] Bytes, Extent Extent) Write(byte[]? store)
    {
        byte[] fileType = Box("ftyp", FourCc(Brands[0]), U32(0x200), Join([.. Brands.Select(FourCc)]));
        byte[] box = store is null ? [] : StoreBox(store, MerkleOffset ?? 0);
        byte[] before = StoreLast ? [] : box, behind = StoreLast ? box : [];
        byte[] rest = Join([.. Front, .. Roots(fileType.Length + before.Length + Front.Sum(front => front.Length)), .. Back]);
        byte[] file = Join(fileType, before, rest, behind);
        Extent extent = store is null ? default : new(StoreLast ? fileType.Length + rest.Length : fileType.Length, box.Length);
        if (store is null || Recipe.Merkle is not { HasBoxes: true } merkle) return (file, extent);

        byte[] proven = Proven(file, merkle);
        BmffNode? first = BmffNode.Parse(proven).FirstOrDefault(root => IsMerkle(proven, root));
        StoreBox(store, MerkleOffset ?? first?.Extent.Start ?? 0).CopyTo(proven, extent.Start);
        return (proven, extent);
    }

    /// <summary>Whether a root box is one of C2PA's with this purpose.</summary>
    public static bool IsC2pa(byte[] file, BmffNode root, string purpose) =>
        root.Type == "uuid" && file.AsSpan((int)root.Payload.Start).StartsWith((ReadOnlySpan<byte>)[.. C2paId, 0, 0, 0, 0, .. NulText(purpose)]);

    private static bool IsMerkle(byte[] file, BmffNode root) => IsC2pa(file, root, "merkle");

    private byte[] StoreBox(byte[] store, long merkleOffset) => C2paBox(Purpose, U64(merkleOffset), store, new byte[StorePadding]);
}
