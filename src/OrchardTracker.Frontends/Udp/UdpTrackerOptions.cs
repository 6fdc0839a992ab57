using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OrchardTracker.Frontends;

/// <summary>Where the tracker answers over UDP. Immutable.</summary>
public sealed record UdpTrackerOptions
{
    /// <summary>One address and port; <see cref="IPAddress.IPv6Any"/> takes IPv4 as well.</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>Sockets on the port, each with a thread of its own; 0 for one to two processors, four at the most: a thread
    /// answers some 200,000 announces a second, and two that share a processor only get in each other's way.</summary>
    public int Sockets { get; init; }

    /// <summary>Take one datagram a system call even where many at once are possible.</summary>
    public bool IsPortable { get; init; }

    /// <summary>Told of faults that datagrams meet, once a minute at most.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
