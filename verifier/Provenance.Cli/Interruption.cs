using System.Runtime.InteropServices;

namespace Provenance.Cli;

/// <summary>
/// Ctrl-C: cancels what is under way, so that the bar is wiped and no answer is cut in two. What does not heed it is left behind after a
/// moment, and a second Ctrl-C ends the program as the system does.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>128 and the number of the signal, as shells have it.</summary>
    public const int ExitCode = 130;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _registration;
    private Timer? _end;

    /// <param name="abandon">What is done before the program ends without its threads.</param>
    public Interruption(Action abandon) => _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
    {
        if (_source.IsCancellationRequested)
            return;
        context.Cancel = true;
        _end = new Timer(_ => End(abandon), null, Moment, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    });

    public CancellationToken Token => _source.Token;

    // The source stays: a worker that was left behind may still look at its token.
    public void Dispose()
    {
        _registration.Dispose();
        _end?.Dispose();
    }

    private static void End(Action abandon)
    {
        abandon();
        Environment.Exit(ExitCode);
    }
}
