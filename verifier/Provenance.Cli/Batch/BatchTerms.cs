using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Cli.Batch;

/// <summary>
/// What answers depend on beside the files: program, lists, options, language, the folders asked about, and the time judged at. A run goes on
/// only under the terms it began with; else half of the rows would mean something else than the other half.
/// </summary>
internal sealed record BatchTerms
{
    /// <summary>Rises when the journal's lines change their meaning.</summary>
    private const int JournalVersion = 1;

    /// <summary>What every journal begins with.</summary>
    public static ReadOnlySpan<byte> Start => "{\"journal\":"u8;

    /// <summary>The time judged at: when the run began, if none was named.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whether the time was named.</summary>
    public required bool NamesTime { get; init; }

    /// <summary>What else there is, by name, each as a digest or a short word.</summary>
    public required IReadOnlyDictionary<string, string> Parts { get; init; }

    public static BatchTerms Of(OptionWords words, IEnumerable<OptionSpec> options, VerifyOptions asked)
    {
        var time = asked.Time ?? DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        // The policy as every report tells it: whatever it comes to hold is part of the terms. Its time stands beside.
        var report = new StringWriter();
        ReportJson.Write(report, VerificationReport.Unread((asked with { Time = null }).Policy(DateTimeOffset.UnixEpoch), ""));
        using var json = JsonDocument.Parse(report.ToString());
        return new()
        {
            Time = time,
            NamesTime = asked.Time is not null,
            Parts = new Dictionary<string, string>
            {
                ["program"] = $"{HelpText.Version} {typeof(Verifier.Verifier).Module.ModuleVersionId:N}",
                ["language"] = asked.Words.Code,
                ["files"] = Digest(words.Files.Concat(words.All("--files-from")).SelectMany(name => new[] { name, AnswerSource.IsUrl(name) ? name : Path.GetFullPath(name) })),
                ["lists"] = Digest([json.RootElement.GetProperty("policy").GetRawText(), asked.Trust.Fingerprint]),
                ["options"] = Digest(options.Where(option => option.Name is not (LanguageChoice.Option or "--files-from" or "--validation-time")).SelectMany(option => words.All(option.Name).SelectMany(value => new[] { option.Name, value, Content(value) }))),
            },
        };
    }

    /// <summary>The journal's first line.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("journal", JournalVersion);
        json.WriteString("time", Time);
        foreach (var (name, value) in Parts)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    /// <summary>These terms with the time of the run they go on with.</summary>
    /// <param name="line">The first line of its journal.</param>
    /// <param name="folder">The folder of results, for a complaint.</param>
    /// <exception cref="UsageException">It began under others.</exception>
    public BatchTerms GoingOnWith(JsonElement line, string folder)
    {
        if (line.GetProperty("journal").GetInt32() != JournalVersion)
            throw Refused("journal");
        foreach (var (name, value) in Parts)
        {
            if (line.GetProperty(name).GetString() != value)
                throw Refused(name);
        }
        var began = line.GetProperty("time").GetDateTimeOffset();
        return NamesTime && began != Time ? throw Refused("time") : this with { Time = began };

        UsageException Refused(string part)
        {
            string time = part == "time" ? line.GetProperty("time").GetString()! : "";
            return new(BatchCommand.Name, words => words.Say("usage.output-terms", "name", DisplayText.Clean(folder), "why", words.Say("terms." + part, "time", time)));
        }
    }

    /// <summary>The digest of a file that an option names, or of what lies in a folder: what stands in it is what was asked for, not what it is called.</summary>
    private static string Content(string value)
    {
        try
        {
            return File.Exists(value) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(value)))
                : !Directory.Exists(value) ? ""
                : Digest(Directory.EnumerateFiles(value).Order(StringComparer.Ordinal).SelectMany(file => new[] { Path.GetFileName(file), FileStamp.Of(file, looksBeside: false).Stamp }));
        }
        catch (Exception e) when (AnswerSource.IsUnreadable(e))
        {
            return ""; // whoever needs it tells
        }
    }

    private static string Digest(IEnumerable<string> words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(words.ToArray()))));
}
