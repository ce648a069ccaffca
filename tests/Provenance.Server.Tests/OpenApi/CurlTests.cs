using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Provenance.Server.Guards;
using Xunit;

namespace Provenance.Server.Tests.OpenApi;

/// <summary>The commands of docs/api.md and of the description, run with curl against a server of its own.</summary>
public sealed class CurlTests : IAsyncLifetime
{
    private const string WrittenAddress = "http://127.0.0.1:5080";

    private readonly StandInPage _page = new();
    private readonly string _home = Directory.CreateTempSubdirectory("provenance-home-").FullName;
    private ServerProcess _server = null!;

    public async ValueTask InitializeAsync()
    {
        var environment = new Dictionary<string, string> { ["PROVENANCE_HOME"] = _home, ["PROVENANCE_SERVER_GUARDS__ADDRESS__BURST"] = "100000" };
        _server = await ServerProcess.StartAsync(Repository.Server, environment, "--urls", "http://127.0.0.1:0", "--page", _page.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _page.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    [Fact]
    public async Task The_commands_of_the_guide_print_what_it_says()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not here");
        string text = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "api.md"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        var script = new StringBuilder("set -u\n");
        var expected = new StringBuilder();
        int commands = 0;
        foreach (string block in text.Split("```console\n")[1..].Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]))
        {
            foreach (string line in block.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                // One shell for all of it, as somebody who copies them has: variables stay.
                if (line.StartsWith("$ ", StringComparison.Ordinal))
                    script.Append(CultureInfo.InvariantCulture, $"echo '> {++commands}'\n{line[2..]}\n");
                expected.Append(line.StartsWith("$ ", StringComparison.Ordinal) ? $"> {commands}\n" : line + "\n");
            }
        }
        Assert.InRange(commands, 10, 100);
        string printed = await RunAsync(script.ToString());
        // Answers end without a line's end, so that the next line's mark follows them at once.
        string Lines(string lines) => Regex.Replace(lines, "\n*(> [0-9]+\n)", "\n$1").Trim();
        string pattern = "^" + string.Join(".*?", Lines(expected.ToString()).Split('…').Select(Regex.Escape)) + "$";
        Assert.True(Regex.IsMatch(Lines(printed), pattern), $"docs/api.md says\n{expected}\nprinted is\n{printed}");
    }

    [Fact]
    public async Task The_command_of_each_call_is_answered_as_it_is_described()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not here");
        var api = ApiDescriptionTests.Read(ApiDescriptionTests.DescriptionFile);
        var complaints = new List<string>();
        foreach (var operation in api["paths"]!.SelectMany(path => path.First!.Cast<JProperty>()).Select(method => (JObject)method.Value))
        {
            string id = (string)operation["operationId"]!, command = ((string)operation["x-codeSamples"]![0]!["source"]!).Replace("curl -O ", "curl ", StringComparison.Ordinal);
            string printed = await RunAsync($"{command} -s -w '\\n%{{http_code}} %{{content_type}}'");
            string last = printed[(printed.LastIndexOf('\n') + 1)..], body = printed[..printed.LastIndexOf('\n')];
            string status = last[..3], type = last[4..].Split(';')[0];
            complaints.AddRange(Complaints(api, operation, status, type, body).Select(complaint => $"{id} answered {status} {type}: {complaint}"));
        }
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    private static IEnumerable<string> Complaints(JObject api, JObject operation, string status, string type, string body)
    {
        if (operation["responses"]![status] is not { } response)
            return ["the status is not described"];
        if (response["$ref"] is { } reference)
            response = api["components"]!["responses"]![((string)reference!).Split('/')[^1]]!;
        if (response["content"]?[type] is not { } content)
            return response["content"] is null && type.Length == 0 ? [] : ["the media type is not described"];
        if (type == Problem.MediaType && Problems.All.FirstOrDefault(problem => body.Contains($"\"{problem.Type}\"", StringComparison.Ordinal)) is { } problem
            && !operation["x-problems"]!.Any(name => (string?)name == problem.Name))
            return [$"{problem.Name} is not described"];
        if (content["schema"] is not { } schema || !((string?)schema["$ref"] ?? "#").StartsWith('#'))
            return [];
        using var reader = new JsonTextReader(new StringReader(body)) { DateParseHandling = DateParseHandling.None };
        return SchemaCheck.Complaints(JToken.Load(reader), schema, api);
    }

    private async Task<string> RunAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script.Replace(WrittenAddress, _server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await error);
        return output.ReplaceLineEndings("\n");
    }
}
