using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Provenance.Server.Tests;

/// <summary>The built server as a process of its own.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _error;

    private ServerProcess(Process process, string line)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        FirstLine = line;
        Address = new Uri(AddressInLine().Match(line).Value);
    }

    /// <summary>What was printed when the server had started.</summary>
    public string FirstLine { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    public int Id => _process.Id;

    /// <summary>Starts it and waits until it says where to open the page.</summary>
    public static Task<ServerProcess> StartAsync(params string[] arguments) => StartAsync(Repository.Server, new Dictionary<string, string>(), arguments);

    /// <summary>Starts it from a shell that did something before.</summary>
    public static Task<ServerProcess> StartThroughAsync(string commands, params string[] arguments) =>
        StartAsync(Launch("bash", ["-c", $"{commands}; exec dotnet \"$@\"", "server", Repository.Server, .. arguments], new Dictionary<string, string>()));

    public static async Task<ServerProcess> StartAsync(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        return await StartAsync(Launch(program, environment, arguments));
    }

    private static async Task<ServerProcess> StartAsync(Process process)
    {
        string? line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        if (line is null)
            throw new InvalidOperationException($"The server ended at once: {await process.StandardError.ReadToEndAsync()}");
        return new ServerProcess(process, line);
    }

    /// <summary>Runs it to its end: what was printed, what was complained, and the exit code.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Launch(Repository.Server, new Dictionary<string, string>(), arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Asks it to end, as Ctrl+C and systemd do; tells how it ended and what else it printed.</summary>
    public async Task<(int ExitCode, string Output, string Error)> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return (_process.ExitCode, await _process.StandardOutput.ReadToEndAsync(), await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Launch(string program, IReadOnlyDictionary<string, string> environment, string[] arguments) => Launch("dotnet", [program, .. arguments], environment);

    private static Process Launch(string command, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (string name in (string[])["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "URLS", "DOTNET_URLS"])
            start.Environment.Remove(name); // whoever runs the tests may have set them
        start.Environment["PROVENANCE_HOME"] = NoUserData.AnotherHome;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"http://[^ ]+")]
    private static partial Regex AddressInLine();
}
