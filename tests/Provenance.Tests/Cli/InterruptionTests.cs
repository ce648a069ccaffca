using System.Diagnostics;
using Provenance.Tests.House;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>Ctrl-C: the program ends at once, with its own exit code, and leaves no half answer behind.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const int Interrupted = 130;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Cli _cli = new();
    private readonly byte[] _good = File.ReadAllBytes(Cli.Sample("good.jpg"));

    public InterruptionTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by Linux's own programs");

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_program_that_waits_for_names_ends()
    {
        _cli.Save("good.jpg", _good);
        using var process = Start("verify", "--format", "json", "--files-from", "-");
        await process.StandardInput.WriteLineAsync("good.jpg");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        await InterruptAsync(process);

        Assert.Equal(Interrupted, process.ExitCode);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("4")]
    public async Task A_program_that_hashes_ends_and_has_told_what_it_knew(string jobs)
    {
        _cli.Save("good.jpg", _good);
        Hollow("huge.jpg");
        using var process = Start("verify", "--format", "json", "--digest", "--jobs", jobs, "good.jpg", "huge.jpg", "good.jpg");
        string? first = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        await InterruptAsync(process);

        Assert.Equal(Interrupted, process.ExitCode);
        Assert.Equal("good.jpg", (string?)Cli.Parse(first!)["file"]);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_program_that_cannot_even_open_its_file_ends()
    {
        await Command.RunAsync(_cli.Folder, null, "mkfifo", Path.Combine(_cli.Folder, "pipe"));
        _cli.Save("good.jpg", _good);
        using var process = Start("verify", "--format", "json", "--jobs", "1", "good.jpg", "pipe");
        Assert.NotNull(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        await InterruptAsync(process);

        Assert.Equal(Interrupted, process.ExitCode);
    }

    /// <summary>A picture with a hundred gigabytes of nothing behind it, which take no room and minutes to hash.</summary>
    private void Hollow(string name)
    {
        using var file = new FileStream(Path.Combine(_cli.Folder, name), FileMode.CreateNew);
        file.Write(File.ReadAllBytes(Cli.Sample("none.jpg")));
        file.SetLength(100L << 30);
    }

    // Whoever runs the tests in the background has its children ignore the signal.
    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Repository.CommandLine, .. arguments])
    {
        WorkingDirectory = _cli.Folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private async Task InterruptAsync(Process process)
    {
        await Command.RunAsync(_cli.Folder, null, "kill", "-INT", $"{process.Id}");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
    }
}
