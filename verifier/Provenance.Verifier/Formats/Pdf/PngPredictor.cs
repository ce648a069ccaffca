using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>Undoes the PNG predictors, which cross-reference streams are packed with (ISO 32000-2 §7.4.4.4; PNG 3rd ed. §9).</summary>
internal static class PngPredictor
{
    /// <summary>The bytes before a predictor of bytes was applied; those given where <paramref name="parameters"/> name none.</summary>
    public static byte[] Undo(byte[] bytes, PdfValue parameters, long offset)
    {
        long predictor = parameters["Predictor"] is { Kind: PdfKind.Number, Number: var named } ? named : 1;
        if (predictor == 1)
            return bytes;
        long columns = parameters["Columns"] is { Kind: PdfKind.Number, Number: var count } ? count : 1;
        // Colours and bits are for pictures; here a column is a byte.
        bool isOfBytes = parameters["Colors"] is { Kind: PdfKind.Null } or { Number: 1 } && parameters["BitsPerComponent"] is { Kind: PdfKind.Null } or { Number: 8 };
        if (predictor < 10 || !isOfBytes || columns is < 1 or > 1024)
            throw new MalformedDataException("PDF stream", offset, $"predictor {predictor} over {columns} columns where one of PNG over bytes is expected");
        int width = (int)columns, rows = bytes.Length / (width + 1);
        byte[] plain = new byte[rows * width];
        var above = new byte[width].AsSpan();
        for (int row = 0; row < rows; row++)
        {
            var coded = bytes.AsSpan(row * (width + 1), width + 1);
            var line = plain.AsSpan(row * width, width);
            for (int i = 0; i < width; i++)
            {
                int left = i > 0 ? line[i - 1] : 0, corner = i > 0 ? above[i - 1] : 0;
                int guess = coded[0] switch
                {
                    0 => 0,
                    1 => left,
                    2 => above[i],
                    3 => (left + above[i]) / 2,
                    4 => Paeth(left, above[i], corner),
                    _ => throw new MalformedDataException("PDF stream", offset, $"no PNG filter has the number {coded[0]}"),
                };
                line[i] = unchecked((byte)(coded[i + 1] + guess));
            }
            above = line;
        }
        return plain;
    }

    private static int Paeth(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        int toLeft = Math.Abs(estimate - left), toAbove = Math.Abs(estimate - above), toCorner = Math.Abs(estimate - corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
