using OrchardCore.FileStorage;
using OrchardCore.Media;
using OrchardTracker.MediaTorrent.Access;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Settings;
using ISession = YesSql.ISession;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>Brings the entries in line with the media store and the rules. Scoped; each call is one transaction.</summary>
public sealed class MediaReconciler(
    IMediaFileStore files,
    MediaEntryStore entries,
    MediaRules rules,
    VisibleMedia visible,
    MediaVisibility visibility,
    HiddenOriginals hidden,
    UploadMarkers markers,
    FolderFiles folderFiles,
    MediaTakedown takedown,
    MediaPublication publication,
    MediaAccess access,
    MediaSweep sweep,
    MediaAftermath aftermath,
    ISession session)
{
    private readonly Dictionary<string, MediaOrder> _orders = [];
    private readonly List<MediaChange> _found = [];

    public async Task<ReconcileOutcome> ApplyAsync(IReadOnlyList<MediaChange> changes)
    {
        foreach (var change in changes)
        {
            await (change.Kind switch
            {
                MediaChangeKind.Written => WrittenAsync(change.Path),
                MediaChangeKind.Copied => CopiedAsync(change.Path, change.NewPath!),
                MediaChangeKind.Moved => MovedAsync(change.Path, change.NewPath!),
                MediaChangeKind.Deleted => DeletedAsync(change.Path),
                MediaChangeKind.FolderDeleted => FolderDeletedAsync(change.Path),
                MediaChangeKind.Hide => HideAsync(change.Path),
                MediaChangeKind.Recheck => RecheckAsync(change.Path),
                MediaChangeKind.RecheckAll => FindReadyAsync(MediaChangeKind.Recheck),
                MediaChangeKind.Apply => ApplyAsync(change.Path),
                MediaChangeKind.ApplyAll => FindReadyAsync(MediaChangeKind.Apply),
                MediaChangeKind.Sweep => SweepAsync(),
                _ => Task.CompletedTask,
            });

            // Queries look into the database, not at what the session holds.
            await session.FlushAsync();
        }

        await session.SaveChangesAsync();
        aftermath.Tell();
        return new ReconcileOutcome([.. _orders.Values], _found);
    }

    /// <summary>Keeps for the list of editors why a change could not be taken in.</summary>
    public async Task TellAsync(string path, Exception error)
    {
        if (await entries.FindByPathAsync(path) is { } entry)
        {
            entry.Error = "The last change could not be put into effect: {0}";
            entry.ErrorArguments = [error.GetBaseException().Message];
            await entries.SaveAsync(entry);
            await session.SaveChangesAsync();
        }
    }

    /// <param name="isWithheld">Whether it is of a file that not everybody may have; null where nobody knows.</param>
    private async Task WrittenAsync(string path, string? uploadedName = null, bool? isWithheld = null)
    {
        // Who writes a file tells when it is whole.
        if (MediaPaths.IsTemporary(path) || markers.IsBeingWritten(path))
        {
            return;
        }

        var entry = await entries.FindByPathAsync(path);
        if (await files.GetFileInfoAsync(path) is not { IsDirectory: false } file)
        {
            await DeletedAsync(path);
            return;
        }

        var decision = await rules.DecideAsync(path, file.Length, entry?.Override);
        if (decision.Choices.IsTorrentOnly)
        {
            await visibility.HideAsync(path);
        }

        if (decision is { Folder: { } folder, Choices.Make: true })
        {
            await TouchFolderAsync(folder, withheldPath: isWithheld == true ? path : null);
        }
        else if (entry is null ? decision.Choices.Make : entry.State != MediaEntryState.Off && !(entry.State == MediaEntryState.Ready && IsUnchanged(entry, file)))
        {
            // A hidden file that no rule hides and nobody knows of was copied or moved from elsewhere, and that hint is lost.
            var isSecret = isWithheld ?? (entry is null && !decision.Choices.IsTorrentOnly && hidden.Exists(path));
            entry ??= entries.Create(path);
            entry.WithheldPaths = isSecret ? [path] : entry.WithheldPaths;
            KeepHidden(entry, decision);
            await OrderOrDropAsync(entry, file, decision.Choices, uploadedName);
        }
    }

    // A copy of a hidden file, or one that was moved, is hidden wherever it is now: to show it is a decision of its own.
    private void KeepHidden(MediaEntry entry, MediaDecision decision)
    {
        if (!decision.Choices.IsTorrentOnly && hidden.Exists(entry.Path))
        {
            entry.Override = entry.Override with { IsTorrentOnly = true };
        }
    }

    private async Task OrderOrDropAsync(MediaEntry entry, IFileStoreEntry file, MediaChoices choices, string? uploadedName)
    {
        var isChanged = !IsUnchanged(entry, file);
        entry.Length = file.Length;
        entry.ModifiedTicks = file.LastModifiedUtc.Ticks;
        if (!choices.Make)
        {
            // The rules have come to want no torrent of it, and the one there is tells of other bytes.
            await takedown.RemoveAsync(entry, MediaEntryState.Off);
            return;
        }

        entry.State = MediaEntryState.Waiting;
        entry.IsStale |= isChanged && entry.InfoHash is not null;
        entry.TorrentName ??= uploadedName;
        entry.ClearError();
        await entries.SaveAsync(entry);
        _orders[entry.EntryId] = new MediaOrder(entry.EntryId, file.Name, IsChanged: isChanged);
    }

    // What not everybody may have is not everybody's by a copy either.
    private async Task CopiedAsync(string path, string newPath)
    {
        bool? isWithheld = null;
        foreach (var entry in await entries.FindContainingAsync(path))
        {
            isWithheld = isWithheld == true || (await access.FindWithheldAsync(entry)).Contains(path);
        }

        await WrittenAsync(newPath, isWithheld: isWithheld);
    }

    private async Task MovedAsync(string path, string newPath)
    {
        var entry = await entries.FindByPathAsync(path);
        if (MediaPaths.IsTemporary(path) && entry is null)
        {
            // Attached to a content item: there it gets a hash for a name, here it has its own.
            await WrittenAsync(newPath, MediaPaths.UploadedNameOf(path));
            return;
        }

        if (entry is null || MediaPaths.IsTemporary(newPath)
            || await files.GetFileInfoAsync(path) is not null || await files.GetFileInfoAsync(newPath) is not { } file)
        {
            // Unknown till now, or it has moved on since, or come back.
            await WrittenAsync(path);
            await WrittenAsync(newPath);
            return;
        }

        if (await entries.FindByPathAsync(newPath) is { } overtaken && overtaken.EntryId != entry.EntryId)
        {
            await takedown.RemoveAsync(overtaken);
        }

        await TouchFolderOfAsync(path);
        entry.Path = newPath;
        entry.WithheldPaths = [.. entry.WithheldPaths.Select(withheld => withheld == path ? newPath : withheld)];
        await entries.SaveAsync(entry);
        var decision = await rules.DecideAsync(newPath, file.Length, entry.Override);
        if (decision is { Folder: { } folder, Choices.Make: true })
        {
            await takedown.RemoveAsync(entry);
            await TouchFolderAsync(folder, withheldPath: entry.WithheldPaths.Contains(newPath) ? newPath : null);
        }
        else
        {
            KeepHidden(entry, decision);

            // The title and the path in the catalogue follow.
            await RefreshAsync(entry);
        }
    }

    private async Task DeletedAsync(string path)
    {
        if (markers.IsBeingWritten(path) || await files.GetFileInfoAsync(path) is not null)
        {
            return;
        }

        if (await entries.FindByPathAsync(path) is { IsFolder: false } entry)
        {
            await takedown.RemoveAsync(entry);
        }

        await TouchFolderOfAsync(path);
    }

    private async Task FolderDeletedAsync(string folder)
    {
        foreach (var entry in await entries.FindUnderAsync(folder))
        {
            if (!entry.IsFolder && await files.GetFileInfoAsync(entry.Path) is null)
            {
                await takedown.RemoveAsync(entry);
            }
            else if (entry.IsFolder)
            {
                await TouchFolderAsync(entry.Path);
            }
        }

        await TouchFolderAsync(folder, isKnown: true);
        await TouchFolderOfAsync(folder + "/");
    }

    private async Task HideAsync(string path)
    {
        await visibility.HideAsync(path);
        await WrittenAsync(path);
    }

    private async Task RecheckAsync(string path)
    {
        foreach (var entry in await entries.FindContainingAsync(path))
        {
            if (entry.HasTorrent && (await access.IsRestrictedAsync(entry) != entry.IsRestricted
                || !(await access.FindWithheldAsync(entry)).SequenceEqual(entry.WithheldPaths)))
            {
                await RefreshAsync(entry);
            }
        }
    }

    private async Task ApplyAsync(string path)
    {
        if (await entries.FindByPathAsync(path) is not { } entry)
        {
            await WrittenAsync(path);
            return;
        }

        var isTorrentOnly = (await rules.DecideAsync(entry)).Choices.IsTorrentOnly;
        IEnumerable<string> paths = entry.IsFolder ? (await folderFiles.ListAsync(path)).Select(file => MediaPaths.Normalize(file.Path)) : [path];
        foreach (var each in paths)
        {
            await (isTorrentOnly ? visibility.HideAsync(each) : visibility.ShowAsync(each));
        }

        if (entry.State == MediaEntryState.Ready)
        {
            // Of an attempt before this one.
            entry.Error = null;
            entry.ErrorArguments = [];
        }

        await RefreshAsync(entry);
    }

    private async Task FindReadyAsync(MediaChangeKind kind) =>
        _found.AddRange((await entries.ListAsync(MediaEntryState.Ready)).Select(entry => new MediaChange(kind, entry.Path)));

    private async Task RefreshAsync(MediaEntry entry)
    {
        if (entry.State == MediaEntryState.Ready && !await publication.RefreshAsync(entry))
        {
            // Private or not stands within the torrent: it has to be another one.
            entry.State = MediaEntryState.Waiting;
            await entries.SaveAsync(entry);
            _orders[entry.EntryId] = new MediaOrder(entry.EntryId, MediaPaths.NameOf(entry.Path), IsChanged: false);
        }
    }

    private async Task SweepAsync()
    {
        await markers.UndoAbandonedAsync(visible.UndoWritingAsync);

        _found.AddRange(await sweep.FindAsync());
        aftermath.OfferAll(await entries.ListOffersAsync());
        foreach (var waiting in await entries.ListAsync(MediaEntryState.Waiting))
        {
            _orders.TryAdd(waiting.EntryId, new MediaOrder(waiting.EntryId, MediaPaths.NameOf(waiting.Path), IsChanged: false));
        }
    }

    private async Task TouchFolderOfAsync(string path)
    {
        if ((await rules.DecideAsync(path, length: null)).Folder is { } folder)
        {
            await TouchFolderAsync(folder, isKnown: true);
        }
    }

    /// <summary>Something has changed in a folder that is one torrent.</summary>
    /// <param name="isKnown">Only if there is an entry of it.</param>
    /// <param name="withheldPath">A file that has come into it, and that not everybody may have.</param>
    private async Task TouchFolderAsync(string folder, bool isKnown = false, string? withheldPath = null)
    {
        var entry = await entries.FindByPathAsync(folder);
        if (entry is null && isKnown)
        {
            return;
        }

        entry ??= entries.Create(folder);
        if (entry.State == MediaEntryState.Off)
        {
            return;
        }

        entry.IsFolder = true;
        entry.WithheldPaths = withheldPath is null ? entry.WithheldPaths : [.. entry.WithheldPaths.Append(withheldPath).Distinct().Order(StringComparer.Ordinal)];
        var within = await folderFiles.ListAsync(folder);
        if ((await rules.DecideAsync(entry)).Choices.IsTorrentOnly)
        {
            foreach (var file in within)
            {
                await visibility.HideAsync(MediaPaths.Normalize(file.Path));
            }
        }

        if (within.Count == 0)
        {
            if (entry.Id != 0)
            {
                await takedown.RemoveAsync(entry);
            }

            return;
        }

        if (entry.State != MediaEntryState.Ready || entry.Fingerprint != FolderFiles.FingerprintOf(within))
        {
            entry.State = MediaEntryState.Waiting;
            entry.IsStale = entry.InfoHash is not null;
            entry.Length = within.Sum(file => file.Length);
            entry.ClearError();
            await entries.SaveAsync(entry);
            _orders[entry.EntryId] = new MediaOrder(entry.EntryId, MediaPaths.NameOf(folder), IsChanged: true, IsFolder: true);
        }
    }

    private static bool IsUnchanged(MediaEntry entry, IFileStoreEntry file) =>
        entry.Length == file.Length && entry.ModifiedTicks == file.LastModifiedUtc.Ticks;
}
