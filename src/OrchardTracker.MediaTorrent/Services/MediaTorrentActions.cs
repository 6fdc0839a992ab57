using OrchardCore.FileStorage;
using OrchardCore.Media;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.MediaTorrent.ViewModels;
using ISession = YesSql.ISession;

namespace OrchardTracker.MediaTorrent.Services;

/// <summary>What an editor does to entries. Scoped; works in the session of the request.</summary>
public sealed class MediaTorrentActions(
    IMediaFileStore files, MediaEntryStore entries, MediaRules rules, EntryLock entryLock, MediaTakedown takedown, MediaAftermath aftermath, TenantPublishing publishing, ISession session)
{
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(10);

    // Nobody stands before the page, and what was to be hidden would not be.
    private static readonly TimeSpan MostWaitOfRecipes = TimeSpan.FromMinutes(2);

    private readonly List<string> _stopped = [];
    private readonly List<MediaChange> _changes = [];

    /// <returns>For how many of them it was done.</returns>
    public async Task<int> RunAsync(MediaTorrentBulkAction action, IReadOnlyCollection<string> entryIds)
    {
        var count = await ChangeAsync(action, entryIds);
        await FinishAsync();
        return count;
    }

    /// <summary>Makes the torrent of a file by its path, or hides the file: also of one that the rules want no torrent of.</summary>
    /// <returns>False when there is no such file, or nothing could be done.</returns>
    public async Task<bool> RunAsync(MediaTorrentBulkAction action, string path)
    {
        if (action is not (MediaTorrentBulkAction.Remake or MediaTorrentBulkAction.Hide) || MediaPaths.IsTemporary(path)
            || await files.GetFileInfoAsync(path) is not { IsDirectory: false } file)
        {
            return false;
        }

        if (await entries.FindByPathAsync(path) is { State: not MediaEntryState.Off } known)
        {
            return await RunAsync(action, [known.EntryId]) > 0;
        }

        if (!await TryBeginAsync(path, file, isHidden: action == MediaTorrentBulkAction.Hide))
        {
            return false;
        }

        await FinishAsync();
        return true;
    }

    /// <summary>
    /// Takes over what was decided elsewhere about a file or folder. Where that says nothing, what is decided here stays.
    /// </summary>
    /// <returns>False when it is not there, or others held the entries all the time.</returns>
    public async Task<bool> TakeOverAsync(string path, MediaOverride decided)
    {
        if (MediaPaths.IsTemporary(path) || await FindInStoreAsync(path) is not { } file)
        {
            return false;
        }

        await using (var locker = await entryLock.TryAcquireAsync(MostWaitOfRecipes))
        {
            if (locker is null)
            {
                return false;
            }

            if (!file.IsDirectory || (await rules.DecideAsync(new MediaEntry { EntryId = "", Path = path, IsFolder = true })).Folder == path)
            {
                await TakeOverAsync(path, file, decided);
            }
            else
            {
                // There it is one torrent, here each of its files has its own.
                await foreach (var within in files.GetDirectoryContentAsync(path, includeSubDirectories: true))
                {
                    if (!within.IsDirectory)
                    {
                        await TakeOverAsync(MediaPaths.Normalize(within.Path), within, decided);
                    }
                }
            }

            await session.SaveChangesAsync();
        }

        await FinishAsync();
        return true;
    }

    private async Task<IFileStoreEntry?> FindInStoreAsync(string path)
    {
        try
        {
            return await files.GetFileInfoAsync(path) ?? await files.GetDirectoryInfoAsync(path);
        }
        catch (FileStoreException)
        {
            // It leads out of the library.
            return null;
        }
    }

    private async Task TakeOverAsync(string path, IFileStoreEntry file, MediaOverride decided)
    {
        var known = await entries.FindByPathAsync(path);
        var entry = known ?? entries.Create(path);
        if (known is null)
        {
            (entry.IsFolder, entry.Length, entry.ModifiedTicks) = (file.IsDirectory, file.Length, file.LastModifiedUtc.Ticks);
        }

        if (decided.Make == false && entry.State != MediaEntryState.Off)
        {
            await RemoveAsync(entry);
        }
        else if (decided.Make != false && (known is null || (decided.Make == true && entry.State == MediaEntryState.Off)))
        {
            await RemakeAsync(entry);
        }

        await DecideAsync(entry, new MediaOverride(
            decided.Make ?? entry.Override.Make, decided.IsTorrentOnly ?? entry.Override.IsTorrentOnly, decided.IsListed ?? entry.Override.IsListed));
    }

    private async Task<bool> TryBeginAsync(string path, IFileStoreEntry file, bool isHidden)
    {
        await using var locker = await entryLock.TryAcquireAsync(MostWait);
        if (locker is null)
        {
            // Who holds it may be about to make an entry of the file.
            return false;
        }

        var entry = await entries.FindByPathAsync(path) ?? entries.Create(path);
        (entry.Length, entry.ModifiedTicks) = (file.Length, file.LastModifiedUtc.Ticks);
        await RemakeAsync(entry);
        if (isHidden)
        {
            await DecideAsync(entry, entry.Override with { IsTorrentOnly = true });
        }

        await session.SaveChangesAsync();
        return true;
    }

    private async Task FinishAsync()
    {
        aftermath.Tell();
        foreach (var entryId in _stopped)
        {
            await (publishing.Queue?.CancelAsync(entryId) ?? Task.FromResult(false));
        }

        _changes.ForEach(publishing.Report);
        _stopped.Clear();
        _changes.Clear();

        // Whatever is waiting now is found and put in line.
        publishing.Report(new MediaChange(MediaChangeKind.Sweep, ""));
    }

    private async Task<int> ChangeAsync(MediaTorrentBulkAction action, IReadOnlyCollection<string> entryIds)
    {
        // An editor does not wait for long: without it, the first one to save wins, and the other one is told.
        await using var locker = await entryLock.TryAcquireAsync(MostWait);
        var count = 0;
        foreach (var entry in await entries.FindAsync(entryIds))
        {
            count += await RunAsync(action, entry) ? 1 : 0;
        }

        await session.SaveChangesAsync();
        return count;
    }

    private Task<bool> RunAsync(MediaTorrentBulkAction action, MediaEntry entry) => (action, entry.State) switch
    {
        (_, MediaEntryState.Removed) => Task.FromResult(false),
        (MediaTorrentBulkAction.Remake, not MediaEntryState.Waiting) => RemakeAsync(entry),
        (MediaTorrentBulkAction.Cancel, MediaEntryState.Waiting) => CancelAsync(entry),
        (MediaTorrentBulkAction.Hide, _) => DecideAsync(entry, entry.Override with { IsTorrentOnly = true }),
        (MediaTorrentBulkAction.Show, _) => DecideAsync(entry, entry.Override with { IsTorrentOnly = false }),
        (MediaTorrentBulkAction.List, _) => ListAsync(entry),
        (MediaTorrentBulkAction.Unlist, _) => DecideAsync(entry, entry.Override with { IsListed = false }),
        (MediaTorrentBulkAction.Remove, not MediaEntryState.Off) => RemoveAsync(entry),
        _ => Task.FromResult(false),
    };

    private async Task<bool> RemakeAsync(MediaEntry entry)
    {
        entry.State = MediaEntryState.Waiting;
        entry.Override = entry.Override with { Make = true };
        entry.ClearError();
        await entries.SaveAsync(entry);
        return true;
    }

    private async Task<bool> CancelAsync(MediaEntry entry)
    {
        entry.State = MediaEntryState.Cancelled;
        await entries.SaveAsync(entry);
        _stopped.Add(entry.EntryId);
        return true;
    }

    private async Task<bool> DecideAsync(MediaEntry entry, MediaOverride decided)
    {
        entry.Override = decided;
        await entries.SaveAsync(entry);
        _changes.Add(new MediaChange(MediaChangeKind.Apply, entry.Path));
        return true;
    }

    private Task<bool> ListAsync(MediaEntry entry)
    {
        // What its items withhold is found again; what no item withholds any more is everybody's by that.
        entry.WithheldPaths = [];
        return DecideAsync(entry, entry.Override with { IsListed = true });
    }

    private async Task<bool> RemoveAsync(MediaEntry entry)
    {
        if (entry.State == MediaEntryState.Waiting)
        {
            _stopped.Add(entry.EntryId);
        }

        entry.Override = entry.Override with { Make = false };
        await takedown.RemoveAsync(entry, MediaEntryState.Off);
        return true;
    }
}
