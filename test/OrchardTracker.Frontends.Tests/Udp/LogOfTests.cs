using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OrchardTracker.Frontends.Tests.Udp;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogOfTests : ILogger
{
    private readonly ConcurrentQueue<(string Text, Exception? Error)> _entries = new();

    public IReadOnlyCollection<(string Text, Exception? Error)> Entries => _entries;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((formatter(state, exception), exception));
}
