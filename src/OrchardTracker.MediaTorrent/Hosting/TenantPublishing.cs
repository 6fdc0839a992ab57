using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell.Descriptor.Models;
using OrchardCore.Settings;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Access;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Seeding;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.Publishing;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>
/// The background work of one tenant: takes what happens in the media store, one thing after the other, has torrents made
/// of it, and seeds them. Lives as long as the process or the tenant, not as long as a shell. Thread-safe.
/// </summary>
public sealed partial class TenantPublishing
{
    private const int MostChangesAtOnce = 100;
    private const int MostAttempts = 7;

    // Files of a folder come one by one: it is hashed when it has come to rest.
    private static readonly TimeSpan FolderRest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan MostWait = TimeSpan.FromMinutes(1);

    private readonly Channel<MediaChange> _changes = Channel.CreateUnbounded<MediaChange>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _resting = new();
    private readonly ConcurrentDictionary<string, MediaOrder> _again = new();
    private readonly ConcurrentDictionary<InfoHash, int> _completedBefore = new();
    private readonly Lock _gate = new();
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;
    private PublishingQueue? _queue;
    private string? _decisions;
    private string? _features;

    /// <summary>The jobs and their progress; null while nothing works.</summary>
    public PublishingQueue? Queue => Volatile.Read(ref _queue);

    public SiteSeeder Seeder { get; } = new();

    public WebSeedMeter WebSeeds { get; } = new(TimeProvider.System);

    public DateTime SinceUtc { get; } = DateTime.UtcNow;

    /// <summary>How many downloads of a torrent have been completed since this was asked for the first time.</summary>
    /// <param name="completed">What the tracker counts now.</param>
    public int CompletedSinceStart(InfoHash infoHash, int completed) => Math.Max(0, completed - _completedBefore.GetOrAdd(infoHash, completed));

    /// <summary>Returns at once: nobody who writes to the media store waits for a torrent.</summary>
    public void Report(MediaChange change) => _changes.Writer.TryWrite(change);

    /// <summary>Begins to work, if nobody has yet.</summary>
    public void Start(TenantShell shell, ILoggerFactory loggers)
    {
        lock (_gate)
        {
            if (_stop is null)
            {
                _stop = new CancellationTokenSource();
                var previous = _running;
                var stopping = _stop.Token;
                var logger = loggers.CreateLogger<TenantPublishing>();

                // It outlives the request that has activated the tenant, and must not hold on to it.
                using (ExecutionContext.SuppressFlow())
                {
                    _running = Task.Run(() => RunAsync(previous, shell, logger, stopping), CancellationToken.None);
                }
            }
        }

        Report(new MediaChange(MediaChangeKind.Configure, ""));
    }

    /// <summary>Ends the work. What is unfinished stays so in the database, for the next start.</summary>
    public async Task StopAsync()
    {
        Task running;
        lock (_gate)
        {
            _stop?.Cancel();
            _stop = null;
            running = _running;
        }

        await running;
    }

