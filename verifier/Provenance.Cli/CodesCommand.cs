using Newtonsoft.Json;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;

namespace Provenance.Cli;

/// <summary>"provenance codes": the one list of status codes, for people, programs and the documentation.</summary>
internal static class CodesCommand
{
    public const string Name = "codes";

    private const string Format = "--format";

    public static IReadOnlyList<OptionSpec> Options { get; } = [new(Format, "text|json|markdown", "How to answer: text for people, json for programs, markdown for docs/codes.md.")];

    public static Task<int> RunAsync(OptionWords words)
    {
        var language = LanguageChoice.Of(words, Name);
        string text = words.One(Format) switch
        {
            null or "text" => CellTable.Text(Rows(language)),
            "json" => Json(),
            "markdown" => CellTable.Markdown(Rows(Words.English)),
            var other => throw new UsageException(Name, "usage.format", "given", DisplayText.Clean(other), "formats", "text, json, markdown"),
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

    private static IEnumerable<string[]> Rows(Words words) => StatusCodes.All
        .Select(code => new[] { code.Text, words.Say("codes." + Kind(code)), words.Say("code." + code.Text), code.Clause })
        .Prepend([words.Say("codes.head.code"), words.Say("codes.head.kind"), words.Say("codes.head.meaning"), words.Say("codes.head.clause")]);

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
