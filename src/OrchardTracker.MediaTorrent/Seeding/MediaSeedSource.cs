using Microsoft.Extensions.DependencyInjection;
using Microsoft.Win32.SafeHandles;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.Publishing;

namespace OrchardTracker.MediaTorrent.Seeding;

/// <summary>Where the seeder finds a media torrent and its bytes: hidden originals and visible files alike.</summary>
internal sealed class MediaSeedSource(TenantShell shell, SeedRecord record) : ISeedSource
{
    public async ValueTask<Metainfo> LoadAsync(CancellationToken cancellationToken) =>
        await shell.RunAsync(services => services.GetRequiredService<ITorrentStore>().FindAsync(record.InfoHashes[0]))
        ?? throw new IOException("The site has lost the torrent.");

    public async ValueTask<SafeFileHandle> OpenAsync(TorrentFile file, CancellationToken cancellationToken)
    {
        var local = await shell.RunAsync(async services =>
        {
            if (await services.GetRequiredService<MediaEntryStore>().FindAsync(record.EntryId) is not { HasTorrent: true, IsStale: false } entry)
            {
                throw new IOException("The file has changed since it was hashed.");
            }

            var path = entry.IsFolder ? $"{entry.Path}/{file.FullPath}" : entry.Path;
            return await services.GetRequiredService<LocalMedia>().FindAsync(path, file.Length, cancellationToken);
        });
        var handle = SharedFile.OpenHandle(local);
        if (RandomAccess.GetLength(handle) == file.Length)
        {
            return handle;
        }

        handle.Dispose();
        throw new IOException($"'{file.FullPath}' is not as long as when it was hashed.");
    }
}
