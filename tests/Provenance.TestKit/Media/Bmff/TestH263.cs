using static Provenance.TestKit.BmffWriter;

namespace Provenance.TestKit;

/// <summary>Pictures in H.263, sub-QCIF, each block one shade: intra macroblocks without coefficients (ITU-T H.263 §5).</summary>
public static class TestH263
{
    private const int Width = 128, Height = 96;

    public static MovieTrack Track() => new("vide",
        MovieTrack.VisualEntry("s263", Width, Height, Box("d263", FourCc("test"), [0, 10, 0])), 600, 40, [Picture(0), Picture(1)])
    { Width = Width, Height = Height };

    private static byte[] Picture(int number)
    {
        List<bool> bits = [];
        void Write(int value, int count)
        {
            for (int bit = count - 1; bit >= 0; bit--) bits.Add((value >> bit & 1) != 0);
        }
        Write(0x20, 22); // start code
        Write(number, 8); // temporal reference
        Write(2, 2); // marker, and not H.261
        Write(0, 3); // no split screen, camera or freeze
        Write(1, 3); // sub-QCIF
        Write(0, 5); // intra, no options
        Write(10, 5); // quantiser
        Write(0, 2); // one bitstream, no extra information
        for (int block = 0; block < Width / 16 * (Height / 16); block++)
        {
            Write(1, 1); // intra, no chroma coefficients
            Write(3, 4); // no luma coefficients
            for (int i = 0; i < 6; i++) Write(16 + (block * 4 + number * 7 + i) % 96, 8); // one shade for each block
        }
        return TestSound.Packed(bits);
    }
}
