using Newtonsoft.Json;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;

namespace Provenance.Cli;

/// <summary>"provenance formats": the one list of formats, for people, programs and the documentation.</summary>
internal static class FormatsCommand
{
    public const string Name = "formats";

    public static IReadOnlyList<OptionSpec> Options { get; } = ListVerb.Options("docs/formats.md");

    public static Task<int> RunAsync(OptionWords words) => ListVerb.RunAsync(Name, words, Text, Json, Markdown);

    private static string Kind(PlacementKind kind) => kind switch
    {
        PlacementKind.Embedded => "embedded",
        PlacementKind.DetachedOnly => "detached-only",
        _ => "not-placed",
    };

    private static IEnumerable<string[]> Rows(Words words) => AssetFormats.All.Select(format => Row(format, words)).Prepend(
    [
        words.Say("formats.head.format"), words.Say("formats.head.names"), words.Say("formats.head.types"), words.Say("formats.head.credential"),
        words.Say("formats.head.place"), words.Say("formats.head.clause"), words.Say("formats.head.bindings"),
    ]);

    private static string[] Row(IAssetFormat format, Words words) =>
    [
        format.Name,
        string.Join(' ', format.Extensions),
        string.Join(' ', format.MediaTypes),
        words.Say("formats." + Kind(format.Placement.Kind)),
        words.Say($"place.{Kind(format.Placement.Kind)}.{format.Placement.Clause}"),
        format.Placement.Clause,
        string.Join(' ', format.Placement.Bindings),
    ];

    /// <summary>Columns without media types, as wide as their widest word.</summary>
    private static string Text(Words words)
    {
        int[] columns = [0, 1, 3, 4, 5];
        return CellTable.Text(Rows(words).Select(row => columns.Select(column => row[column]).ToArray()));
    }

    private static string Markdown() => CellTable.Markdown(Rows(Words.English));

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
            Write("placement", Kind(format.Placement.Kind));
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
