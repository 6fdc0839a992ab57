using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>A job in the queue's memory: its state, its progress, and the means to stop it. Thread-safe.</summary>
internal sealed class PublishingRun
{
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private PublishingJob _job;
    private TaskCompletionSource? _working;
    private long _startedAt;
    private long _bytesDone;
    private long _bytesTotal;

    /// <param name="predecessor">Completes when the run that this one replaces has let go of the source.</param>
    public PublishingRun(PublishingJob job, Task predecessor, TimeProvider time)
    {
        _job = job;
        _time = time;
        Predecessor = predecessor;
    }

    public Task Predecessor { get; }

    public CancellationToken Stopped => _stop.Token;

    /// <summary>Completes when nobody works on the job; at once when nobody does.</summary>
    public Task Idle
    {
        get
        {
            lock (_gate)
            {
                return _working?.Task ?? Task.CompletedTask;
            }
        }
    }

    public PublishingStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new PublishingStatus(_job, Progress);
            }
        }
    }

    private PublishingProgress Progress
    {
        get
        {
            var (done, total) = (Volatile.Read(ref _bytesDone), Volatile.Read(ref _bytesTotal));
            TimeSpan? remaining = _job.State == PublishingState.Hashing && done > 0 && done <= total
                ? _time.GetElapsedTime(_startedAt) * ((double)(total - done) / done)
                : null;
            return new PublishingProgress(done, total, remaining);
        }
    }

    /// <returns>False when the job was finished while it waited.</returns>
    public bool TryBegin()
    {
        lock (_gate)
        {
            if (_job.State != PublishingState.Waiting)
            {
                return false;
            }

            _job = _job with { State = PublishingState.Hashing, Attempts = _job.Attempts + 1 };
            _working = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _bytesDone = 0;
            _startedAt = _time.GetTimestamp();
            return true;
        }
    }

    public void Report(long bytesDone, long bytesTotal)
    {
        Volatile.Write(ref _bytesTotal, bytesTotal);
        Volatile.Write(ref _bytesDone, bytesDone);
    }

    /// <summary>Back in line after a fault that may pass.</summary>
    public void Postpone(MetainfoMessage error)
    {
        lock (_gate)
        {
            if (_job.State == PublishingState.Hashing)
            {
                _job = _job with { State = PublishingState.Waiting, Error = error };
            }
        }
    }

    /// <returns>False when the job was finished already.</returns>
    public bool TryFinish(PublishingState state, MetainfoMessage? error, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_job.IsFinished)
            {
                return false;
            }

            _job = _job with { State = state, Error = error, FinishedAt = now };
            return true;
        }
    }

    /// <summary>Nobody works on the job any more.</summary>
    public void SetIdle()
    {
        lock (_gate)
        {
            _working?.TrySetResult();
            _working = null;
        }
    }

    /// <summary>Interrupts the work, and waits until the source is let go.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Idle;
    }
}
