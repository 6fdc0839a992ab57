using Microsoft.Win32.SafeHandles;
using OrchardTracker.BitTorrent;
using OrchardTracker.Publishing;

namespace OrchardTracker.Bench;

internal sealed class SingleFileSource(Metainfo metainfo, string path) : ISeedSource
{
    public ValueTask<Metainfo> LoadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(metainfo);

    public ValueTask<SafeFileHandle> OpenAsync(TorrentFile file, CancellationToken cancellationToken) => ValueTask.FromResult(File.OpenHandle(path));
}
