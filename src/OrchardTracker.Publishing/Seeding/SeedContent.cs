using Microsoft.Win32.SafeHandles;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>
/// Reads the bytes of a torrent from its files. Files are opened when they are first asked for and closed when nobody has
/// asked for a while. Thread-safe.
/// </summary>
internal sealed class SeedContent(Metainfo metainfo, ISeedSource source)
{
    private const int MaxOpenFiles = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<TorrentFile, OpenFile> _open = [];

    /// <summary>Fills some buffers with the bytes that follow each other from an offset.</summary>
    /// <exception cref="IOException">A file is shorter than the torrent says, or cannot be read.</exception>
    public async ValueTask ReadAsync(long offset, IReadOnlyList<Memory<byte>> buffers, CancellationToken cancellationToken)
    {
        var length = buffers.Sum(buffer => (long)buffer.Length);
        if (metainfo.IsSingleFile)
        {
            await ReadAsync(metainfo.Files[0], offset, buffers, length, cancellationToken);
            return;
        }

        foreach (var buffer in buffers)
        {
            var rest = buffer;
            foreach (var slice in metainfo.MapRange(offset, buffer.Length))
            {
                var part = rest[..(int)slice.Length];
                rest = rest[part.Length..];
                if (slice.File.IsPadding)
                {
                    part.Span.Clear();
                }
                else
                {
                    await ReadAsync(slice.File, slice.Offset, [part], part.Length, cancellationToken);
                }
            }

            offset += buffer.Length;
        }
    }

    /// <summary>Closes what nobody has read for a while.</summary>
    public void CloseIdle(long now, TimeSpan idle)
    {
        lock (_gate)
        {
            foreach (var (file, open) in _open)
            {
                if (now - open.LastUsed > idle.TotalMilliseconds)
                {
                    Close(file, open);
                }
            }
        }
    }

    public void CloseAll()
    {
        lock (_gate)
        {
            foreach (var (file, open) in _open)
            {
                Close(file, open);
            }
        }
    }

    private async ValueTask ReadAsync(
        TorrentFile file, long offset, IReadOnlyList<Memory<byte>> buffers, long length, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var handle = await GetAsync(file, cancellationToken);
                if (RandomAccess.Read(handle, buffers, offset) != length)
                {
                    throw new IOException($"'{file.FullPath}' is shorter than its torrent says.");
                }

                return;
            }
            catch (ObjectDisposedException) when (attempt < 3)
            {
                // Closed as idle in this very moment.
            }
        }
    }

    private async ValueTask<SafeFileHandle> GetAsync(TorrentFile file, CancellationToken cancellationToken)
    {
        OpenFile? open;
        lock (_gate)
        {
            if (!_open.TryGetValue(file, out open))
            {
                MakeRoom();
                open = _open[file] = new OpenFile(source.OpenAsync(file, cancellationToken).AsTask());
            }

            open.LastUsed = Environment.TickCount64;
        }

        try
        {
            return await open.Handle;
        }
        catch
        {
            lock (_gate)
            {
                Close(file, open);
            }

            throw;
        }
    }

    private void MakeRoom()
    {
        if (_open.Count >= MaxOpenFiles)
        {
            var (file, open) = _open.MinBy(pair => pair.Value.LastUsed);
            Close(file, open);
        }
    }

    private void Close(TorrentFile file, OpenFile open)
    {
        if (_open.TryGetValue(file, out var current) && current == open)
        {
            _open.Remove(file);
        }

        // Reads that have begun end first: the handle counts them.
        open.Handle.ContinueWith(
            static opened => opened.Result.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private sealed class OpenFile(Task<SafeFileHandle> handle)
    {
        public Task<SafeFileHandle> Handle { get; } = handle;

        /// <summary>In milliseconds of <see cref="Environment.TickCount64"/>.</summary>
        public long LastUsed { get; set; }
    }
}
