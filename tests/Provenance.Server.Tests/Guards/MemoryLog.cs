using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Provenance.Server.Tests.Guards;

/// <summary>Everything a server logs, of every category.</summary>
internal sealed class MemoryLog(LogLevel level) : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public string All => string.Join('\n', _lines);

    /// <summary>So many lines of a kind, or what there is of them after a minute: a line is written when its answer is gone, and who asked may be faster.</summary>
    public async Task<IReadOnlyList<string>> WaitAsync(int count, Func<string, bool> isOne)
    {
        for (int patience = 0; _lines.Count(isOne) < count && patience < 600; patience++)
            await Task.Delay(100);
        return [.. _lines.Where(isOne)];
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, MemoryLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= log.Level;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)}{exception}");
    }

    private LogLevel Level => level;
}
