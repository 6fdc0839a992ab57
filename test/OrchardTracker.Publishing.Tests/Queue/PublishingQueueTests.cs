using System.Collections.Concurrent;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing.Tests.Queue;

public sealed class PublishingQueueTests : IDisposable
{
    // Longer than what one job may hold in its buffers, so that a closed gate stops it on the way.
    private const int Long = 8 << 20;

    private readonly TemporaryFolder _folder = new();
    private readonly FileHost _host = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_make_the_torrent_that_the_creator_makes_of_the_file()
    {
        var path = _folder.Write("film.mkv", 100_000);
        var expected = await TorrentCreator.CreateFromFileAsync(path, new TorrentOptions { PieceLength = 16384 });
        await using var queue = await StartAsync();

        await queue.EnqueueAsync("1", "film.mkv", path);
        await IsInStateAsync(queue, "1", PublishingState.Done);

        Assert.Equal(expected.InfoHashV1, _host.Torrents["1"].InfoHashV1);
        Assert.Equal(new PublishingProgress(100_000, 100_000, null), queue.Find("1")!.Value.Progress);
    }

    [Fact]
    public async Task Should_tell_bytes_total_and_estimate_while_it_hashes()
    {
        _host.Gate = new SemaphoreSlim(0);
        await using var queue = await StartAsync();
        await queue.EnqueueAsync("1", "film", _folder.Write("film", Long));
        await IsInStateAsync(queue, "1", PublishingState.Hashing);

        _host.Gate.Release(8);
        await Eventually.IsTrueAsync(() => queue.Find("1")!.Value.Progress is { BytesDone: > 0 }, "some bytes are done");

        var progress = queue.Find("1")!.Value.Progress;
        Assert.Equal(Long, progress.BytesTotal);
        Assert.InRange(progress.BytesDone, 1, Long - 1);
        Assert.InRange(progress.Share, double.Epsilon, 1);
        Assert.NotNull(progress.Remaining);
        Assert.True(progress.Remaining > TimeSpan.Zero);

        _host.Gate.Release(100_000);
        await IsInStateAsync(queue, "1", PublishingState.Done);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Should_hash_so_many_at_once_and_no_more(int concurrency)
    {
        _host.Gate = new SemaphoreSlim(0);
        await using var queue = await StartAsync(new PublishingQueueOptions { MaxConcurrency = concurrency });
        for (var i = 0; i < 6; i++)
        {
            await queue.EnqueueAsync($"{i}", "file", _folder.Write($"{i}", 50_000, i));
        }

        await Eventually.IsTrueAsync(() => CountOf(queue, PublishingState.Hashing) == concurrency, $"{concurrency} are hashed at once");
        Assert.Equal(6 - concurrency, CountOf(queue, PublishingState.Waiting));

        _host.Gate.Release(100_000);
        await Eventually.IsTrueAsync(() => CountOf(queue, PublishingState.Done) == 6, "all are done");
        Assert.Equal(concurrency, _host.MostAtOnce);
    }

    [Fact]
    public async Task Should_hold_what_an_order_holds_only_while_its_job_is_worked_on_however_often_that_begins_anew()
    {
        _host.Gate = new SemaphoreSlim(0);
        await using var queue = await StartAsync();
        var path = _folder.Write("film", Long);
        for (var i = 1; i <= 3; i++)
        {
            await queue.EnqueueAsync("1", "film", path);
            await Eventually.IsTrueAsync(() => _host.Holds.Taken == i, "it is begun anew");
            Assert.Equal(1, _host.Holds.Held);
        }

        await queue.CancelAsync("1");
        Assert.Equal(0, _host.Holds.Held);
        await queue.RetryAsync("1");
        _host.Gate.Release(100_000);
        await IsInStateAsync(queue, "1", PublishingState.Done);
        await Eventually.IsTrueAsync(() => _host.Holds.Held == 0, "it is let go");
    }

    [Fact]
    public async Task Should_let_go_of_the_file_and_make_no_torrent_when_it_is_cancelled_on_the_way()
    {
        _host.Gate = new SemaphoreSlim(0);
        await using var queue = await StartAsync();
        var path = _folder.Write("film", Long);
        await queue.EnqueueAsync("1", "film", path);
        await IsInStateAsync(queue, "1", PublishingState.Hashing);

        Assert.True(await queue.CancelAsync("1"));

        Assert.Equal(PublishingState.Cancelled, queue.Find("1")!.Value.Job.State);
        Assert.NotNull(queue.Find("1")!.Value.Job.FinishedAt);
        Assert.False(await queue.CancelAsync("1"));
        using (File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Empty(_host.Torrents);
        }
    }

    [Fact]
    public async Task Should_never_begin_what_is_cancelled_while_it_waits()
    {
        _host.Gate = new SemaphoreSlim(0);
        await using var queue = await StartAsync();
        await queue.EnqueueAsync("1", "first", _folder.Write("first", 50_000));
        await queue.EnqueueAsync("2", "second", _folder.Write("second", 50_000));
        await queue.EnqueueAsync("3", "third", _folder.Write("third", 50_000));

        Assert.True(await queue.CancelAsync("2"));
        _host.Gate.Release(100_000);
        await IsInStateAsync(queue, "3", PublishingState.Done);

        Assert.Equal(["1", "3"], _host.Torrents.Keys.Order());
    }

    [Fact]
    public async Task Should_do_a_cancelled_job_when_it_is_asked_to_retry()
    {
        _host.Gate = new SemaphoreSlim(0);
        await using var queue = await StartAsync();
        await queue.EnqueueAsync("1", "film", _folder.Write("film", 50_000));
        await IsInStateAsync(queue, "1", PublishingState.Hashing);
        Assert.False(await queue.RetryAsync("1"));
        await queue.CancelAsync("1");

        _host.Gate.Release(100_000);
        Assert.True(await queue.RetryAsync("1"));
        await IsInStateAsync(queue, "1", PublishingState.Done);
        Assert.False(await queue.RetryAsync("1"));
    }

    [Fact]
    public async Task Should_fail_at_once_and_say_why_when_waiting_does_not_help()
    {
        _host.Fault = _ => new PublishingException(new("'{0}' is not for everybody.", "film"));
        await using var queue = await StartAsync();

        await queue.EnqueueAsync("1", "film", _folder.Write("film", 10));
        await IsInStateAsync(queue, "1", PublishingState.Failed);

        var job = queue.Find("1")!.Value.Job;
        Assert.Equal(1, job.Attempts);
        Assert.Equal("'film' is not for everybody.", job.Error!.ToString());
        Assert.Equal("'{0}' is not for everybody.", job.Error.Template);
    }

    [Fact]
    public async Task Should_try_again_by_itself_when_storage_fails_for_a_while()
    {
        _host.Fault = job => job.Attempts < 3 ? new IOException("the share is away") : null;
        await using var queue = await StartAsync();

        await queue.EnqueueAsync("1", "film", _folder.Write("film", 10));
        await IsInStateAsync(queue, "1", PublishingState.Done);

        Assert.Equal(3, queue.Find("1")!.Value.Job.Attempts);
        Assert.Null(queue.Find("1")!.Value.Job.Error);
    }

    public static TheoryData<Exception, string> PassingFaults => new()
    {
        { new TimeoutException("after 100 s"), "The storage did not answer in time." },
        { new TaskCanceledException("The client has no more patience.", new TimeoutException()), "The storage did not answer in time." },
        { new OperationCanceledException(new CancellationToken(canceled: true)), "The storage did not answer in time." },
        { new HttpRequestException("503"), "It could not be read: 503" },
        { new StoreException("Blob 7 failed.", new IOException("the share is away")), "It could not be read: the share is away" },
        { new AggregateException(new HttpRequestException("503")), "It could not be read: 503" },
        { new IOException("the bucket is away", new StoreException("Blob 7 failed.", null)), "It could not be read: the bucket is away" },
        { new PublishingException(new("The bucket is being moved."), isTransient: true, new StoreException("Blob 7 failed.", null)), "The bucket is being moved." },
    };

    [Theory]
    [MemberData(nameof(PassingFaults), DisableDiscoveryEnumeration = true)]
    public async Task Should_try_again_and_say_why_when_a_remote_store_fails(Exception fault, string message)
    {
        _host.OpenFault = fault;
        await using var queue = await StartAsync(new PublishingQueueOptions { MaxAttempts = 2, RetryDelay = TimeSpan.FromMilliseconds(1) });

        await queue.EnqueueAsync("1", "film", _folder.Write("film", 10));
        await IsInStateAsync(queue, "1", PublishingState.Failed);

        var job = queue.Find("1")!.Value.Job;
        Assert.Equal((2, message), (job.Attempts, job.Error!.ToString()));
    }

    [Fact]
    public async Task Should_not_try_again_what_it_does_not_understand()
    {
        _host.OpenFault = new StoreException("Blob 7 failed.", new FileNotFoundException("No such blob."));
        await using var queue = await StartAsync();

        await queue.EnqueueAsync("1", "film", _folder.Write("film", 10));
        await IsInStateAsync(queue, "1", PublishingState.Failed);

        var job = queue.Find("1")!.Value.Job;
        Assert.Equal((1, "An unexpected error; the log has the details."), (job.Attempts, job.Error!.ToString()));
    }

    [Fact]
    public async Task Should_give_up_after_the_last_attempt_and_keep_the_reason()
    {
        _host.Fault = _ => new IOException("the share is away");
        await using var queue = await StartAsync(new PublishingQueueOptions { MaxAttempts = 2, RetryDelay = TimeSpan.FromMilliseconds(1) });

        await queue.EnqueueAsync("1", "film", _folder.Write("film", 10));
        await IsInStateAsync(queue, "1", PublishingState.Failed);

        var job = queue.Find("1")!.Value.Job;
        Assert.Equal(2, job.Attempts);
        Assert.Equal("It could not be read: the share is away", job.Error!.ToString());
    }

    [Fact]
    public async Task Should_end_as_cancelled_when_the_source_is_gone()
    {
        await using var queue = await StartAsync();

        await queue.EnqueueAsync("1", "film", _folder["never there"]);
        await IsInStateAsync(queue, "1", PublishingState.Cancelled);

        Assert.Equal("It is no longer there.", queue.Find("1")!.Value.Job.Error!.ToString());
    }

    [Fact]
    public async Task Should_hash_anew_what_is_enqueued_again_while_it_is_hashed()
    {
        _host.Gate = new SemaphoreSlim(0);
        await using var queue = await StartAsync(new PublishingQueueOptions { MaxConcurrency = 2 });
        await queue.EnqueueAsync("1", "film", _folder.Write("old", Long, 1));
        await IsInStateAsync(queue, "1", PublishingState.Hashing);

        var second = _folder.Write("new", 50_000, 2);
        await queue.EnqueueAsync("1", "film", second);
        _host.Gate.Release(100_000);
        await IsInStateAsync(queue, "1", PublishingState.Done);

        Assert.Equal("new", _host.Torrents["1"].Name);
        Assert.Single(queue.Jobs);
    }

    [Fact]
    public async Task Should_take_up_after_a_restart_what_was_waiting_and_what_was_being_hashed()
    {
        _host.Gate = new SemaphoreSlim(0);
        var store = new JsonStore(_folder.Path);
        await using (var before = await StartAsync(store: store))
        {
            await before.EnqueueAsync("1", "first", _folder.Write("first", Long));
            await before.EnqueueAsync("2", "second", _folder.Write("second", 50_000));
            await before.EnqueueAsync("3", "third", _folder.Write("third", 50_000));
            await before.CancelAsync("3");
            await IsInStateAsync(before, "1", PublishingState.Hashing);
        }

        Assert.Empty(_host.Torrents);
        _host.Gate = null;
        await using var after = await StartAsync(store: store);
        await IsInStateAsync(after, "1", PublishingState.Done);
        await IsInStateAsync(after, "2", PublishingState.Done);

        Assert.Equal(PublishingState.Cancelled, after.Find("3")!.Value.Job.State);
        Assert.Equal(["1", "2"], _host.Torrents.Keys.Order());
    }

    [Fact]
    public async Task Should_forget_what_is_removed_in_the_store_too()
    {
        var store = new JsonStore(_folder.Path);
        await using var queue = await StartAsync(store: store);
        await queue.EnqueueAsync("1", "film", _folder.Write("film", 10));
        await IsInStateAsync(queue, "1", PublishingState.Done);

        Assert.True(await queue.RemoveAsync("1"));
        Assert.False(await queue.RemoveAsync("1"));

        Assert.Empty(queue.Jobs);
        Assert.Empty(await store.LoadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Should_keep_a_bounded_number_of_done_jobs()
    {
        await using var queue = await StartAsync(new PublishingQueueOptions { MaxDone = 2 });
        var path = _folder.Write("film", 10);
        for (var i = 0; i < 5; i++)
        {
            await queue.EnqueueAsync($"{i}", "film", path);
        }

        await Eventually.IsTrueAsync(() => _host.Torrents.Count == 5 && queue.Jobs.Count == 2, "two of five are still shown");
        Assert.Equal(["3", "4"], queue.Jobs.Select(status => status.Job.Id));
    }

    [Fact]
    public async Task Should_go_on_and_report_when_the_store_fails()
    {
        var faults = new ConcurrentQueue<Exception>();
        await using var queue = new PublishingQueue(_host, new JsonStore(_folder["no such folder"]), Options(), TimeProvider.System);
        Directory.CreateDirectory(_folder["no such folder"]);
        await queue.StartAsync();
        Directory.Delete(_folder["no such folder"]);
        queue.Faulted += (_, error) => faults.Enqueue(error);

        await queue.EnqueueAsync("1", "film", _folder.Write("film", 10));
        await IsInStateAsync(queue, "1", PublishingState.Done);

        Assert.NotEmpty(faults);
        Assert.All(faults, error => Assert.IsType<DirectoryNotFoundException>(error));
    }

    [Fact]
    public async Task Should_go_on_and_report_when_the_store_has_no_more_patience()
    {
        var faults = new ConcurrentQueue<Exception>();
        await using var queue = await StartAsync(store: new ImpatientStore());
        queue.Faulted += (_, error) => faults.Enqueue(error);
        var path = _folder.Write("film", 10);

        await queue.EnqueueAsync("1", "film", path);
        await queue.EnqueueAsync("2", "film", path);
        await IsInStateAsync(queue, "2", PublishingState.Done);

        Assert.Equal(PublishingState.Done, queue.Find("1")!.Value.Job.State);
        Assert.NotEmpty(faults);
        Assert.All(faults, error => Assert.IsType<TaskCanceledException>(error));
    }

    [Fact]
    public async Task Should_tell_each_state_a_job_comes_to()
    {
        var states = new ConcurrentQueue<PublishingState>();
        await using var queue = new PublishingQueue(_host, NoPublishingStore.Instance, Options(), TimeProvider.System);
        queue.Changed += job => states.Enqueue(job.State);
        await queue.StartAsync();

        await queue.EnqueueAsync("1", "film", _folder.Write("film", 10));
        await Eventually.IsTrueAsync(() => states.Contains(PublishingState.Done), "the job is done");

        Assert.Equal([PublishingState.Hashing, PublishingState.Done], states.Where(state => state != PublishingState.Waiting).Distinct());
    }

    private async Task<PublishingQueue> StartAsync(PublishingQueueOptions? options = null, IPublishingStore? store = null)
    {
        var queue = new PublishingQueue(_host, store ?? NoPublishingStore.Instance, options ?? Options(), TimeProvider.System);
        await queue.StartAsync();
        return queue;
    }

    private static PublishingQueueOptions Options() => new() { RetryDelay = TimeSpan.FromMilliseconds(1) };

    private static int CountOf(PublishingQueue queue, PublishingState state) => queue.Jobs.Count(status => status.Job.State == state);

    private static Task IsInStateAsync(PublishingQueue queue, string id, PublishingState state) =>
        Eventually.IsTrueAsync(() => queue.Find(id)?.Job.State == state, $"job {id} is {state} (it is {queue.Find(id)?.Job})");
}