    private async Task RunAsync(Task previous, TenantShell shell, ILogger logger, CancellationToken stopping)
    {
        await previous;
        try
        {
            await shell.WaitUntilRunningAsync(stopping);
            var host = new MediaPublishingHost(shell, order => _again[order.EntryId] = order);
            await using var queue = new PublishingQueue(host, host, new PublishingQueueOptions { MaxDone = 1_000 }, TimeProvider.System);
            queue.Changed += job => EnqueueAgain(queue, job);
            queue.Faulted += (job, error) =>
            {
                // What begins again at once is nobody's business.
                if (!_again.ContainsKey(job.Id))
                {
                    LogFault(logger, job.Name, shell.Tenant, error);
                }
            };
            await queue.StartAsync(stopping);
            Volatile.Write(ref _queue, queue);
            Report(new MediaChange(MediaChangeKind.Sweep, ""));
            while (await _changes.Reader.WaitToReadAsync(stopping))
            {
                await ApplyWaitingAsync(shell, queue, logger, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            LogStopped(logger, shell.Tenant, error);
        }
        finally
        {
            Volatile.Write(ref _queue, null);
            await Seeder.StopAsync();
        }
    }

    private async Task ApplyWaitingAsync(TenantShell shell, PublishingQueue queue, ILogger logger, CancellationToken stopping)
    {
        var batch = new List<MediaChange>();
        while (batch.Count < MostChangesAtOnce && _changes.Reader.TryRead(out var change))
        {
            batch.Add(change);
        }

        // Together, which is quick; when that fails one by one, so that one of them holds up none of the others.
        IReadOnlyList<IReadOnlyList<MediaChange>> waiting = [batch];
        for (var attempt = 1; waiting.Count > 0; attempt++)
        {
            if (attempt > 2)
            {
                // A database that is busy, a shell that is being rebuilt: both pass.
                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt - 3)), stopping);
                await shell.WaitUntilRunningAsync(stopping);
            }

            List<IReadOnlyList<MediaChange>> failed = [];
            foreach (var part in waiting)
            {
                try
                {
                    await ApplyAsync(shell, queue, part, logger, stopping);
                }
                catch (Exception error) when (!stopping.IsCancellationRequested && attempt < MostAttempts)
                {
                    LogRetry(logger, shell.Tenant, error.Message);
                    failed.AddRange(part.Select(change => (IReadOnlyList<MediaChange>)[change]));
                }
                catch (Exception error) when (!stopping.IsCancellationRequested)
                {
                    LogGivenUp(logger, part[0].Kind, part[0].Path, shell.Tenant, error);
                    await TryTellAsync(shell, part[0].Path, error, logger, stopping);
                }
            }

            waiting = failed;
        }
    }

    private static async Task TryTellAsync(TenantShell shell, string path, Exception error, ILogger logger, CancellationToken stopping)
    {
        try
        {
            await shell.RunAsync(async services =>
            {
                await using var locker = await services.GetRequiredService<EntryLock>().TryAcquireAsync(MostWait);
                await services.GetRequiredService<MediaReconciler>().TellAsync(path, error);
            });
        }
        catch (Exception another) when (!stopping.IsCancellationRequested)
        {
            // Perhaps what failed is the database: then the log alone tells.
            LogUntold(logger, path, shell.Tenant, another.Message);
        }
    }

    private async Task ApplyAsync(TenantShell shell, PublishingQueue queue, IReadOnlyList<MediaChange> changes, ILogger logger, CancellationToken stopping)
    {
        if (changes.Any(change => change.Kind is MediaChangeKind.Configure or MediaChangeKind.Sweep))
        {
            await ConfigureAsync(shell, logger, stopping);
        }

        if (changes.Any(change => change.Kind == MediaChangeKind.Sweep))
        {
            await RebuildReferencesAsync(shell, stopping);
        }

        var outcome = await shell.RunAsync(services => ApplyAsync(services, changes));
        foreach (var found in outcome.Found)
        {
            Report(found);
        }

        foreach (var order in outcome.Orders)
        {
            await EnqueueAsync(queue, order, stopping);
        }
    }

    private static async Task<ReconcileOutcome> ApplyAsync(IServiceProvider services, IReadOnlyList<MediaChange> changes)
    {
        await using var locker = await services.GetRequiredService<EntryLock>().TryAcquireAsync(MostWait)
            ?? throw new TimeoutException("Another node of the site is at it.");
        return await services.GetRequiredService<MediaReconciler>().ApplyAsync(changes);
    }

    private async Task RebuildReferencesAsync(TenantShell shell, CancellationToken stopping)
    {
        var progress = MediaReferenceProgress.Underway;
        while (progress == MediaReferenceProgress.Underway)
        {
            stopping.ThrowIfCancellationRequested();
            progress = await shell.RunAsync(services => services.GetRequiredService<MediaReferenceRebuild>().ContinueAsync());
        }

        if (progress == MediaReferenceProgress.Finished)
        {
            Report(new MediaChange(MediaChangeKind.RecheckAll, ""));
        }
    }

    private async Task ConfigureAsync(TenantShell shell, ILogger logger, CancellationToken stopping)
    {
        var (settings, baseUrl, features, tracker) = await shell.RunAsync(async services => (
            await services.GetRequiredService<MediaRules>().GetSettingsAsync(),
            (await services.GetRequiredService<ISiteService>().GetSiteSettingsAsync()).BaseUrl,
            string.Join(' ', services.GetRequiredService<ShellDescriptor>().Features.Select(feature => feature.Id).Order(StringComparer.Ordinal)),
            services.GetService<ISiteTracker>()));
        WebSeeds.Apply(settings);
        if (JsonSerializer.Serialize(new { settings.IsOn, settings.Choices, settings.Rules }) is var decisions && decisions != _decisions)
        {
            // Perhaps by a recipe, or on another node of the site.
            _decisions = decisions;
            Report(new MediaChange(MediaChangeKind.ApplyAll, ""));
        }

        if (features != _features)
        {
            // Secure Media, for example, decides who sees which folder.
            _features = features;
            Report(new MediaChange(MediaChangeKind.RecheckAll, ""));
        }

        var (v4, v6) = await SeederAddresses.FindAsync(settings.SeederAddresses, baseUrl, stopping);
        await Seeder.ApplyAsync(SeederSetup.Of(settings, v4, v6), shell, tracker, logger);
    }

    private async Task EnqueueAsync(PublishingQueue queue, MediaOrder order, CancellationToken stopping)
    {
        if (!order.IsChanged)
        {
            // What waits already need not begin anew. But it may be about to end without a torrent, for a change that was
            // taken in before.
            _again[order.EntryId] = order;
            if (queue.Find(order.EntryId) is { Job.IsFinished: false })
            {
                return;
            }

            _again.TryRemove(order.EntryId, out _);
        }

        if (!order.IsFolder)
        {
            await queue.EnqueueAsync(order.EntryId, order.Name, cancellationToken: stopping);
            return;
        }

        var rest = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        if (_resting.TryRemove(order.EntryId, out var former))
        {
            await former.CancelAsync();
        }

        _resting[order.EntryId] = rest;
        await queue.CancelAsync(order.EntryId, stopping);
        _ = EnqueueRestedAsync(queue, order, rest);
    }

    private void EnqueueAgain(PublishingQueue queue, PublishingJob job)
    {
        if (queue.Find(job.Id) is { Job: { IsFinished: true, State: var state } } && _again.TryRemove(job.Id, out var order) && state == PublishingState.Cancelled)
        {
            _ = queue.EnqueueAsync(order.EntryId, order.Name);
        }
    }

    private async Task EnqueueRestedAsync(PublishingQueue queue, MediaOrder order, CancellationTokenSource rest)
    {
        try
        {
            await Task.Delay(FolderRest, rest.Token);
            _resting.TryRemove(new KeyValuePair<string, CancellationTokenSource>(order.EntryId, rest));
            await queue.EnqueueAsync(order.EntryId, order.Name, cancellationToken: rest.Token);
        }
        catch (OperationCanceledException)
        {
            // It has changed again, or the work ends: then it is found by the next start.
        }
        finally
        {
            rest.Dispose();
        }
    }

    [LoggerMessage(LogLevel.Warning, "No torrent of '{Name}' in tenant '{Tenant}'. The list of media torrents in the admin says why, and can try again.")]
    private static partial void LogFault(ILogger logger, string name, string tenant, Exception error);

    [LoggerMessage(LogLevel.Error, "The making of media torrents in tenant '{Tenant}' has stopped. It starts again with the site; please report this.")]
    private static partial void LogStopped(ILogger logger, string tenant, Exception error);

    [LoggerMessage(LogLevel.Information, "Changes of the media store in tenant '{Tenant}' could not be taken in ({Reason}) and are tried again.")]
    private static partial void LogRetry(ILogger logger, string tenant, string reason);

    [LoggerMessage(LogLevel.Warning, "The list of media torrents in tenant '{Tenant}' does not say that a change of '{Path}' was given up ({Reason}).")]
    private static partial void LogUntold(ILogger logger, string path, string tenant, string reason);

    [LoggerMessage(LogLevel.Error, "{Kind} of '{Path}' in the media library of tenant '{Tenant}' could not be taken in, and is left until the next sweep or start finds it again. If this comes again, see by the error whether the file, its place among the hidden originals or the database cannot be written to.")]
    private static partial void LogGivenUp(ILogger logger, MediaChangeKind kind, string path, string tenant, Exception error);
}
