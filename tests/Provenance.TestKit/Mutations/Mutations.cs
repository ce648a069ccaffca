namespace Provenance.TestKit;

/// <summary>What could happen to a signed file afterwards. Nothing here signs anything.</summary>
public static class Mutations
{
    /// <summary>One bit of one byte of the file.</summary>
    public static byte[] FlipBit(this byte[] file, long at, int bit = 0)
    {
        byte[] changed = [.. file];
        changed[at] ^= (byte)(1 << bit);
        return changed;
    }

    /// <summary>The file up to there.</summary>
    public static byte[] Truncated(this byte[] file, long length) => file[..(int)length];

    public static byte[] Appended(this byte[] file, params byte[] bytes) => [.. file, .. bytes];

    public static byte[] Inserted(this byte[] file, long at, byte[] bytes) => [.. file[..(int)at], .. bytes, .. file[(int)at..]];

    public static byte[] Removed(this byte[] file, Extent range) => [.. file[..(int)range.Start], .. file[(int)range.End..]];

    public static byte[] Overwritten(this byte[] file, long at, byte[] bytes) => [.. file[..(int)at], .. bytes, .. file[((int)at + bytes.Length)..]];

    /// <summary>One bit in a part of the store: <c>asset.FlipBit(asset.ClaimPart, 10)</c>. Negative counts from the end.</summary>
    public static byte[] FlipBit(this SignedAsset asset, Extent part, int at = 0, int bit = 0) =>
        asset.Bytes.FlipBit(asset.Embedding.FileOffset(at < 0 ? part.End + at : part.Start + at), bit);

    /// <summary>The last byte of the signature.</summary>
    public static byte[] SignatureChanged(this SignedAsset asset) => asset.FlipBit(asset.CosePart, -1);

    /// <summary>One bit of the coded pixels; the container stays sound.</summary>
    public static byte[] MediaChanged(this SignedAsset asset) => asset.Carrier.MediaChanged(asset.Bytes);

    /// <summary>The file as it was before it was signed.</summary>
    public static byte[] StoreRemoved(this SignedAsset asset) => asset.Carrier.Bytes;

    /// <summary>The store cut out without putting anything right.</summary>
    public static byte[] StoreCutOut(this SignedAsset asset) => asset.Bytes.Removed(asset.StoreExtent);

    /// <summary>Something else where the store was.</summary>
    public static byte[] StoreOverwritten(this SignedAsset asset, ReadOnlySpan<byte> payload) =>
        asset.Bytes.Overwritten(asset.StoreExtent.Start, asset.Carrier.Filler((int)asset.StoreExtent.Length, payload));

    /// <summary>The same store twice, one right behind the other; a JPEG's second one gets another box instance number.</summary>
    public static byte[] StoreTwice(this SignedAsset asset)
    {
        byte[] copy = asset.Bytes[(int)asset.StoreExtent.Start..(int)asset.StoreExtent.End];
        if (asset.Carrier is TestJpeg jpeg)
            copy = [.. (jpeg with { Instance = (ushort)(jpeg.Instance + 1) }).Split(asset.Store).SelectMany(s => s)];
        if (copy.Length % 2 == 1 && asset.Carrier is TestWebP) copy = [0, .. copy];
        return asset.Carrier.LengthCorrected(asset.Bytes.Inserted(asset.StoreExtent.End, copy));
    }

    /// <summary>Another store in this picture.</summary>
    public static byte[] WithStoreOf(this SignedAsset asset, SignedAsset other) => asset.Carrier.Embed(other.Store).Bytes;

    /// <summary>A skipped segment or chunk put in at an offset.</summary>
    public static byte[] FillerInserted(this SignedAsset asset, long at, int length = 32) =>
        asset.Carrier.LengthCorrected(asset.Bytes.Inserted(at, asset.Carrier.Filler(length, "inserted"u8)));

    /// <summary>The same file with the store's bytes changed and embedded again: lengths of the container stay right.</summary>
    public static byte[] StoreChanged(this SignedAsset asset, Func<byte[], byte[]> change) => asset.Carrier.Embed(change(asset.Store)).Bytes;

    /// <summary>The same file with the store's boxes changed and embedded again; nothing is signed anew.</summary>
    public static byte[] BoxesChanged(this SignedAsset asset, Action<TestBox> change) => asset.StoreChanged(bytes =>
    {
        TestBox store = TestBox.Parse(bytes);
        change(store);
        return store.ToBytes();
    });

    /// <summary>
    /// Takes bytes out of the signature's <c>pad</c>, which nothing signs, and puts a segment or chunk of the same size behind
    /// the store: the excluded range keeps its length. Sign with enough <see cref="CoseRecipe.Padding"/>.
    /// </summary>
    public static byte[] PadShrunkAndInjected(this SignedAsset asset, int length, ReadOnlySpan<byte> payload)
    {
        if (asset.Carrier is TestWebP && length % 2 == 1) throw new ArgumentException("RIFF chunks are even", nameof(length));
        byte[] filler = asset.Carrier.Filler(length, payload);
        TestBox store = TestBox.Parse(asset.Store);
        TestBox cose = store.Children.Last(c => c.IsSuperbox).Child("c2pa.signature").Children[0];
        cose.Payload = WithoutPad(cose.Payload, length);
        Embedding smaller = asset.Carrier.Embed(store.ToBytes());
        return asset.Carrier.LengthCorrected(smaller.Bytes.Inserted(smaller.Extent.End, filler));
    }

    // "pad" is the last entry of the unprotected header, so its key is found from behind.
    private static byte[] WithoutPad(byte[] cose, int count)
    {
        int key = cose.AsSpan().LastIndexOf("\x63pad"u8) + 4;
        int headLength = (cose[key] & 0x1F) switch { < 24 => 1, 24 => 2, _ => 3 };
        int length = headLength switch { 1 => cose[key] & 0x1F, 2 => cose[key + 1], _ => cose[key + 1] << 8 | cose[key + 2] };
        // The head keeps its width, so that exactly count bytes go.
        byte[] head = TestCbor.Head(2, (ulong)(length - count), headLength - 1);
        return [.. cose[..key], .. head, .. new byte[length - count], .. cose[(key + headLength + length)..]];
    }
}
