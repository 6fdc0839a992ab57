using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.FileStorage;
using OrchardCore.Locking;
using OrchardCore.Locking.Distributed;
using OrchardCore.Media;
using OrchardCore.Modules;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Access;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.Publishing;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>
/// Gives the queue its work from the media store and keeps the outcome in the entries: they are the queue's memory. What
/// is being hashed counts as waiting there, so that after a crash it is begun again.
/// </summary>
/// <param name="orderAgain">Takes what has to be hashed once more, as soon as its present job has ended.</param>
internal sealed class MediaPublishingHost(TenantShell shell, Action<MediaOrder> orderAgain) : IPublishingHost, IPublishingStore
{
    private const int MostAttempts = 5;
    private static readonly TimeSpan MostWait = TimeSpan.FromMinutes(1);

    // Of each job that is being hashed.
    private readonly ConcurrentDictionary<string, IReadOnlyList<IFileStoreEntry>> _files = new();

    public async Task<PublishingOrder?> OpenAsync(PublishingJob job, CancellationToken cancellationToken)
    {
        // Two nodes of a site that share their store must not hash one file twice.
        if (await LockAsync(job.Id) is not { } locker)
        {
            return null;
        }

        PublishingOrder? order = null;
        try
        {
            return order = await shell.RunAsync(services => OpenAsync(services, job.Id, locker));
        }
        finally
        {
            if (order is null)
            {
                await locker.DisposeAsync();
            }
        }
    }

