using System.Threading.Channels;

namespace OrchardTracker.Publishing;

/// <summary>
/// Makes torrents in the background: a bounded number at once, each with its progress, each to be cancelled or tried
/// again. Jobs live in a store of the host's, so that what was waiting before a restart waits after it. Thread-safe.
/// </summary>
public sealed class PublishingQueue : IAsyncDisposable
{
    private readonly IPublishingHost _host;
    private readonly IPublishingStore _store;
    private readonly PublishingQueueOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PublishingRun> _runs = [];
    private readonly Channel<PublishingRun> _waiting = Channel.CreateUnbounded<PublishingRun>();
    private readonly SemaphoreSlim _saving = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private Task[] _workers = [];

    public PublishingQueue(IPublishingHost host, IPublishingStore store, PublishingQueueOptions options, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrency, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAttempts, 1);
        _host = host;
        _store = store;
        _options = options;
        _time = time;
    }

    /// <summary>A job has come to another state. Raised on a worker's thread: return soon, and do not throw.</summary>
    public event Action<PublishingJob>? Changed;

    /// <summary>Something went wrong that no job's <see cref="PublishingJob.Error"/> tells in full: for logs.</summary>
    public event Action<PublishingJob, Exception>? Faulted;

    /// <summary>All jobs, the oldest first.</summary>
    public IReadOnlyList<PublishingStatus> Jobs
    {
        get
        {
            lock (_gate)
            {
                return [.. _runs.Values.Select(run => run.Status).OrderBy(status => status.Job.EnqueuedAt)];
            }
        }
    }

    /// <summary>Takes up what the store holds and begins to work.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        foreach (var job in (await _store.LoadAsync(cancellationToken)).OrderBy(job => job.EnqueuedAt))
        {
            // What was being hashed when the process ended begins anew.
            Add(job.IsFinished ? job : job with { State = PublishingState.Waiting });
        }

        _workers = [.. Enumerable.Range(0, _options.MaxConcurrency).Select(_ => Task.Run(WorkAsync, CancellationToken.None))];
    }

    public PublishingStatus? Find(string id)
    {
        lock (_gate)
        {
            return _runs.TryGetValue(id, out var run) ? run.Status : null;
        }
    }

    /// <summary>Puts a job in line. When there is one with this id, it begins anew: its source has changed.</summary>
    public async Task<PublishingJob> EnqueueAsync(string id, string name, string? data = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var run = Add(new PublishingJob { Id = id, Name = name, Data = data, EnqueuedAt = _time.GetUtcNow() });
        await SaveAsync(run, cancellationToken);
        return run.Status.Job;
    }

    /// <summary>Stops a job, whether it waits or is being hashed.</summary>
    /// <returns>False when there is none, or it is finished.</returns>
    public async Task<bool> CancelAsync(string id, CancellationToken cancellationToken = default)
    {
        PublishingRun? run;
        lock (_gate)
        {
            if (!_runs.TryGetValue(id, out run) || !run.TryFinish(PublishingState.Cancelled, null, _time.GetUtcNow()))
            {
                return false;
            }
        }

        await run.StopAsync();
        await SaveAsync(run, cancellationToken);
        return true;
    }

    /// <summary>Puts a job that failed or was cancelled in line again.</summary>
    /// <returns>False when there is none, or it is not finished, or done.</returns>
    public async Task<bool> RetryAsync(string id, CancellationToken cancellationToken = default)
    {
        PublishingRun? run;
        lock (_gate)
        {
            if (!_runs.TryGetValue(id, out run) || run.Status.Job is not { State: PublishingState.Failed or PublishingState.Cancelled } job)
            {
                return false;
            }

            run = Add(job with { State = PublishingState.Waiting, Attempts = 0, Error = null, FinishedAt = null, EnqueuedAt = _time.GetUtcNow() });
        }

        await SaveAsync(run, cancellationToken);
        return true;
    }

    /// <summary>Cancels a job if need be, and forgets it.</summary>
    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken = default)
    {
        PublishingRun? run;
        lock (_gate)
        {
            if (!_runs.Remove(id, out run))
            {
                return false;
            }

            run.TryFinish(PublishingState.Cancelled, null, _time.GetUtcNow());
        }

        await run.StopAsync();
        await PersistAsync(run.Status.Job, () => Find(id) is null ? _store.DeleteAsync(id, cancellationToken) : Task.CompletedTask, cancellationToken);
        return true;
    }

    /// <summary>Stops working. What is unfinished stays so in the store, for the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stopping.CancelAsync();
        await Task.WhenAll(_workers);
        _stopping.Dispose();
    }

    private PublishingRun Add(PublishingJob job)
    {
        PublishingRun run;
        PublishingRun? old;
        lock (_gate)
        {
            _runs.TryGetValue(job.Id, out old);

            // Once it is finished nobody begins it: whoever works on it now is the last to wait for.
            old?.TryFinish(PublishingState.Cancelled, null, _time.GetUtcNow());
            run = new PublishingRun(job, old?.Idle ?? Task.CompletedTask, _time);
            _runs[job.Id] = run;
            if (!job.IsFinished)
            {
                _waiting.Writer.TryWrite(run);
            }
        }

        _ = old?.StopAsync();
        return run;
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var run in _waiting.Reader.ReadAllAsync(_stopping.Token))
            {
                await RunAsync(run);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
    }

    private async Task RunAsync(PublishingRun run)
    {
        await run.Predecessor;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, run.Stopped);
        PublishingOrder? order = null;
        try
        {
            if (!run.TryBegin())
            {
                return;
            }

            await SaveAsync(run, stop.Token);
            order = await _host.OpenAsync(run.Status.Job, stop.Token);
            if (order is null)
            {
                run.TryFinish(PublishingState.Cancelled, new("It is no longer there."), _time.GetUtcNow());
            }
            else
            {
                var torrent = await TorrentHasher.HashAsync(order, run, stop.Token);
                await _host.CompleteAsync(run.Status.Job, torrent, stop.Token);
                run.TryFinish(PublishingState.Done, null, _time.GetUtcNow());
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Unfinished in the store, and so the next start takes it up.
            throw;
        }
        catch (OperationCanceledException) when (run.Stopped.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            Fail(run, error);
        }
        finally
        {
            await LetGoAsync(run, order?.Hold);
            run.SetIdle();
        }

        await SaveAsync(run, CancellationToken.None);
        await ForgetOldestAsync();
    }

    private async Task LetGoAsync(PublishingRun run, IAsyncDisposable? hold)
    {
        try
        {
            await (hold?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception error)
        {
            Faulted?.Invoke(run.Status.Job, error);
        }
    }

    private void Fail(PublishingRun run, Exception error)
    {
        var now = _time.GetUtcNow();
        var (state, reason, isTransient) = PublishingFault.Describe(error);
        if (isTransient && run.Status.Job.Attempts < _options.MaxAttempts)
        {
            var delay = _options.RetryDelay * Math.Pow(2, run.Status.Job.Attempts - 1);
            run.Postpone(reason);
            _ = EnqueueLaterAsync(run, delay);
        }
        else
        {
            run.TryFinish(state, reason, now);
        }

        Faulted?.Invoke(run.Status.Job, error);
    }

    private async Task EnqueueLaterAsync(PublishingRun run, TimeSpan delay)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, run.Stopped);
        try
        {
            await Task.Delay(delay, _time, stop.Token);
            _waiting.Writer.TryWrite(run);
        }
        catch (OperationCanceledException)
        {
            // Stopped, or cancelled: nobody waits for it.
        }
    }

    private async Task SaveAsync(PublishingRun run, CancellationToken cancellationToken)
    {
        var job = run.Status.Job;

        // A run that another one replaced has nothing more to say.
        await PersistAsync(job, () => IsCurrent(run) ? _store.SaveAsync(run.Status.Job, cancellationToken) : Task.CompletedTask, cancellationToken);
        Changed?.Invoke(job);
    }

    private async Task PersistAsync(PublishingJob job, Func<Task> persist, CancellationToken cancellationToken)
    {
        // The last state saved must be the last one there was: one at a time.
        await _saving.WaitAsync(CancellationToken.None);
        try
        {
            await persist();
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A store that has given up by itself is one that fails.
            Faulted?.Invoke(job, error);
        }
        finally
        {
            _saving.Release();
        }
    }

    private bool IsCurrent(PublishingRun run)
    {
        lock (_gate)
        {
            return _runs.GetValueOrDefault(run.Status.Job.Id) == run;
        }
    }

    private async Task ForgetOldestAsync()
    {
        string[] oldest;
        lock (_gate)
        {
            var done = _runs.Values.Select(run => run.Status.Job).Where(job => job.State == PublishingState.Done).ToArray();
            oldest = [.. done.OrderBy(job => job.FinishedAt).Take(Math.Max(0, done.Length - _options.MaxDone)).Select(job => job.Id)];
        }

        foreach (var id in oldest)
        {
            await RemoveAsync(id);
        }
    }
}
