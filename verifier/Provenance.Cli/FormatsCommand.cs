using Newtonsoft.Json;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;

namespace Provenance.Cli;

/// <summary>"provenance formats": the one list of formats, for people, programs and the documentation.</summary>
internal static class FormatsCommand
{
    public const string Name = "formats";

    private const string Format = "--format";

    private static readonly string[] Heads = ["Format", "File names", "Media types", "Credential", "Place", "Clause", "Bound by"];

    public static IReadOnlyList<OptionSpec> Options { get; } = [new(Format, "text|json|markdown", "How to answer: text for people, json for programs, markdown for docs/formats.md.")];

    public static Task<int> RunAsync(OptionWords words)
    {
        string text = words.One(Format) switch
        {
            null or "text" => Text(),
            "json" => Json(),
            "markdown" => Markdown(),
            var other => throw new UsageException(Name, $"--format is text, json or markdown, not '{DisplayText.Clean(other)}'."),
        };
        var output = new StandardOutput();
        try
        {
            output.Write(text);
            output.Flush();
        }
        catch (OutputClosedException)
        {
            // Nobody is left to tell.
        }
        return Task.FromResult(0);
    }

    private static string Word(PlacementKind kind) => kind switch
    {
        PlacementKind.Embedded => "embedded",
        PlacementKind.DetachedOnly => "detached only",
        _ => "not placed by 2.5",
    };

    private static string[] Row(IAssetFormat format) =>
    [
        format.Name,
        string.Join(' ', format.Extensions),
        string.Join(' ', format.MediaTypes),
        Word(format.Placement.Kind),
        format.Placement.Where,
        format.Placement.Clause,
        string.Join(' ', format.Placement.Bindings),
    ];

    /// <summary>Columns without media types, as wide as their widest word.</summary>
    private static string Text()
    {
        int[] columns = [0, 1, 3, 4, 5];
        return CellTable.Text(AssetFormats.All.Select(Row).Prepend(Heads).Select(row => columns.Select(column => row[column]).ToArray()));
    }

    private static string Markdown() => CellTable.Markdown(AssetFormats.All.Select(Row).Prepend(Heads));

    private static string Json()
    {
        var text = new StringWriter();
        using var json = new JsonTextWriter(text) { Formatting = Formatting.Indented, StringEscapeHandling = StringEscapeHandling.EscapeNonAscii };
        json.WriteStartArray();
        foreach (var format in AssetFormats.All)
        {
            json.WriteStartObject();
            Write("name", format.Name);
            WriteAll("extensions", format.Extensions);
            WriteAll("mediaTypes", format.MediaTypes);
            Write("placement", format.Placement.Kind switch { PlacementKind.Embedded => "embedded", PlacementKind.DetachedOnly => "detached-only", _ => "not-placed" });
            Write("place", format.Placement.Where);
            Write("clause", format.Placement.Clause);
            WriteAll("bindings", format.Placement.Bindings);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        return text.ToString().ReplaceLineEndings("\n") + "\n";

        void Write(string name, string value)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }

        void WriteAll(string name, IReadOnlyList<string> values)
        {
            json.WritePropertyName(name);
            json.WriteStartArray();
            foreach (string value in values)
                json.WriteValue(value);
            json.WriteEndArray();
        }
    }
}
