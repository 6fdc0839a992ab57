using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>The tracker that a seeder announces to. Thread-safe; nothing here waits.</summary>
public interface ISeedTracker
{
    /// <summary>Tells the swarm of a torrent where the seeder is, or that it has left.</summary>
    /// <param name="uploaded">Bytes in this session.</param>
    void Announce(InfoHash infoHash, PeerId peerId, int port, AnnounceEvent announceEvent, long uploaded);

    /// <summary>How many seeders a swarm has, this one not counted.</summary>
    int CountOtherSeeders(InfoHash infoHash, PeerId peerId);
}
