namespace OrchardTracker;

/// <summary>
/// Names the torrents that a module has, so that the tracker knows them after a start. Scoped; any number of modules may
/// register one. What changes later is told to <see cref="ISiteTracker"/> at once.
/// </summary>
public interface ITorrentSource
{
    IAsyncEnumerable<SourcedTorrent> ListAsync(CancellationToken cancellationToken);
}
