using Microsoft.Extensions.Logging;
using Provenance.Server.Trust;

namespace Provenance.Server.Tests.Trust;

/// <summary>What was logged.</summary>
internal sealed class Lines : ILogger<TrustRefresh>
{
    private readonly List<string> _lines = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Add(formatter(state, exception));

    public override string ToString() => string.Join('\n', _lines);
}
