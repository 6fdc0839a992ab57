using System.Text.Json;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>
/// Torrents kept over a restart: two files each, the torrent and a note of what it was made of. The note is written last,
/// so that what has a note is whole. Thread-safe.
/// </summary>
internal sealed class FolderState(string folder)
{
    private const int MaxNoteLength = 1 << 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (StoredTorrent Note, string Path)> _byName = [];

    /// <summary>Reads the notes, and removes what belongs to none.</summary>
    /// <exception cref="IOException">The folder cannot be made or read.</exception>
    public void Load()
    {
        Directory.CreateDirectory(folder);
        foreach (var path in Directory.EnumerateFiles(folder, "*.json"))
        {
            if (ReadNote(path) is { } note && _byName.TryAdd(note.Name, (note, Path.ChangeExtension(path, ".torrent"))))
            {
                continue;
            }

            File.Delete(path);
        }

        var known = _byName.Values.Select(entry => entry.Path).ToHashSet();
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => Path.GetExtension(path) is ".torrent" or ".new" && !known.Contains(path)))
        {
            File.Delete(path);
        }
    }

    /// <summary>The torrent that was made of an item, if it is still the same item.</summary>
    public PublishedTorrent? Find(FolderItem item)
    {
        (StoredTorrent Note, string Path) entry;
        lock (_gate)
        {
            if (!_byName.TryGetValue(item.Name, out entry) || entry.Note.Fingerprint != item.Fingerprint)
            {
                return null;
            }
        }

        try
        {
            return new PublishedTorrent(Metainfo.Parse(File.ReadAllBytes(entry.Path)), item, entry.Note.PublishedAt);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or MetainfoException)
        {
            // Damaged by whatever: it can be made anew.
            return null;
        }
    }

    public void Add(PublishedTorrent torrent)
    {
        var path = Path.Combine(folder, $"{torrent.InfoHash}.torrent");
        var note = new StoredTorrent(torrent.Name, torrent.Fingerprint, torrent.PublishedAt);
        lock (_gate)
        {
            Remove(torrent.Name);
            Write(path, torrent.Metainfo.Bytes.Span);
            Write(Path.ChangeExtension(path, ".json"), JsonSerializer.SerializeToUtf8Bytes(note, StoredTorrentContext.Default.StoredTorrent));
            _byName[torrent.Name] = (note, path);
        }
    }

    public void Remove(string name)
    {
        lock (_gate)
        {
            if (_byName.Remove(name, out var entry))
            {
                File.Delete(Path.ChangeExtension(entry.Path, ".json"));
                File.Delete(entry.Path);
            }
        }
    }

    /// <summary>Forgets all that is not among these names.</summary>
    public void RemoveExcept(IReadOnlySet<string> names)
    {
        lock (_gate)
        {
            foreach (var name in _byName.Keys.Where(name => !names.Contains(name)).ToArray())
            {
                Remove(name);
            }
        }
    }

    private static StoredTorrent? ReadNote(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxNoteLength
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), StoredTorrentContext.Default.StoredTorrent)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var aside = path + ".new";
        File.WriteAllBytes(aside, bytes);
        File.Move(aside, path, overwrite: true);
    }
}
