using Newtonsoft.Json;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;

namespace Provenance.Cli;

/// <summary>"provenance codes": the one list of status codes, for people, programs and the documentation.</summary>
internal static class CodesCommand
{
    public const string Name = "codes";

    public static IReadOnlyList<OptionSpec> Options { get; } = ListVerb.Options("docs/codes.md");

    public static Task<int> RunAsync(OptionWords words) =>
        ListVerb.RunAsync(Name, words, language => CellTable.Text(Rows(language)), Json, () => CellTable.Markdown(Rows(Words.English)));

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
