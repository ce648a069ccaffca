using Newtonsoft.Json;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;

namespace Provenance.Cli;

/// <summary>"provenance codes": the one list of status codes, for people, programs and the documentation.</summary>
internal static class CodesCommand
{
    public const string Name = "codes";

    private const string Format = "--format";

    private static readonly string[] Heads = ["Code", "Kind", "Meaning", "Clause"];

    public static IReadOnlyList<OptionSpec> Options { get; } = [new(Format, "text|json|markdown", "How to answer: text for people, json for programs, markdown for docs/codes.md.")];

    public static Task<int> RunAsync(OptionWords words)
    {
        var rows = StatusCodes.All.Select(Row).Prepend(Heads);
        string text = words.One(Format) switch
        {
            null or "text" => CellTable.Text(rows),
            "json" => Json(),
            "markdown" => CellTable.Markdown(rows),
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

    private static string[] Row(StatusCode code) => [code.Text, Kind(code), code.Meaning, code.Clause];

    private static string Kind(StatusCode code) => code.Kind switch
    {
        StatusKind.Success => "success",
        StatusKind.Informational => "informational",
        _ => "failure",
    };

    private static string Json()
    {
        var text = new StringWriter();
        using var json = new JsonTextWriter(text) { Formatting = Formatting.Indented, StringEscapeHandling = StringEscapeHandling.EscapeNonAscii };
        json.WriteStartArray();
        foreach (var code in StatusCodes.All)
        {
            json.WriteStartObject();
            foreach (var (name, value) in new[] { ("code", code.Text), ("kind", Kind(code)), ("meaning", code.Meaning), ("clause", code.Clause) })
            {
                json.WritePropertyName(name);
                json.WriteValue(value);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        return text.ToString().ReplaceLineEndings("\n") + "\n";
    }
}
