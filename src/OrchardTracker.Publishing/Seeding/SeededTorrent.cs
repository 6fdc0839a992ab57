using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>
/// A torrent that a seeder has whole. Until somebody comes for it, it costs no more than its hashes: a site may have a
/// hundred thousand. Thread-safe.
/// </summary>
/// <param name="infoHashes">The hashes that peers know it by: v1, truncated v2, or both of a hybrid.</param>
public sealed class SeededTorrent(IReadOnlyList<InfoHash> infoHashes, ISeedSource source)
{
    private readonly Lock _gate = new();
    private Task<OpenTorrent>? _open;
    private long _lastOpened;
    private long _uploaded;
    private int _connections;

    public IReadOnlyList<InfoHash> InfoHashes { get; } = infoHashes;

    /// <summary>
    /// Decides whom to let in, by address and peer id; null lets everybody in. Who is not let in gets nothing, not even
    /// the metadata (BEP 9).
    /// </summary>
    public Func<SeedPeer, CancellationToken, ValueTask<bool>>? Admits { get; init; }

    /// <summary>Bytes of files sent to peers since the torrent was added.</summary>
    public long Uploaded => Interlocked.Read(ref _uploaded);

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The swarm has seeders enough of its own: nobody is let in for now.</summary>
    public bool IsResting { get; internal set; }

    internal long NextAnnounce { get; set; }

    internal long NextSwarmCheck { get; set; }

    internal void CountUploaded(int bytes) => Interlocked.Add(ref _uploaded, bytes);

    internal void CountConnection(int change) => Interlocked.Add(ref _connections, change);

    /// <summary>Loads the torrent unless it is there.</summary>
    internal async ValueTask<OpenTorrent> OpenAsync()
    {
        Task<OpenTorrent> open;
        lock (_gate)
        {
            _lastOpened = Environment.TickCount64;
            open = _open ??= LoadAsync();
        }

        try
        {
            return await open;
        }
        catch
        {
            Close(open);
            throw;
        }
    }

    /// <summary>Closes files that nobody has read for a while, and lets the torrent go when nobody came for a while.</summary>
    internal void CloseIdle(long now, TimeSpan idle)
    {
        var open = Volatile.Read(ref _open);
        if (open is not { IsCompletedSuccessfully: true })
        {
            return;
        }

        open.Result.Content.CloseIdle(now, idle);
        if (Connections == 0 && now - Interlocked.Read(ref _lastOpened) > idle.TotalMilliseconds)
        {
            Close(open);
        }
    }

    internal void Close() => Close(Volatile.Read(ref _open));

    private void Close(Task<OpenTorrent>? open)
    {
        lock (_gate)
        {
            if (_open == open)
            {
                _open = null;
            }
        }

        if (open is { IsCompletedSuccessfully: true })
        {
            open.Result.Content.CloseAll();
        }
    }

    private async Task<OpenTorrent> LoadAsync()
    {
        var metainfo = await source.LoadAsync(CancellationToken.None);
        return new OpenTorrent(metainfo, new SeedContent(metainfo, source));
    }
}
