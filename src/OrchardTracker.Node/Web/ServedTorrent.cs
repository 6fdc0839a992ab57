using OrchardTracker.BitTorrent;
using OrchardTracker.Publishing;

namespace OrchardTracker.Node;

/// <summary>A published torrent with the trackers and web seeds that it has for those who come by a certain address.</summary>
internal sealed class ServedTorrent(PublicAddress address, NodeSettings settings)
{
    private const string CreatedBy = "OrchardTracker";

    public string TorrentUrl(string root, PublishedTorrent torrent) => $"{root}/torrents/{torrent.InfoHash}.torrent";

    public byte[] Bytes(string root, PublishedTorrent torrent) => torrent.Metainfo.ToBytes(new MetainfoEdit()
        .SetTrackers(address.Trackers(root))
        .SetWebSeeds(WebSeeds(root, torrent))
        .SetCreatedBy(CreatedBy)
        .SetCreationDate(torrent.PublishedAt));

    public MagnetLink Magnet(string root, PublishedTorrent torrent) => MagnetLink.For(torrent.Metainfo) with
    {
        Trackers = [.. address.Trackers(root).SelectMany(tier => tier)],
        WebSeeds = WebSeeds(root, torrent),
    };

    private string[] WebSeeds(string root, PublishedTorrent torrent)
    {
        if (!settings.Publish.HasWebSeeds)
        {
            return [];
        }

        // Behind a slash clients put the name by themselves (BEP 19), each with his own way to escape it. Of a single file we can do it.
        var folder = $"{root}/files/{torrent.InfoHash}/";
        return [torrent.Metainfo.IsSingleFile ? folder + Uri.EscapeDataString(torrent.Name) : folder];
    }
}
