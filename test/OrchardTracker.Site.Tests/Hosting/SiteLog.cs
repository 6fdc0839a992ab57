using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OrchardTracker.Site.Tests.Hosting;

/// <summary>Keeps what a site logs, for assertions and for whoever reads a failure.</summary>
/// <param name="keepsAll">All that the site's settings let into a log; otherwise warnings, and what our modules say.</param>
public sealed class SiteLog(bool keepsAll = false) : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Writer(categoryName, keepsAll, _lines);

    public void Dispose()
    {
    }

    public override string ToString() => string.Join('\n', _lines);

    private sealed class Writer(string category, bool keepsAll, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => keepsAll || logLevel >= LogLevel.Warning
            || (logLevel >= LogLevel.Information && category.StartsWith("OrchardTracker", StringComparison.Ordinal));

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
