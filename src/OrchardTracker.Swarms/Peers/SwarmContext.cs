using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>What a swarm needs to know of the store and of the moment.</summary>
internal readonly ref struct SwarmContext
{
    public required StoreLimits Limits { get; init; }

    public required bool HasRoomForPeers { get; init; }

    /// <summary>The hash under which the torrent is known.</summary>
    public required InfoHash Torrent { get; init; }

    /// <summary>Milliseconds of <see cref="SwarmClock"/>.</summary>
    public required long Now { get; init; }

    public ushort Tick => SwarmClock.ToTick(Now);
}
