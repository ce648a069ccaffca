using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats.Pdf;
using Xunit;

namespace Provenance.Tests.Formats.Pdf;

public sealed class PdfSyntaxTests
{
    private static PdfValue? Read(string text) => new PdfSyntax(Encoding.Latin1.GetBytes(text), 0).ReadValue();

    private static string Show(PdfValue? value) => value switch
    {
        null => "?",
        { Kind: PdfKind.Array } => $"[{string.Join(' ', value.Items.Select(Show))}]",
        { Kind: PdfKind.Dictionary } => $"<{string.Join(' ', value.Entries.Select(entry => $"{entry.Key}={Show(entry.Value)}"))}>",
        { Kind: PdfKind.Reference } => $"->{value.Number}",
        { Kind: PdfKind.Number } => $"{value.Number}",
        { Kind: PdfKind.Name } => $"/{value.Name}",
        { Kind: PdfKind.String } => $"'{value.Range!.Offset}+{value.Range.Length}",
        _ => value.Kind.ToString(),
    };

    [Theory]
    [InlineData("12 ", "12")]
    [InlineData("-7 ", "-7")]
    [InlineData("1.5 ", "Other")]
    [InlineData("true ", "Other")]
    [InlineData("null ", "Null")]
    [InlineData("/A#42C ", "/ABC")]
    [InlineData("/A#4G ", "/A#4G")]
    [InlineData("/A#", "?")]
    [InlineData("(a(b)\\)c)", "'0+9")]
    [InlineData("(a(b)", "?")]
    [InlineData("<48 65>", "'0+7")]
    [InlineData("<<", "?")]
    [InlineData("[1 2 0 R]", "[1 ->2]")]
    [InlineData("[1 0 R 5 (x) /N]", "[->1 5 '9+3 /N]")]
    [InlineData("<< /A 1 /B << /C [ ] >> >>", "<A=1 B=<C=[]>>")]
    [InlineData("% comment\n<</A/B>>", "<A=/B>")]
    [InlineData("<</A 1/A 2>>", "<A=2>")]
    [InlineData("12", "?")]
    public void Objects_are_read_as_written(string text, string expected) => Assert.Equal(expected, Show(Read(text)));

    [Theory]
    [InlineData("<</A>>")]
    [InlineData("<<1 2>>")]
    [InlineData("[1 R]")]
    [InlineData("<4X>")]
    [InlineData("endobj ")]
    [InlineData("] ")]
    [InlineData("[ >> ]")]
    [InlineData(") ")]
    public void What_is_no_object_is_malformed(string text) => Assert.Throws<MalformedDataException>(() => Read(text));

    [Fact]
    public void Arrays_are_nested_as_deep_as_64_and_no_deeper()
    {
        Assert.NotNull(Read(new string('[', 64) + new string(']', 64)));
        Assert.Throws<LimitExceededException>(() => Read(new string('[', 65) + new string(']', 65)));
    }

    [Fact]
    public void An_object_has_as_many_values_as_65536_and_no_more()
    {
        static string Of(int values) => $"[{string.Concat(Enumerable.Repeat("1 ", values))}]";
        Assert.Equal(65_534, Read(Of(65_534))!.Items.Count);
        Assert.Throws<LimitExceededException>(() => Read(Of(65_535)));
    }

    [Theory]
    [InlineData(0, "000102030001020300010203")]
    [InlineData(1, "000103060001030600010306")]
    [InlineData(2, "000102030002040600030609")]
    [InlineData(3, null)]
    [InlineData(4, null)]
    public void Predictors_of_PNG_are_undone(byte filter, string? expected)
    {
        byte[] coded = [.. Enumerable.Range(0, 3).SelectMany(_ => new byte[] { filter, 0, 1, 2, 3 })];
        byte[] plain = PngPredictor.Undo(coded, Read("<< /Predictor 12 /Columns 4 >>")!, 0);
        Assert.Equal(Reference(coded, 4), plain);
        if (expected is not null)
            Assert.Equal(expected, Convert.ToHexString(plain));
    }

    [Theory]
    [InlineData("<< /Predictor 2 >>")]
    [InlineData("<< /Predictor 12 /Columns 0 >>")]
    [InlineData("<< /Predictor 12 /Columns 1025 >>")]
    [InlineData("<< /Predictor 12 /Columns 4 /Colors 3 >>")]
    public void Other_predictors_are_refused(string parameters) => Assert.Throws<MalformedDataException>(() => PngPredictor.Undo(new byte[10], Read(parameters)!, 0));

    [Fact]
    public void A_filter_of_no_number_is_refused() => Assert.Throws<MalformedDataException>(() => PngPredictor.Undo([5, 0], Read("<< /Predictor 15 /Columns 1 >>")!, 0));

    /// <summary>The formulas of PNG 3rd ed. §9.2, byte by byte from the definition.</summary>
    private static byte[] Reference(byte[] coded, int width)
    {
        List<byte[]> rows = [];
        foreach (byte[] line in coded.Chunk(width + 1))
        {
            byte[] row = new byte[width];
            for (int x = 0; x < width; x++)
            {
                int a = x > 0 ? row[x - 1] : 0, b = rows.Count > 0 ? rows[^1][x] : 0, c = x > 0 && rows.Count > 0 ? rows[^1][x - 1] : 0;
                int p = a + b - c, pa = Math.Abs(p - a), pb = Math.Abs(p - b), pc = Math.Abs(p - c);
                int[] guesses = [0, a, b, (a + b) / 2, pa <= pb && pa <= pc ? a : pb <= pc ? b : c];
                row[x] = (byte)((line[x + 1] + guesses[line[0]]) & 0xFF);
            }
            rows.Add(row);
        }
        return [.. rows.SelectMany(row => row)];
    }
}