    public async Task CompleteAsync(PublishingJob job, Metainfo torrent, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryCompleteAsync(job, torrent, cancellationToken);
                return;
            }
            catch (ConcurrencyException) when (attempt < MostAttempts)
            {
                // Somebody has changed the entry in this very moment: what it says now decides.
            }
        }
    }

    private Task TryCompleteAsync(PublishingJob job, Metainfo torrent, CancellationToken cancellationToken) => shell.RunAsync(async services =>
    {
        await using var locker = await services.GetRequiredService<EntryLock>().TryAcquireAsync(MostWait);
        var hashed = _files[job.Id];
        var entry = await services.GetRequiredService<MediaEntryStore>().FindAsync(job.Id);

        // It may have been moved meanwhile, and is the same all the same.
        var files = entry is null ? [] : await ListAsync(services, entry);
        if (entry is not { State: MediaEntryState.Waiting } || !AreSame(files, hashed))
        {
            throw new SourceChangedException(job.Name);
        }

        entry.Length = files.Sum(file => file.Length);
        entry.ModifiedTicks = files.Max(file => file.LastModifiedUtc).Ticks;
        entry.Fingerprint = entry.IsFolder ? FolderFiles.FingerprintOf(files) : null;
        var isRight = await services.GetRequiredService<MediaPublication>().PublishAsync(entry, torrent);
        await services.GetRequiredService<ISession>().SaveChangesAsync(cancellationToken);
        services.GetRequiredService<MediaAftermath>().Tell();
        if (!isRight)
        {
            // Who may see it has changed, and with that what the torrent has to say.
            orderAgain(new MediaOrder(job.Id, job.Name, IsChanged: false));
            throw new SourceChangedException(job.Name);
        }
    });

    // What waits is found by the first sweep.
    public Task<IReadOnlyList<PublishingJob>> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PublishingJob>>([]);

    // What has changed while it was hashed goes on waiting: the change brings it into line again, or else the next sweep.
    public Task SaveAsync(PublishingJob job, CancellationToken cancellationToken) =>
        job.State == PublishingState.Failed ? KeepAsync(job, MediaEntryState.Failed) : Task.CompletedTask;

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => Task.CompletedTask;

    private Task<ILocker?> LockAsync(string entryId) => shell.RunAsync(async services =>
    {
        if (await services.GetRequiredService<MediaEntryStore>().FindAsync(entryId) is not { State: MediaEntryState.Waiting } entry)
        {
            return null;
        }

        // Outlives hashing at 8 MiB/s.
        var expiration = TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(entry.Length / (8 << 20));
        var (locker, isLocked) = await services.GetRequiredService<IDistributedLock>()
            .TryAcquireLockAsync($"MEDIATORRENT_{entryId}", TimeSpan.FromMilliseconds(100), expiration);
        return isLocked ? locker : null;
    });

    private async Task<PublishingOrder?> OpenAsync(IServiceProvider services, string entryId, ILocker locker)
    {
        // Another node may have done it before the lock was to be had.
        if (await services.GetRequiredService<MediaEntryStore>().FindAsync(entryId) is not { State: MediaEntryState.Waiting } entry)
        {
            return null;
        }

        var files = await ListAsync(services, entry);
        var markers = services.GetRequiredService<UploadMarkers>();
        if (files.Count == 0 || files.Any(file => markers.IsBeingWritten(MediaPaths.Normalize(file.Path))))
        {
            // Who writes a file tells when it is whole.
            return null;
        }

        var choices = (await services.GetRequiredService<MediaRules>().DecideAsync(entry)).Choices;
        var name = entry.TorrentName ?? MediaPaths.NameOf(entry.Path);
        var sources = files.Select(file => new PublishingSource(PathWithin(entry, file, name), file.Length, _ => OpenStreamAsync(file.Path)));
        var options = new TorrentOptions
        {
            Version = choices.Version,
            PieceLength = choices.PieceLength,
            IsPrivate = choices.IsPrivate || await services.GetRequiredService<MediaAccess>().IsRestrictedAsync(entry),
            CreatedBy = "OrchardTracker",
            CreationDate = services.GetRequiredService<IClock>().UtcNow,
        };
        _files[entryId] = files;
        return new PublishingOrder(name, [.. sources], entry.IsFolder, options) { Hold = new Hold(this, entryId, locker) };
    }

    private static async Task<IReadOnlyList<IFileStoreEntry>> ListAsync(IServiceProvider services, MediaEntry entry) => entry.IsFolder
        ? await services.GetRequiredService<FolderFiles>().ListAsync(entry.Path)
        : await services.GetRequiredService<IMediaFileStore>().GetFileInfoAsync(entry.Path) is { IsDirectory: false } file ? [file] : [];

    private static string[] PathWithin(MediaEntry entry, IFileStoreEntry file, string name) =>
        entry.IsFolder ? MediaPaths.Normalize(file.Path)[(entry.Path.Length + 1)..].Split('/') : [name];

    private Task KeepAsync(PublishingJob job, MediaEntryState state) => shell.RunAsync(async services =>
    {
        await using var locker = await services.GetRequiredService<EntryLock>().TryAcquireAsync(MostWait);
        var entries = services.GetRequiredService<MediaEntryStore>();
        if (await entries.FindAsync(job.Id) is { State: MediaEntryState.Waiting } entry)
        {
            entry.State = state;
            entry.Error = job.Error?.Template;
            entry.ErrorArguments = [.. job.Error?.Arguments.Select(argument => $"{argument}") ?? []];
            entry.FinishedUtc = services.GetRequiredService<IClock>().UtcNow;
            await entries.SaveAsync(entry);
            await services.GetRequiredService<ISession>().SaveChangesAsync();
        }
    });

    private async ValueTask<Stream> OpenStreamAsync(string path) => await shell.RunAsync(async services =>
    {
        var normal = MediaPaths.Normalize(path);
        var hidden = services.GetRequiredService<HiddenOriginals>();
        try
        {
            return hidden.Exists(normal) ? hidden.Open(normal) : await services.GetRequiredService<VisibleMedia>().OpenAsync(path);
        }
        catch (Exception error) when (error is FileStoreException or TimeoutException)
        {
            // A store that is out of reach may be there again soon, and says itself what is wrong.
            throw new IOException(error.Message, error);
        }
    });

    private static bool AreSame(IReadOnlyList<IFileStoreEntry> files, IReadOnlyList<IFileStoreEntry> others) => files.Count == others.Count
        && files.Zip(others).All(pair => pair.First.Length == pair.Second.Length && pair.First.LastModifiedUtc == pair.Second.LastModifiedUtc);

    // Lets another node have what is not being hashed here any more.
    private sealed class Hold(MediaPublishingHost host, string entryId, ILocker locker) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            host._files.TryRemove(entryId, out _);
            return locker.DisposeAsync();
        }
    }
}
