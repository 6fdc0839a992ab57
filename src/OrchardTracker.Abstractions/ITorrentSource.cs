namespace OrchardTracker;

/// <summary>
/// Names the torrents that a module has, so that the tracker knows them after a start. Scoped; any number of modules may
/// register one. What changes later is told to <see cref="ISiteTracker"/> at once.
/// </summary>
public interface ITorrentSource
{
    IAsyncEnumerable<SourcedTorrent> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Called before all torrents are listed, and then every few seconds: tells <see cref="ISiteTracker"/> what other servers
    /// of the site have changed since. Must cost next to nothing where nothing has changed.
    /// </summary>
    Task FollowAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
