using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <content>What becomes of what is found.</content>
public sealed partial class FolderPublisher
{
    public Task<PublishingOrder?> OpenAsync(PublishingJob job, CancellationToken cancellationToken)
    {
        var item = _scanner.Scan(job.Id, cancellationToken);
        if (item is null)
        {
            return Task.FromResult<PublishingOrder?>(null);
        }

        RequireUnchanged(job, item);
        var sources = item.Files.Select(file => new PublishingSource(file.Path, file.Length, _ => ValueTask.FromResult(Open(file))));
        return Task.FromResult<PublishingOrder?>(new(item.Name, [.. sources], item.IsFolder, _options.Torrents));
    }

    public Task CompleteAsync(PublishingJob job, Metainfo torrent, CancellationToken cancellationToken)
    {
        var item = _scanner.Scan(job.Id, cancellationToken) ?? throw new SourceChangedException(job.Name);
        RequireUnchanged(job, item);
        var published = new PublishedTorrent(torrent, item, _time.GetUtcNow());
        try
        {
            _state?.Add(published);
            _notices.Clear(FolderNoticeKind.StateNotKept, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _notices.Set(new(FolderNoticeKind.StateNotKept, null, new("{0}", error.Message)));
        }

        Publish(published);
        return Task.CompletedTask;
    }

    /// <returns>How many items do not rest yet.</returns>
    private async Task<int> ScanAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<FolderItem> items;
        try
        {
            items = _scanner.Scan(cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Perhaps a disk that is not mounted: nothing is withdrawn that will be there again.
            IsAvailable = false;
            _notices.Set(new(FolderNoticeKind.FolderUnavailable, null, new("{0}", error.Message)));
            return 0;
        }

        IsAvailable = true;
        _notices.Clear(FolderNoticeKind.FolderUnavailable, null);
        var names = items.Select(item => item.Name).ToHashSet();
        await ForgetExceptAsync(names, cancellationToken);
        var unsettled = 0;
        foreach (var item in items)
        {
            unsettled += await ConsiderAsync(item, cancellationToken) ? 0 : 1;
        }

        return unsettled;
    }

    /// <returns>False when the item has to be looked at again soon.</returns>
    private async Task<bool> ConsiderAsync(FolderItem item, CancellationToken cancellationToken)
    {
        var current = _torrents.FindByName(item.Name);
        if (current is not null && (item.Fault is not null || current.Fingerprint != item.Fingerprint))
        {
            Withdraw(current);
            current = null;
        }

        if (item.Fault is not null)
        {
            await DropAsync(item.Name, cancellationToken);
            _notices.Set(new(FolderNoticeKind.Skipped, item.Name, item.Fault));
            return true;
        }

        _notices.Clear(FolderNoticeKind.Skipped, item.Name);
        if (current is null && _state?.Find(item) is { } kept)
        {
            Publish(kept);
            current = kept;
        }

        if (current is not null)
        {
            await DropAsync(item.Name, cancellationToken);
            return true;
        }

        return await AwaitRestAsync(item, cancellationToken);
    }

    private async Task<bool> AwaitRestAsync(FolderItem item, CancellationToken cancellationToken)
    {
        if (!_candidates.TryGetValue(item.Name, out var candidate) || candidate.Mark != item.Mark)
        {
            await DropAsync(item.Name, cancellationToken);
            _candidates[item.Name] = new FolderCandidate(item.Mark, _time.GetTimestamp());
            return false;
        }

        if (item.IsIncomplete || _time.GetElapsedTime(candidate.Since) < _options.Settle)
        {
            return false;
        }

        switch (Queue.Find(item.Name)?.Job)
        {
            case null:
                await Queue.EnqueueAsync(item.Name, item.Name, item.Fingerprint, cancellationToken);
                break;
            case { State: PublishingState.Failed or PublishingState.Cancelled } job when _time.GetUtcNow() - job.FinishedAt >= _options.RetryAfter:
                await Queue.RetryAsync(item.Name, cancellationToken);
                break;
        }

        return true;
    }

    private async Task ForgetExceptAsync(HashSet<string> names, CancellationToken cancellationToken)
    {
        foreach (var torrent in _torrents.All.Where(torrent => !names.Contains(torrent.Name)))
        {
            Withdraw(torrent);
        }

        foreach (var name in _candidates.Keys.Where(name => !names.Contains(name)).ToArray())
        {
            await DropAsync(name, cancellationToken);
        }

        _notices.ClearExcept(names);
        KeepState(() => _state?.RemoveExcept(names));
    }

    private async Task DropAsync(string name, CancellationToken cancellationToken)
    {
        _candidates.Remove(name);
        await Queue.RemoveAsync(name, cancellationToken);
    }

    // Whoever is told of it acts before the list shows it: what is listed is tracked, and what no longer is, is not.
    private void Publish(PublishedTorrent torrent)
    {
        Published?.Invoke(torrent);
        _torrents.Add(torrent);
    }

    private void Withdraw(PublishedTorrent torrent)
    {
        Withdrawn?.Invoke(torrent);
        _torrents.Remove(torrent);
        KeepState(() => _state?.Remove(torrent.Name));
    }

    private void KeepState(Action change)
    {
        try
        {
            change();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _notices.Set(new(FolderNoticeKind.StateNotKept, null, new("{0}", error.Message)));
        }
    }

    private static void RequireUnchanged(PublishingJob job, FolderItem item)
    {
        if (item.Fault is { } fault)
        {
            throw new PublishingException(fault);
        }

        if (item.Fingerprint != job.Data)
        {
            throw new SourceChangedException(job.Name);
        }
    }

    private static Stream Open(FolderFile file) => new FileStream(file.FullPath, new FileStreamOptions
    {
        BufferSize = 0,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.SequentialScan,
    });
}
