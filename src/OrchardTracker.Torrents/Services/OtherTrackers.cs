namespace OrchardTracker.Torrents.Services;

/// <summary>
/// Leaves the site's own addresses out of the trackers that a torrent names. Members make torrents with the announce URL
/// that the site has given them, and their passkey in it is nobody else's; the site's own are written in when it is served.
/// </summary>
public sealed class OtherTrackers(IServiceProvider services)
{
    /// <param name="tiers">As somebody has written them; what is no address of a tracker is left out as well.</param>
    public async Task<List<List<string>>> OfAsync(IEnumerable<IEnumerable<string>> tiers)
    {
        var own = (IAnnounceUrls?)services.GetService(typeof(IAnnounceUrls));
        List<List<string>> others = [];
        foreach (var tier in tiers)
        {
            List<string> kept = [];
            foreach (var url in tier.Where(UrlText.IsTracker))
            {
                if (own is null || !await own.IsOwnAsync(url))
                {
                    kept.Add(url);
                }
            }

            if (kept.Count > 0)
            {
                others.Add(kept);
            }
        }

        return others;
    }
}
