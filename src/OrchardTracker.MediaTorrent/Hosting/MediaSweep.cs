using OrchardCore.FileStorage;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>
/// Compares the whole media store with what is known of it, and finds what nobody has told: files put there past the
/// site, and whatever was lost when the process ended between a change and its being taken in. Scoped.
/// </summary>
public sealed class MediaSweep(VisibleMedia visible, HiddenOriginals hidden, MediaCaches caches, MediaEntryStore entries, MediaRules rules)
{
    private readonly Dictionary<string, List<IFileStoreEntry>> _folders = [];
    private readonly List<IFileStoreEntry> _unknown = [];
    private readonly List<MediaChange> _changes = [];

    public async Task<IReadOnlyList<MediaChange>> FindAsync()
    {
        // Of several rows with one path, which cannot be, any will do: the change that is found mends it.
        var known = (await entries.ListKnownAsync()).ToLookup(entry => entry.PathHash).ToDictionary(rows => rows.Key, rows => rows.First());
        var missing = known.Values.Where(entry => !entry.IsFolder).ToDictionary(entry => entry.PathHash);
        HashSet<string> seen = [];
        List<(string Path, DateTime ModifiedUtc)> copied = [];
        await foreach (var file in hidden.Store.GetDirectoryContentAsync(null, includeSubDirectories: true))
        {
            copied.Add((MediaPaths.Normalize(file.Path), file.LastModifiedUtc));
            await LookAtAsync(file, isVisible: false, missing, seen);
        }

        // Those that a hiding has left which was cut off.
        await caches.PurgeAsync(copied);

        await foreach (var file in visible.Store.GetDirectoryContentAsync(null, includeSubDirectories: true))
        {
            await LookAtAsync(file, isVisible: true, missing, seen);
        }

        FindMoved(missing);
        _changes.AddRange(missing.Values.Select(entry => new MediaChange(MediaChangeKind.Deleted, entry.Path)));
        FindFolders(known);
        return _changes;
    }

    private async Task LookAtAsync(IFileStoreEntry file, bool isVisible, Dictionary<string, MediaEntryIndex> missing, HashSet<string> seen)
    {
        var path = MediaPaths.Normalize(file.Path);
        if (file.IsDirectory || MediaPaths.IsTemporary(path))
        {
            return;
        }

        if (!seen.Add(path))
        {
            // There twice: a hiding was cut off, or somebody has put a new file where a hidden one is.
            _changes.Add(new MediaChange(MediaChangeKind.Hide, path));
            return;
        }

        var decision = await rules.DecideAsync(path, file.Length);
        if (decision is { Folder: { } folder, Choices.Make: true })
        {
            (_folders.TryGetValue(folder, out var within) ? within : _folders[folder] = []).Add(file);
        }

        if (missing.Remove(MediaPaths.Hash(path), out var known))
        {
            if (known.Length != file.Length || known.ModifiedTicks != file.LastModifiedUtc.Ticks)
            {
                _changes.Add(new MediaChange(MediaChangeKind.Written, path));
            }
        }
        else if (decision is { Folder: null, Choices.Make: true })
        {
            _unknown.Add(file);
        }

        // Unless it is one that an editor has decided about: whoever applies the change looks.
        if (isVisible && decision.Choices.IsTorrentOnly)
        {
            _changes.Add(new MediaChange(MediaChangeKind.Written, path));
        }
    }

    // What is missing at one path and new at another, byte count and time alike, has moved. Where that could mean several
    // files nobody guesses: they are hashed anew.
    private void FindMoved(Dictionary<string, MediaEntryIndex> missing)
    {
        var missingByMark = missing.Values.ToLookup(entry => (entry.Length, entry.ModifiedTicks));
        var unknownByMark = _unknown.ToLookup(file => (file.Length, file.LastModifiedUtc.Ticks));
        foreach (var file in _unknown)
        {
            var path = MediaPaths.Normalize(file.Path);
            var mark = (file.Length, file.LastModifiedUtc.Ticks);
            if (missingByMark[mark].Take(2).ToArray() is [var moved] && unknownByMark[mark].Count() == 1)
            {
                missing.Remove(moved.PathHash);
                _changes.Add(new MediaChange(MediaChangeKind.Moved, moved.Path, path));
            }
            else
            {
                _changes.Add(new MediaChange(MediaChangeKind.Written, path));
            }
        }
    }

    private void FindFolders(Dictionary<string, MediaEntryIndex> known)
    {
        foreach (var (folder, within) in _folders)
        {
            var fingerprint = FolderFiles.FingerprintOf(within.OrderBy(file => MediaPaths.Normalize(file.Path), StringComparer.Ordinal));
            if (!known.TryGetValue(MediaPaths.Hash(folder), out var entry) || (entry.State == nameof(MediaEntryState.Ready) && entry.Fingerprint != fingerprint))
            {
                _changes.Add(new MediaChange(MediaChangeKind.Written, MediaPaths.Normalize(within[0].Path)));
            }
        }

        _changes.AddRange(known.Values
            .Where(entry => entry.IsFolder && !_folders.ContainsKey(entry.Path))
            .Select(entry => new MediaChange(MediaChangeKind.FolderDeleted, entry.Path)));
    }
}
