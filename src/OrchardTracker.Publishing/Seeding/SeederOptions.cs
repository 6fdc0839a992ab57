using System.Net;

namespace OrchardTracker.Publishing;

/// <summary>How a seeder works. Immutable.</summary>
public sealed record SeederOptions
{
    /// <summary>Where to listen. By default everywhere, IPv6 and IPv4 alike.</summary>
    public IPAddress Address { get; init; } = IPAddress.IPv6Any;

    /// <summary>0 lets the system choose.</summary>
    public int Port { get; init; } = 6881;

    public int MaxConnections { get; init; } = 500;

    /// <summary>From one IPv4 address or one IPv6 network of 64 bits.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 50;

    /// <summary>Peers that are served at once; others wait for their turn.</summary>
    public int UploadSlots { get; init; } = 32;

    /// <summary>How long a peer keeps its slot while others wait.</summary>
    public TimeSpan SlotTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes a second to all peers together; 0 for as fast as it goes.</summary>
    public long MaxRate { get; init; }

    /// <summary>Bytes a second to one peer; 0 for as fast as it goes.</summary>
    public long MaxRatePerPeer { get; init; }

    /// <summary>Requests of one peer that wait; more are rejected. Peers are told (BEP 10's <c>reqq</c>).</summary>
    public int QueueDepth { get; init; } = 2_000;

    /// <summary>Within which a peer must have said which torrent it comes for.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After which a silent peer is let go; BEP 3 has them speak every two minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>After which a peer is let go that takes nothing of what is sent to it.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Seeders of a swarm, beside this one, from which on this one steps back, until they are fewer. 0 for never.
    /// </summary>
    public int StepsBackAt { get; init; }

    /// <summary>Between two announces of a torrent.</summary>
    public TimeSpan AnnounceInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Between two looks at how many seeders a swarm has.</summary>
    public TimeSpan SwarmCheckInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="ArgumentException">A bound is out of its bounds.</exception>
    internal void ThrowIfUnusable()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnectionsPerAddress, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(UploadSlots, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxRate);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxRatePerPeer);
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueDepth, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(StepsBackAt);
    }
}
