using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Services;

/// <param name="IsPersonal">Whether it holds the visitor's passkey: it must not be kept by a cache for others.</param>
public sealed record ServedTorrent(Metainfo Metainfo, bool IsPersonal)
{
    public const string ContentType = "application/x-bittorrent";

    public string Magnet => MagnetLink.For(Metainfo).ToString();
}
