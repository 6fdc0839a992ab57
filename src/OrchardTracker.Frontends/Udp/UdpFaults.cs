using Microsoft.Extensions.Logging;

namespace OrchardTracker.Frontends;

/// <summary>Tells the operator of datagrams that met a fault: once a minute at most, since whoever finds one may send it again and again.</summary>
internal sealed partial class UdpFaults(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _toldAt;
    private long _untold;

    public void Add(Exception error)
    {
        long count;
        lock (_gate)
        {
            _untold++;
            if (_toldAt is { } told && time.GetElapsedTime(told) < Pause)
            {
                return;
            }

            _toldAt = time.GetTimestamp();
            (count, _untold) = (_untold, 0);
        }

        LogFault(logger, error, count);
    }

    [LoggerMessage(LogLevel.Error, "{Count} UDP requests were left unanswered, the last one because of the fault that follows. The tracker goes on. Please report it to whoever wrote the part that the fault names.")]
    private static partial void LogFault(ILogger logger, Exception error, long count);
}
