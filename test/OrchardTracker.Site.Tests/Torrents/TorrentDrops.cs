using Microsoft.Playwright;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Drops files on the upload form of a page, as a hand does with a mouse.</summary>
internal static class TorrentDrops
{
    public static async Task DropAsync(this IPage page, IEnumerable<Metainfo> torrents)
    {
        var data = await page.EvaluateHandleAsync(
            """
            files => {
                const data = new DataTransfer();
                for (const file of files) {
                    data.items.add(new File([Uint8Array.from(atob(file), c => c.charCodeAt(0))], 'x.torrent', { type: 'application/x-bittorrent' }));
                }
                return data;
            }
            """,
            torrents.Select(torrent => Convert.ToBase64String(torrent.Bytes.Span)).ToArray());
        await page.DispatchEventAsync("form.ot-upload", "drop", new { dataTransfer = data });
    }
}
