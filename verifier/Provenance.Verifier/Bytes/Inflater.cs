using System.IO.Compression;

namespace Provenance.Verifier.Bytes;

/// <summary>
/// Unpacks Deflate (RFC 1951) within one budget for a whole asset: a few bytes may ask for a thousand times as many. The platform's
/// decoder is there in the browser too, other than Brotli's.
/// </summary>
internal sealed class Inflater(Limits limits)
{
    private const int Block = 16 << 10;

    private long _left = limits.InflatedBytes;

    /// <summary>Unpacks a zlib stream (RFC 1950). Its checksum is not asked for: what was read from it is checked by its reader.</summary>
    /// <exception cref="LimitExceededException">The asset's streams unpack to more than <see cref="Limits.InflatedBytes"/>.</exception>
    /// <exception cref="MalformedDataException">The bytes are no zlib stream.</exception>
    public byte[] Unpack(ReadOnlyMemory<byte> packed, long offset)
    {
        const int header = 2;
        var head = packed.Span;
        if (head.Length < header || (head[0] & 0x0F) != 8 || (head[1] & 0x20) != 0)
            throw new MalformedDataException("zlib stream", offset, "Deflate without a preset dictionary expected (RFC 1950 §2.2)");
        using var input = new MemoryStream(packed[header..].ToArray(), writable: false);
        using var inflate = new DeflateStream(input, CompressionMode.Decompress);
        using var output = new MemoryStream();
        byte[] block = new byte[Block];
        try
        {
            int count;
            while ((count = inflate.Read(block)) > 0)
            {
                if ((_left -= count) < 0)
                    throw new LimitExceededException("zlib stream", offset, nameof(Limits.InflatedBytes), limits.InflatedBytes);
                output.Write(block, 0, count);
            }
        }
        catch (InvalidDataException)
        {
            throw new MalformedDataException("zlib stream", offset, "bytes that Deflate never writes (RFC 1951 §3.2.3)");
        }
        return output.ToArray();
    }
}
