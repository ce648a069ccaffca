using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Provenance.TestKit;

/// <summary>Writes a PDF object by object (ISO 32000-2 §7.5): body, cross-reference section, trailer, and again for each update.</summary>
public sealed class PdfWriter
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly SortedDictionary<int, (int Stream, long Place)> _entries = [];
    private long? _previous;

    /// <summary>Goes on behind a finished file.</summary>
    public static PdfWriter Behind(byte[] file)
    {
        string text = Encoding.Latin1.GetString(file);
        int start = text.LastIndexOf("startxref\n", StringComparison.Ordinal) + "startxref\n".Length;
        var writer = new PdfWriter { _previous = long.Parse(text[start..text.IndexOf('\n', start)], System.Globalization.CultureInfo.InvariantCulture) };
        return writer.Raw(file);
    }

    /// <summary>Added to what "startxref" says.</summary>
    public int StartOffset { get; init; }

    /// <summary>Bytes written so far.</summary>
    public long Length => _output.WrittenCount;

    /// <summary>Where the last cross-reference section stands.</summary>
    public long LastSection => _previous ?? 0;

    public PdfWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        return this;
    }

    public PdfWriter Raw(string text) => Raw(Encoding.Latin1.GetBytes(text));

    public PdfWriter Object(int number, string value)
    {
        _entries[number] = (0, Length);
        return Raw($"{number} 0 obj\n{value}\nendobj\n");
    }

    /// <summary>A stream; returns where its data lie.</summary>
    public Extent Stream(int number, string entries, byte[] data, string? length = null)
    {
        _entries[number] = (0, Length);
        Raw($"{number} 0 obj\n<< {entries} /Length {length ?? data.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)} >>\nstream\n");
        var extent = new Extent(Length, data.Length);
        Raw(data).Raw("\nendstream\nendobj\n");
        return extent;
    }

    /// <summary>Objects packed into an object stream (§7.5.7).</summary>
    public PdfWriter Packed(int number, params (int Number, string Value)[] objects)
    {
        var (index, body) = (new StringBuilder(), new StringBuilder());
        foreach ((int member, string value) in objects)
        {
            index.Append(System.Globalization.CultureInfo.InvariantCulture, $"{member} {body.Length} ");
            body.Append(value).Append('\n');
        }
        byte[] content = Encoding.Latin1.GetBytes(index.ToString() + body);
        Stream(number, $"/Type /ObjStm /N {objects.Length} /First {index.Length} /Filter /FlateDecode", Zip(content));
        foreach ((int place, (int member, _)) in objects.Index()) _entries[member] = (number, place);
        return this;
    }

    /// <summary>The objects written since the last section as a table of text (§7.5.4).</summary>
    public PdfWriter Table(string trailer, int size)
    {
        long start = Length;
        Raw("xref\n");
        if (_previous is null) Raw("0 1\n0000000000 65535 f \n");
        foreach ((int number, (int _, long place)) in _entries) Raw($"{number} 1\n{place:D10} 00000 n \n");
        Raw($"trailer\n<< /Size {size} {trailer}{Previous} >>\n");
        return Finish(start);
    }

    /// <summary>The same as a stream (§7.5.8) of rows of one, four and one byte, up-predicted and packed.</summary>
    public PdfWriter XrefStream(int number, string trailer, int size)
    {
        long start = Length;
        _entries[number] = (0, start);
        var rows = new MemoryStream();
        byte[] above = new byte[6];
        foreach ((int stream, long place) in _entries.Values)
        {
            byte[] row = [(byte)(stream > 0 ? 2 : 1), 0, 0, 0, 0, (byte)(stream > 0 ? place : 0)];
            BinaryPrimitives.WriteUInt32BigEndian(row.AsSpan(1), (uint)(stream > 0 ? stream : place));
            rows.WriteByte(2);
            for (int i = 0; i < row.Length; i++) rows.WriteByte(unchecked((byte)(row[i] - above[i])));
            above = row;
        }
        string index = string.Join(' ', _entries.Keys.Select(key => $"{key} 1"));
        Stream(number, $"/Type /XRef /W [1 4 1] /Index [{index}] /Size {size} {trailer}{Previous} /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 6 >>", Zip(rows.ToArray()));
        return Finish(start);
    }

    public byte[] ToArray() => _output.WrittenSpan.ToArray();

    private string Previous => _previous is { } at ? $" /Prev {at}" : "";

    private PdfWriter Finish(long start)
    {
        Raw($"startxref\n{start + StartOffset}\n%%EOF\n");
        _previous = start;
        _entries.Clear();
        return this;
    }

    private static byte[] Zip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(bytes);
        return packed.ToArray();
    }
}
