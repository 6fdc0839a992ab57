using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Models;

namespace OrchardTracker.Torrents.Services;

/// <summary>Takes the bytes of a torrent in: keeps them, describes them in the part, makes their names findable.</summary>
public sealed class TorrentIntake(ITorrentStore store, TorrentRecords records)
{
    public async Task TakeAsync(TorrentPart part, Metainfo metainfo)
    {
        part.Describe(metainfo);
        await store.SaveAsync(metainfo, TorrentFeatures.Torrents);
        await records.SetFileWordsAsync(metainfo);
    }
}
