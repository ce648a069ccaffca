using System.Buffers;
using System.Text.Json;

namespace Provenance.Cli.Batch;

/// <summary>
/// What was done, one line a file, in the order of the answers, each written at once and never changed. A process that is killed leaves
/// whole lines and at most one torn one, which is dropped; what it stood for is done again. Of several lines about one file the last counts.
/// </summary>
internal sealed class BatchJournal
{
    /// <summary>A report has at most a mebibyte, and is the longest part of a line; a longer line is damage.</summary>
    private const int LongestLine = 4 << 20;

    /// <summary>Numbers of files stay below.</summary>
    private const int MostFiles = 1 << 30;

    private readonly FileStream _stream;
    private readonly string _folder;
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _line = new(1 << 16);
    private int _number;

    private BatchJournal(FileStream stream, string folder) => (_stream, _folder) = (stream, folder);

    /// <summary>A line of the journal, without what would fill the memory.</summary>
    private sealed record Place(long Offset, int Length, BatchEntry Entry);

    /// <summary>Reads what an earlier run left, or begins.</summary>
    /// <param name="folder">The folder of results.</param>
    /// <param name="terms">The terms of this run; those of the earlier one afterwards.</param>
    /// <exception cref="UsageException">The earlier run had others.</exception>
    /// <exception cref="ResultsException">The journal cannot be written.</exception>
    public static BatchJournal Open(BatchFolder folder, ref BatchTerms terms)
    {
        var journal = new BatchJournal(folder.Journal, folder.Path);
        BatchTerms? begun = null;
        long end = 0;
        foreach (var (offset, line) in journal.Lines())
        {
            try
            {
                using var json = JsonDocument.Parse(line);
                if (begun is null)
                    begun = terms.GoingOnWith(json.RootElement, folder.Path);
                else
                    journal.Keep(offset, line.Length, Read(json.RootElement) with { Cells = [], Report = "" });
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                break; // what no program of ours wrote, or a disk lost: it and all behind it is done again
            }
            end = offset + line.Length + 1;
        }
        ResultsException.Guard(folder.Path, () => journal._stream.SetLength(end));
        journal._stream.Position = end;
        if (begun is null)
            journal.Append(terms.Write);
        terms = begun ?? terms;
        return journal;
    }

    /// <summary>The entry of a file that need not be done again: settled, unchanged, its page whole. Without cells and report.</summary>
    public BatchEntry? Done(BatchFile file, BatchFolder folder) =>
        _places.TryGetValue(file.Path, out var place) && place.Entry is { IsSettled: true } entry && entry.File.Stamp == file.Stamp && HasPage(entry, folder) ? entry : null;

    /// <summary>The number of a file: the one it had, or the next.</summary>
    public int NumberOf(BatchFile file) => _places.TryGetValue(file.Path, out var place) ? place.Entry.Number : ++_number;

    /// <summary>Writes an entry's line.</summary>
    /// <exception cref="ResultsException">It cannot be written.</exception>
    public void Add(BatchEntry entry)
    {
        long offset = _stream.Position;
        Append(json => Write(json, entry));
        Keep(offset, _line.WrittenCount - 1, entry with { Cells = [], Report = "" });
    }

    /// <summary>Whether a file was answered for.</summary>
    public bool Contains(BatchFile file) => _places.ContainsKey(file.Path);

    /// <summary>The whole entry of a file that was answered for.</summary>
    public BatchEntry Read(BatchFile file)
    {
        var place = _places[file.Path];
        byte[] line = new byte[place.Length];
        ResultsException.Guard(_folder, () => RandomAccess.Read(_stream.SafeFileHandle, line, place.Offset));
        using var json = JsonDocument.Parse(line);
        return Read(json.RootElement);
    }

    private static bool HasPage(BatchEntry entry, BatchFolder folder) =>
        entry.Page is null || (new FileInfo(folder.PathOf(entry.Page)) is { Exists: true } page && page.Length == entry.PageLength);

    private void Keep(long offset, int length, BatchEntry entry)
    {
        _places[entry.File.Path] = new(offset, length, entry);
        _number = Math.Max(_number, entry.Number);
    }

    private void Append(Action<Utf8JsonWriter> write)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line))
            write(json);
        _line.Write("\n"u8);
        // One call of the system for one line.
        ResultsException.Guard(_folder, () => _stream.Write(_line.WrittenSpan));
    }

    /// <summary>The whole lines and where they begin; a last one without an end is none.</summary>
    private IEnumerable<(long Offset, ReadOnlyMemory<byte> Line)> Lines()
    {
        byte[] buffer = new byte[1 << 16];
        long start = 0;
        int held = 0, searched = 0;
        while (RandomAccess.Read(_stream.SafeFileHandle, buffer.AsSpan(held), start + held) is > 0 and var count)
        {
            held += count;
            int begin = 0;
            while (buffer.AsSpan(searched, held - searched).IndexOf((byte)'\n') is >= 0 and var length)
            {
                int end = searched + length;
                yield return (start + begin, buffer.AsMemory(begin, end - begin));
                begin = searched = end + 1;
            }
            buffer.AsSpan(begin, held - begin).CopyTo(buffer);
            (start, held) = (start + begin, held - begin);
            searched = held;
            if (held == LongestLine)
                yield break;
            if (held == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    private static void Write(Utf8JsonWriter json, BatchEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("file", entry.File.Path);
        json.WriteString("stamp", entry.File.Stamp);
        json.WriteNumber("bytes", entry.File.Length);
        json.WriteNumber("number", entry.Number);
        json.WriteBoolean("settled", entry.IsSettled);
        json.WriteNumber("exit", entry.ExitCode);
        json.WriteString("page", entry.Page);
        json.WriteNumber("pageBytes", entry.PageLength);
        json.WriteStartArray("cells");
        foreach (string cell in entry.Cells)
            json.WriteStringValue(cell);
        json.WriteEndArray();
        json.WritePropertyName("report");
        json.WriteRawValue(entry.Report, skipInputValidation: true);
        json.WriteEndObject();
    }

    /// <exception cref="FormatException">No line of ours: what is not as <see cref="Write(Utf8JsonWriter, BatchEntry)"/> has it would fail later, or lead out of the folder.</exception>
    private static BatchEntry Read(JsonElement json)
    {
        var entry = new BatchEntry(new(Text("file"), Text("stamp"), json.GetProperty("bytes").GetInt64()), json.GetProperty("number").GetInt32())
        {
            IsSettled = json.GetProperty("settled").GetBoolean(),
            ExitCode = json.GetProperty("exit").GetInt32(),
            Page = json.GetProperty("page").GetString(),
            PageLength = json.GetProperty("pageBytes").GetInt64(),
            Cells = [.. json.GetProperty("cells").EnumerateArray().Select(cell => cell.GetString() ?? throw new FormatException())],
            Report = json.GetProperty("report") is { ValueKind: JsonValueKind.Object } report ? report.GetRawText() : throw new FormatException(),
        };
        return entry.Number is > 0 and < MostFiles && BatchResults.IsRow(entry.Cells) && (entry.Page is null || entry.Page == PageName.PathOf(entry.Number, entry.File.Path)) ? entry : throw new FormatException();

        string Text(string name) => json.GetProperty(name).GetString() ?? throw new FormatException();
    }
}
