namespace Provenance.Verifier.Bytes.Brotli;

/// <summary>
/// Decodes Brotli (RFC 7932). Our own, because the decoder of the platform throws in the browser. A malformed stream is
/// refused as the RFC demands it, fill bits included; the "large window" extension is no part of it.
/// </summary>
internal static class BrotliDecoder
{
    internal const string Structure = "Brotli stream";

    /// <summary>
    /// What a stream may yield whatever <see cref="Limits.BrotliRatio"/> says: short text may well shrink to a hundredth.
    /// </summary>
    internal const int FreeOutput = 64 << 10;

    /// <summary>Decodes one stream; bytes behind it are malformed.</summary>
    /// <exception cref="LimitExceededException">The output would be longer than the limits allow; it was not allocated.</exception>
    /// <exception cref="MalformedDataException">The stream breaks a rule of the RFC.</exception>
    public static byte[] Decode(ReadOnlyMemory<byte> input, Limits limits)
    {
        var bits = new BrotliBits(input.Span);
        int window = (1 << ReadWindowBits(ref bits)) - 16;
        var output = new BrotliOutput(input.Length, limits);
        var commands = new BrotliCommands(window, output, limits);
        while (true)
        {
            // §9.2: the header of a meta-block.
            bool last = bits.ReadFlag();
            if (last && bits.ReadFlag()) // ISLASTEMPTY
                break;
            int nibbles = (int)bits.Read(2) + 4; // MNIBBLES; 7 stands for none
            if (nibbles == 7)
            {
                SkipMetadata(ref bits);
                if (last)
                    break;
                continue;
            }
            int length = ReadLength(ref bits, nibbles);
            if (!last && bits.ReadFlag()) // ISUNCOMPRESSED
            {
                bits.AlignToByte();
                if (length > bits.BytesLeft)
                    throw bits.Malformed($"{length} bytes expected, {bits.BytesLeft} left");
                output.Expect(length, bits.Offset);
                bits.ReadBytes(output.Take(length));
                continue;
            }
            output.Expect(length, bits.Offset);
            commands.ReadHeader(ref bits);
            commands.Run(ref bits);
            if (last)
                break;
        }
        bits.AlignToByte();
        if (bits.BytesLeft > 0)
            throw bits.Malformed($"{bits.BytesLeft} bytes follow the end");
        return output.ToArray();
    }

    /// <summary>§9.1: WBITS, 10…24.</summary>
    private static int ReadWindowBits(ref BrotliBits bits)
    {
        if (!bits.ReadFlag())
            return 16;
        int high = (int)bits.Read(3);
        if (high != 0)
            return 17 + high;
        int low = (int)bits.Read(3);
        return low switch
        {
            0 => 17,
            1 => throw bits.Malformed("window bits 0010001 must not be used (RFC 7932 §9.1)"), // "large window" streams begin so
            _ => 8 + low,
        };
    }

    /// <summary>§9.2: MLEN.</summary>
    private static int ReadLength(ref BrotliBits bits, int nibbles)
    {
        int length = (int)bits.Read(nibbles * 4);
        if (nibbles > 4 && length >> (nibbles - 1) * 4 == 0)
            throw bits.Malformed("the last nibble of a meta-block's length must not be zero (RFC 7932 §9.2)");
        return length + 1;
    }

    /// <summary>§9.2: a meta-block without output; its bytes are nobody's.</summary>
    private static void SkipMetadata(ref BrotliBits bits)
    {
        if (bits.ReadFlag())
            throw bits.Malformed("the reserved bit of a meta-block must be zero (RFC 7932 §9.2)");
        int width = (int)bits.Read(2);
        int length = width == 0 ? 0 : (int)bits.Read(width * 8) + 1;
        if (width > 1 && (length - 1) >> (width - 1) * 8 == 0)
            throw bits.Malformed("the last byte of a metadata length must not be zero (RFC 7932 §9.2)");
        bits.AlignToByte();
        bits.SkipBytes(length);
    }
}
