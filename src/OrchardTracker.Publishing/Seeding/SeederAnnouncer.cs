using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>
/// Tells the tracker of a seeder's torrents, and lets the seeder step back from swarms that have enough seeders of their
/// own until these leave.
/// </summary>
internal sealed class SeederAnnouncer(Seeder seeder, ISeedTracker tracker)
{
    public void Begin(SeededTorrent torrent)
    {
        var now = Environment.TickCount64;
        torrent.NextSwarmCheck = now + (long)seeder.Options.SwarmCheckInterval.TotalMilliseconds;
        if (seeder.Port == 0)
        {
            // Nobody could come yet.
            torrent.NextAnnounce = now;
            return;
        }

        torrent.NextAnnounce = now + (long)seeder.Options.AnnounceInterval.TotalMilliseconds;
        Announce(torrent, AnnounceEvent.Started);
    }

    public void End(SeededTorrent torrent)
    {
        if (!torrent.IsResting)
        {
            Announce(torrent, AnnounceEvent.Stopped);
        }
    }

    /// <summary>To be called every second or so.</summary>
    public void Tend(SeededTorrent torrent, long now)
    {
        if (seeder.Options.StepsBackAt > 0 && now >= torrent.NextSwarmCheck)
        {
            torrent.NextSwarmCheck = now + (long)seeder.Options.SwarmCheckInterval.TotalMilliseconds;
            var others = torrent.InfoHashes.Max(infoHash => tracker.CountOtherSeeders(infoHash, seeder.PeerId));
            if (others >= seeder.Options.StepsBackAt != torrent.IsResting)
            {
                StepBack(torrent, !torrent.IsResting);
            }
        }

        if (!torrent.IsResting && now >= torrent.NextAnnounce)
        {
            torrent.NextAnnounce = now + (long)seeder.Options.AnnounceInterval.TotalMilliseconds;
            Announce(torrent, AnnounceEvent.None);
        }
    }

    private void StepBack(SeededTorrent torrent, bool isResting)
    {
        torrent.IsResting = isResting;
        Announce(torrent, isResting ? AnnounceEvent.Stopped : AnnounceEvent.Started);
        if (isResting)
        {
            seeder.LetGo(torrent);
        }
    }

    private void Announce(SeededTorrent torrent, AnnounceEvent announceEvent)
    {
        foreach (var infoHash in torrent.InfoHashes)
        {
            tracker.Announce(infoHash, seeder.PeerId, seeder.Port, announceEvent, torrent.Uploaded);
        }
    }
}
