using System.IO.Compression;

namespace Provenance.Tests.Bytes.Brotli;

/// <summary>The oracle: Brotli of the platform, which is Google's.</summary>
internal static class PlatformBrotli
{
    public static byte[] Encode(ReadOnlySpan<byte> content, int quality, int windowBits)
    {
        byte[] stream = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length) + 64];
        if (!BrotliEncoder.TryCompress(content, stream, out int written, quality, windowBits))
            throw new InvalidOperationException("the buffer is too small");
        return stream[..written];
    }

    /// <summary>The content of exactly one stream; null if the platform refuses it, bytes follow it, or it is too long.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> stream, int maximum = 4 << 20)
    {
        byte[] output = new byte[maximum];
        using var decoder = default(BrotliDecoder);
        var status = decoder.Decompress(stream, output, out int consumed, out int written);
        return status == System.Buffers.OperationStatus.Done && consumed == stream.Length ? output[..written] : null;
    }
}
