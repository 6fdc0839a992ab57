using Microsoft.Extensions.Logging;
using OrchardCore.Modules;

namespace OrchardTracker.Torrents.TextSearch;

/// <summary>Tells the operator that searches do without their index, now and then: each search would fill the log.</summary>
internal sealed partial class TextIndexFaults(IClock clock)
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private DateTime _next;

    public void Report(string index, string reason, Exception? exception, ILogger logger)
    {
        lock (_lock)
        {
            var now = clock.UtcNow;
            if (now < _next)
            {
                return;
            }

            _next = now + Silence;
        }

        LogFault(logger, exception, index, reason);
    }

    [LoggerMessage(LogLevel.Error, "Torrents cannot be searched by the index {Index}. {Reason} Until that is mended they are searched by the words of their titles and file names. See Search, Indexes, and Settings, Torrents.")]
    private static partial void LogFault(ILogger logger, Exception? exception, string index, string reason);
}
