using System.Diagnostics;
using Newtonsoft.Json.Linq;
using Provenance.Tests.House;

namespace Provenance.Tests.Cli;

/// <summary>The built program, run as a process on files in a folder of its own.</summary>
internal sealed class Cli : IDisposable
{
    private static readonly Dictionary<string, string?> Plain = new() { ["NO_COLOR"] = "1", ["TZ"] = "Asia/Seoul", ["LANG"] = "tr_TR.UTF-8" };

    public string Folder { get; } = Directory.CreateTempSubdirectory("provenance-cli-").FullName;

    public static string Sample(string name) => Repository.PathOf("tests", "samples", name);

    /// <summary>The lists that know the samples' signers and their time stamps.</summary>
    public static string[] SampleLists => ["--trust-anchors", Sample("anchors.pem"), "--tsa-anchors", Sample("tsa-anchors.pem")];

    public string Save(string name, byte[] bytes)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return name;
    }

    public string Save(string name, string text) => Save(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Where this fixture's lists are installed: nowhere, until a command does.</summary>
    public string Home => Path.Combine(Folder, "home");

    public Task<Command> RunAsync(params string[] arguments) =>
        RunInAsync(new Dictionary<string, string?>(), arguments);

    /// <summary>Runs with variables of the environment set, or, where null, unset.</summary>
    public Task<Command> RunInAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        Command.RunAsync(Folder, new Dictionary<string, string?>(Plain.Append(new("PROVENANCE_HOME", Home)).Where(pair => !environment.ContainsKey(pair.Key)).Concat(environment)), "dotnet", [Repository.CommandLine, .. arguments]);

    /// <summary>The reports of "verify --format json", whatever the exit code.</summary>
    public async Task<IReadOnlyList<JObject>> ReportsAsync(params string[] arguments)
    {
        var command = await RunAsync(["verify", "--format", "json", .. arguments]);
        return [.. command.Output.Split('\n')[..^1].Select(Parse)];
    }

    /// <summary>Starts the program with its streams open.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.CommandLine, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    /// <summary>Reads one report; dates stay text.</summary>
    public static JObject Parse(string line)
    {
        using var reader = new Newtonsoft.Json.JsonTextReader(new StringReader(line)) { DateParseHandling = Newtonsoft.Json.DateParseHandling.None };
        return JObject.Load(reader);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
