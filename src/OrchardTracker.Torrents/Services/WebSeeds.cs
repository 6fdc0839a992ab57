using OrchardCore.ContentManagement;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Networks;

namespace OrchardTracker.Torrents.Services;

/// <summary>Adds web seeds to torrents (BEP 19).</summary>
public sealed class WebSeeds(TorrentItems items)
{
    private const int MostSeeds = 50;

    public async Task<WebSeedResult> AddAsync(InfoHash infoHash, string url)
    {
        url = url.Trim();
        if (!UrlText.IsWebSeed(url))
        {
            return WebSeedResult.NoAddress;
        }

        if (!PublicAddresses.MayHold(url))
        {
            return WebSeedResult.NotPublic;
        }

        var versions = await items.FindVersionsAsync(infoHash);
        if (versions.Exists(version => version.GetOrCreate<TorrentPart>().WebSeeds.Count >= MostSeeds))
        {
            return WebSeedResult.TooMany;
        }

        await items.ChangeAsync(versions, part =>
        {
            if (!part.WebSeeds.Contains(url))
            {
                part.WebSeeds.Add(url);
            }
        });
        return WebSeedResult.Added;
    }
}
