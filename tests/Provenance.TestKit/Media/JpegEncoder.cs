using System.Buffers.Binary;

namespace Provenance.TestKit;

/// <summary>
/// Baseline JPEG (ITU-T T.81), three components without subsampling, one quantisation table, and Huffman tables made
/// here: DC categories in four bits each; the commonest AC symbols short, all others in nine bits.
/// </summary>
internal static class JpegEncoder
{
    private static readonly byte[] s_zigzag =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    private static readonly double[] s_cosines = Cosines();
    private static readonly byte[] s_dcCounts = Counts((4, 12));
    private static readonly byte[] s_dcSymbols = [.. Enumerable.Range(0, 12).Select(i => (byte)i)];
    private static readonly byte[] s_acShort = [0x00, 0x01, 0x02, 0x11, 0x03];
    private static readonly byte[] s_acSymbols = AcSymbols();
    private static readonly byte[] s_acCounts = Counts((2, 2), (4, 3), (9, s_acSymbols.Length - 5));
    private static readonly (int Code, int Length)[] s_dc = Codes(s_dcCounts, s_dcSymbols);
    private static readonly (int Code, int Length)[] s_ac = Codes(s_acCounts, s_acSymbols);

    /// <summary>The segments DQT, SOF0, DHT, DHT and the scan; the caller writes SOI before and EOI behind.</summary>
    public static (byte[] Tables, byte[] Scan) Encode(TestPicture picture, int coarseness, int restartInterval)
    {
        byte[] quantisation = new byte[64];
        for (int i = 0; i < 64; i++)
            quantisation[i] = (byte)Math.Min(255, 1 + (s_zigzag[i] / 8 + s_zigzag[i] % 8 + 1) * coarseness / 2);

        var tables = new MemoryStream();
        Segment(tables, 0xDB, [0, .. quantisation]);
        byte[] size = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)picture.Height);
        BinaryPrimitives.WriteUInt16BigEndian(size.AsSpan(2), (ushort)picture.Width);
        Segment(tables, 0xC0, [8, .. size, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
        Segment(tables, 0xC4, [0x00, .. s_dcCounts, .. s_dcSymbols]);
        Segment(tables, 0xC4, [0x10, .. s_acCounts, .. s_acSymbols]);
        if (restartInterval > 0) Segment(tables, 0xDD, [(byte)(restartInterval >> 8), (byte)(restartInterval & 0xFF)]);

        var scan = new MemoryStream();
        Segment(scan, 0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
        WriteBlocks(scan, picture, quantisation, restartInterval);
        return (tables.ToArray(), scan.ToArray());
    }

    public static void Segment(Stream output, byte marker, ReadOnlySpan<byte> content)
    {
        int length = content.Length + 2;
        output.Write([0xFF, marker, (byte)(length >> 8), (byte)(length & 0xFF)]);
        output.Write(content);
    }

    private static void WriteBlocks(MemoryStream output, TestPicture picture, byte[] quantisation, int restartInterval)
    {
        var bits = new BitWriter(output);
        int[] previous = new int[3];
        double[] samples = new double[64], half = new double[64];
        int done = 0, restart = 0;
        for (int top = 0; top < picture.Height; top += 8)
            for (int left = 0; left < picture.Width; left += 8, done++)
            {
                if (restartInterval > 0 && done > 0 && done % restartInterval == 0)
                {
                    bits.Flush();
                    output.Write([0xFF, (byte)(0xD0 + restart++ % 8)]);
                    Array.Clear(previous);
                }
                for (int component = 0; component < 3; component++)
                {
                    Sample(picture, left, top, component, samples);
                    previous[component] = WriteBlock(bits, samples, half, quantisation, previous[component]);
                }
            }
        bits.Flush();
    }

    private static void Sample(TestPicture picture, int left, int top, int component, double[] samples)
    {
        for (int i = 0; i < 64; i++)
        {
            int x = Math.Min(left + i % 8, picture.Width - 1), y = Math.Min(top + i / 8, picture.Height - 1);
            ReadOnlySpan<byte> p = picture.Rgb.AsSpan((y * picture.Width + x) * 3, 3);
            samples[i] = component switch
            {
                0 => 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2] - 128,
                1 => -0.168736 * p[0] - 0.331264 * p[1] + 0.5 * p[2],
                _ => 0.5 * p[0] - 0.418688 * p[1] - 0.081312 * p[2],
            };
        }
    }

    private static int WriteBlock(BitWriter bits, double[] samples, double[] half, byte[] quantisation, int previous)
    {
        for (int y = 0; y < 8; y++)
            for (int u = 0; u < 8; u++)
            {
                double sum = 0;
                for (int x = 0; x < 8; x++) sum += samples[y * 8 + x] * s_cosines[u * 8 + x];
                half[y * 8 + u] = sum;
            }
        int[] coefficients = new int[64];
        for (int i = 0; i < 64; i++)
        {
            int u = s_zigzag[i] % 8, v = s_zigzag[i] / 8;
            double sum = 0;
            for (int y = 0; y < 8; y++) sum += half[y * 8 + u] * s_cosines[v * 8 + y];
            coefficients[i] = (int)Math.Round(sum / quantisation[i]);
        }

        WriteValue(bits, s_dc, 0, coefficients[0] - previous);
        int run = 0;
        for (int i = 1; i < 64; i++)
        {
            if (coefficients[i] == 0)
            {
                run++;
                continue;
            }
            for (; run > 15; run -= 16) bits.Write(s_ac[0xF0]);
            WriteValue(bits, s_ac, run, coefficients[i]);
            run = 0;
        }
        if (run > 0) bits.Write(s_ac[0x00]);
        return coefficients[0];
    }

    // T.81 F.1.2: category, then the value itself; negative values in one's complement.
    private static void WriteValue(BitWriter bits, (int Code, int Length)[] codes, int run, int value)
    {
        int category = 0;
        for (int rest = Math.Abs(value); rest > 0; rest >>= 1) category++;
        bits.Write(codes[run << 4 | category]);
        bits.Write((value >= 0 ? value : value + (1 << category) - 1, category));
    }

    private static double[] Cosines()
    {
        double[] table = new double[64];
        for (int u = 0; u < 8; u++)
            for (int x = 0; x < 8; x++)
                table[u * 8 + x] = 0.5 * (u == 0 ? Math.Sqrt(0.5) : 1) * Math.Cos((2 * x + 1) * u * Math.PI / 16);
        return table;
    }

    private static byte[] AcSymbols()
    {
        List<byte> all = [0x00, 0xF0];
        for (int run = 0; run < 16; run++)
            for (int category = 1; category <= 10; category++) all.Add((byte)(run << 4 | category));
        return [.. s_acShort, .. all.Except(s_acShort)];
    }

    private static byte[] Counts(params (int Length, int Count)[] groups)
    {
        byte[] counts = new byte[16];
        foreach ((int length, int count) in groups) counts[length - 1] = (byte)count;
        return counts;
    }

    private static (int Code, int Length)[] Codes(byte[] counts, byte[] symbols)
    {
        var codes = new (int, int)[256];
        int code = 0, at = 0;
        for (int length = 1; length <= 16; length++, code <<= 1)
            for (int i = 0; i < counts[length - 1]; i++) codes[symbols[at++]] = (code++, length);
        return codes;
    }

    private sealed class BitWriter(MemoryStream output)
    {
        private int _bits, _count;

        public void Write((int Value, int Length) code)
        {
            for (int bit = code.Length - 1; bit >= 0; bit--)
            {
                _bits = _bits << 1 | code.Value >> bit & 1;
                if (++_count == 8) Emit();
            }
        }

        // The last byte is filled with ones (T.81 F.1.2.3).
        public void Flush()
        {
            while (_count > 0) Write((1, 1));
        }

        private void Emit()
        {
            output.WriteByte((byte)_bits);
            if (_bits == 0xFF) output.WriteByte(0);
            _bits = _count = 0;
        }
    }
}
