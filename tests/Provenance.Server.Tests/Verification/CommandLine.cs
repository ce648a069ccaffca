using System.Diagnostics;
using System.Text;

namespace Provenance.Server.Tests.Verification;

/// <summary>The command line, as it was built with these tests: what it says of files is what the server has to say.</summary>
internal static class CommandLine
{
    /// <summary>The time at which it and the server judge.</summary>
    public const string Time = "2026-11-21T12:00:00Z";

    /// <summary>Whom it and the server trust: who signed the samples.</summary>
    public static readonly string[] Anchors = [Sample("anchors.pem")], TimeStampAnchors = [Sample("tsa-anchors.pem")];

    private static readonly string[] s_options = ["--validation-time", Time, "--trust-anchors", Anchors[0], "--tsa-anchors", TimeStampAnchors[0]];

    private static readonly string s_program = Path.Combine(Repository.Root, "verifier", "Provenance.Cli", "bin", Repository.Configuration, "net10.0", "provenance.dll");

    /// <summary>Its lines on many files, in their order.</summary>
    public static async Task<string[]> LinesAsync(string format, IEnumerable<string> files)
    {
        string output = await RunAsync(string.Join('\n', files), "verify", "--format", format, "--files-from", "-");
        return output.Split('\n')[..^1];
    }

    private static string Sample(string name) => Path.Combine(Repository.Root, "tests", "samples", name);

    /// <summary>What it prints.</summary>
    public static async Task<string> RunAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [s_program, .. arguments, .. s_options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            WorkingDirectory = Path.GetTempPath(),
        };
        // No list is installed.
        start.Environment["PROVENANCE_HOME"] = Path.Combine(Path.GetTempPath(), "provenance-no-home");
        start.Environment.Remove("PROVENANCE_LANG");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return await output;
    }
}
