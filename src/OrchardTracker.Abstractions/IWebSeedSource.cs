using OrchardTracker.BitTorrent;

namespace OrchardTracker;

/// <summary>
/// Knows where a torrent's files can be had over HTTP (BEP 19), for the visitor of the current request. Scoped; any number
/// of modules may register one.
/// </summary>
public interface IWebSeedSource
{
    ValueTask<IReadOnlyList<string>> GetAsync(Metainfo metainfo);
}
