using OrchardTracker.BitTorrent;
using QRCoder;

namespace OrchardTracker.Torrents.Services;

/// <summary>A magnet link as a picture, for phones.</summary>
internal static class MagnetQrCode
{
    /// <summary>What a camera still reads from a screen, in bytes.</summary>
    private const int LongestLink = 700;

    public static string Draw(ServedTorrent torrent)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(Shorten(torrent.Metainfo), QRCodeGenerator.ECCLevel.L);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(4);
    }

    /// <summary>With fewer and fewer of what a link may lack: the hash is enough.</summary>
    private static string Shorten(Metainfo metainfo)
    {
        var link = MagnetLink.For(metainfo);
        MagnetLink[] links =
        [
            link,
            link with { WebSeeds = [] },
            link with { WebSeeds = [], Trackers = [.. link.Trackers.Take(1)] },
            link with { WebSeeds = [], Trackers = [.. link.Trackers.Take(1)], Name = null },
        ];
        return links.Select(one => one.ToString()).FirstOrDefault(text => text.Length <= LongestLink)
            ?? (link with { WebSeeds = [], Trackers = [], Name = null }).ToString();
    }
}
