namespace Provenance.TestKit;

/// <summary>Pixels to encode: a picture drawn by arithmetic.</summary>
public sealed class TestPicture
{
    public TestPicture(int width, int height, Func<double, double, (double R, double G, double B)> colour)
    {
        Width = width;
        Height = height;
        Rgb = new byte[checked(width * height * 3)];
        for (int y = 0, at = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                (double r, double g, double b) = colour((x + 0.5) / width, (y + 0.5) / height);
                Rgb[at++] = Level(r);
                Rgb[at++] = Level(g);
                Rgb[at++] = Level(b);
            }
    }

    private TestPicture(int width, int height, byte[] rgb) => (Width, Height, Rgb) = (width, height, rgb);

    public int Width { get; }

    public int Height { get; }

    /// <summary>Red, green, blue of each pixel, row by row.</summary>
    public byte[] Rgb { get; }

    /// <summary>One colour.</summary>
    public static TestPicture Flat(int width = 64, int height = 64, double level = 0.5) => new(width, height, (_, _) => (level, level, level));

    /// <summary>A soft gradient.</summary>
    public static TestPicture Gradient(int width = 64, int height = 64) => new(width, height, (x, y) => (x, y, 1 - x));

    /// <summary>Noise, the same for the same seed: compresses to nearly nothing less, so it makes big files.</summary>
    public static TestPicture Noise(int width, int height, string seed = "noise")
    {
        byte[] rgb = new byte[checked(width * height * 3)];
        ulong state = BitConverter.ToUInt64(Seeded.Bytes(seed, 8)) | 1;
        for (int i = 0; i < rgb.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            rgb[i] = (byte)(state >> 40 & 0xFF);
        }
        return new(width, height, rgb);
    }

    /// <summary>Sky, sun, two ridges and water; a dusk sky when <paramref name="dusk"/>.</summary>
    public static TestPicture Landscape(int width = 320, int height = 200, bool dusk = false) => new(width, height, (x, y) =>
    {
        double far = 0.52 + 0.07 * Math.Sin(x * 7) + 0.025 * Math.Sin(x * 23 + 1), near = 0.66 + 0.06 * Math.Sin(x * 5 + 2) + 0.015 * Math.Sin(x * 41);
        double sun = Math.Sqrt(Math.Pow((x - 0.72) * 1.6, 2) + Math.Pow(y - 0.28, 2));
        if (y > 0.82)
        {
            double ripple = 0.06 * Math.Sin(y * 190 + 6 * Math.Sin(x * 9));
            return dusk ? (0.30 + ripple, 0.16 + ripple, 0.34 + ripple) : (0.20 + ripple, 0.42 + ripple, 0.60 + ripple);
        }
        if (y > near) return dusk ? (0.10, 0.07, 0.16) : (0.16, 0.38 - 0.2 * (y - near), 0.18);
        if (y > far) return dusk ? (0.24, 0.14, 0.30) : (0.38, 0.52, 0.50);
        if (sun < 0.085) return dusk ? (1.0, 0.62, 0.35) : (1.0, 0.95, 0.70);
        double glow = Math.Max(0, 0.35 - sun) * 0.9;
        return dusk ? (0.45 + 0.6 * y + glow, 0.20 + 0.35 * y + glow * 0.5, 0.45 - 0.1 * y) : (0.35 + 0.7 * y + glow, 0.60 + 0.4 * y + glow, 0.95 - 0.1 * y);
    });

    /// <summary>Rings and rays of colour, as no camera would see them.</summary>
    public static TestPicture Dream(int width = 320, int height = 200) => new(width, height, (x, y) =>
    {
        double dx = (x - 0.5) * 1.6, dy = y - 0.5, r = Math.Sqrt(dx * dx + dy * dy), a = Math.Atan2(dy, dx);
        double ring = 0.5 + 0.5 * Math.Sin(r * 40 + 3 * Math.Sin(a * 5)), ray = 0.5 + 0.5 * Math.Sin(a * 8 + r * 6);
        return (ring * (1 - r * 0.6), 0.25 + 0.5 * ray * ring, 0.35 + 0.6 * (1 - ring) * ray);
    });

    /// <summary>A cut-out, as a crop makes it.</summary>
    public TestPicture Crop(int left, int top, int width, int height)
    {
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
            Rgb.AsSpan(((top + y) * Width + left) * 3, width * 3).CopyTo(rgb.AsSpan(y * width * 3));
        return new(width, height, rgb);
    }

    /// <summary>Every n-th pixel of every n-th row, as a thumbnail.</summary>
    public TestPicture Shrink(int n)
    {
        int width = Width / n, height = Height / n;
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0, at = 0; y < height; y++)
            for (int x = 0; x < width; x++, at += 3)
                Rgb.AsSpan((y * n * Width + x * n) * 3, 3).CopyTo(rgb.AsSpan(at));
        return new(width, height, rgb);
    }

    private static byte Level(double value) => (byte)Math.Clamp((int)Math.Round(value * 255), 0, 255);
}
