using Microsoft.Win32.SafeHandles;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>Has what a seeder gives: asked only when somebody comes for it.</summary>
public interface ISeedSource
{
    /// <summary>Loads the torrent. It is kept while peers are there and a while after.</summary>
    /// <exception cref="IOException">It is not there any more.</exception>
    ValueTask<Metainfo> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Opens one of its files for reading anywhere in it. The handle is disposed of by the caller.</summary>
    /// <exception cref="IOException">It cannot be opened, or is not the file that was hashed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    ValueTask<SafeFileHandle> OpenAsync(TorrentFile file, CancellationToken cancellationToken);
}
