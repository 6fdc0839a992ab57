namespace OrchardTracker.MediaTorrent.ViewModels;

/// <summary>Who has given what was downloaded of all media torrents, in bytes.</summary>
/// <param name="SinceUtc">When the process began.</param>
/// <param name="Downloaded">By the completed downloads that the tracker has counted.</param>
/// <param name="Given">By the site: its seeder, and its web seed, at media URLs to programs that are no browsers.</param>
public sealed record SwarmShare(DateTime SinceUtc, long Downloaded, long Given)
{
    public long GivenBySwarm => Math.Max(0, Downloaded - Given);
}
