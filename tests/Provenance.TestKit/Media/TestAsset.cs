namespace Provenance.TestKit;

/// <summary>A range of bytes in a file.</summary>
public readonly record struct Extent(long Start, long Length)
{
    public long End => Start + Length;
}

/// <summary>A named part of a file for the general box hash: one of its boxes, chunks or segments.</summary>
public sealed record NamedBox(string Name, Extent Extent);

/// <summary>Where a slice of the store lies in the file.</summary>
public readonly record struct StorePiece(int StoreOffset, long FileOffset, int Length);

/// <summary>A file with a store in it: the bytes, the range the format spends on the store, and each slice.</summary>
public sealed record Embedding(TestAsset Carrier, byte[] Bytes, Extent Extent, IReadOnlyList<StorePiece> Pieces)
{
    /// <summary>Where a byte of the store lies in the file.</summary>
    public long FileOffset(long storeOffset)
    {
        foreach (StorePiece piece in Pieces)
            if (storeOffset >= piece.StoreOffset && storeOffset < piece.StoreOffset + piece.Length)
                return piece.FileOffset + storeOffset - piece.StoreOffset;
        throw new ArgumentOutOfRangeException(nameof(storeOffset));
    }

    /// <summary>The file without the ranges given, in order.</summary>
    public byte[] Without(params IEnumerable<Extent> exclusions)
    {
        var output = new MemoryStream();
        long at = 0;
        foreach (Extent exclusion in exclusions.OrderBy(e => e.Start))
        {
            if (exclusion.Start > at) output.Write(Bytes.AsSpan((int)at, (int)(Math.Min(exclusion.Start, Bytes.Length) - at)));
            at = Math.Max(at, exclusion.End);
        }
        if (at < Bytes.Length) output.Write(Bytes.AsSpan((int)at));
        return output.ToArray();
    }
}

/// <summary>A small real file that its usual programs open, and the way its format carries a manifest store.</summary>
public abstract record TestAsset
{
    /// <summary>The name of the reader's format: what <c>AssetFormats.All</c> calls it.</summary>
    public abstract string Format { get; }

    /// <summary>The file without credentials.</summary>
    public abstract byte[] Bytes { get; }

    public abstract string MediaType { get; }

    /// <summary>Usual file extension, without the dot.</summary>
    public abstract string Extension { get; }

    /// <summary>The same file with this store in it.</summary>
    public abstract Embedding Embed(byte[] store);

    /// <summary>The assertion that usually binds files of this format.</summary>
    public virtual Assertion Binding() => HardBinding.Data();

    /// <summary>The boxes of a file of this format, in order and without gaps; all of the store is one box <c>C2PA</c>. None where the format has no names for them.</summary>
    public virtual IReadOnlyList<NamedBox> Boxes(byte[] file) => [];

    /// <summary>The bytes that a box hash takes for boxes that follow each other.</summary>
    public virtual byte[] Hashed(byte[] file, NamedBox first, NamedBox last) => file[(int)first.Extent.Start..(int)last.Extent.End];

    /// <summary>The box that holds most of the picture or sound: SOS, IDAT, VP8L.</summary>
    protected virtual IReadOnlyList<string> MediaBoxes => [];

    /// <summary>Whole segments or chunks of exactly this many bytes that a decoder skips, around a payload.</summary>
    public virtual byte[] Filler(int length, ReadOnlySpan<byte> payload) => throw new NotSupportedException($"{Format} has no filler");

    /// <summary>Puts the container's own length right after bytes were added or removed; most have none.</summary>
    public virtual byte[] LengthCorrected(byte[] file) => file;

    /// <summary>One bit of the coded picture, sound or text flipped, the container's own checksums put right.</summary>
    public virtual byte[] MediaChanged(byte[] file) => file.FlipBit(MediaByte(file));

    /// <summary>A byte in the middle of the coded content whose lowest bit can be flipped without upsetting the container.</summary>
    public virtual int MediaByte(byte[] file)
    {
        Extent media = Boxes(file).Where(b => MediaBoxes.Contains(b.Name)).MaxBy(b => b.Extent.Length)!.Extent;
        for (long at = media.Start + media.Length / 2; at < media.End - 8; at++)
            if (file[at - 1] < 0xFE && file[at] is > 0 and < 0xFE && file[at + 1] < 0xFE) return (int)at;
        throw new InvalidOperationException("no such byte");
    }

    /// <summary>Offsets at which a part of the container ends: where a cut is likeliest to go unnoticed.</summary>
    public virtual IReadOnlyList<long> Edges(byte[] file) => [.. Boxes(file).Select(box => box.Extent.End)];
}
