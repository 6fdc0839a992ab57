using System.Collections.Frozen;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>A torrent that is published, and where its files are. Immutable.</summary>
public sealed class PublishedTorrent
{
    private readonly FrozenDictionary<string, PublishedFile> _files;
    private readonly FrozenDictionary<string, long> _padding;

    internal PublishedTorrent(Metainfo metainfo, FolderItem item, DateTimeOffset publishedAt)
    {
        Metainfo = metainfo;
        PublishedAt = publishedAt;
        Fingerprint = item.Fingerprint;
        _files = item.Files
            .Select((file, index) => KeyValuePair.Create(
                item.IsFolder ? $"{item.Name}/{string.Join('/', file.Path)}" : item.Name,
                new PublishedFile(file.FullPath, file.Length, file.ModifiedUtc, $"{metainfo.TrackerHashes[0]}-{index}")))
            .ToFrozenDictionary(StringComparer.Ordinal);
        _padding = metainfo.Files.Where(file => file.IsPadding).DistinctBy(file => file.FullPath)
            .ToFrozenDictionary(file => $"{item.Name}/{file.FullPath}", file => file.Length, StringComparer.Ordinal);
    }

    /// <summary>Without trackers and web seeds, which depend on how the torrent is served.</summary>
    public Metainfo Metainfo { get; }

    public string Name => Metainfo.Name;

    /// <summary>The hash under which the torrent is known here: v1, or the truncated one of a torrent that is v2 only.</summary>
    public InfoHash InfoHash => Metainfo.TrackerHashes[0];

    public DateTimeOffset PublishedAt { get; }

    internal string Fingerprint { get; }

    /// <summary>
    /// Finds a file by the path that web seeds use (BEP 19): the torrent's name, then the file's path in it. Whatever is not
    /// exactly a file of the torrent is not found, so that no path leads elsewhere.
    /// </summary>
    public PublishedFile? FindFile(string path) => _files.GetValueOrDefault(path);

    /// <summary>
    /// Finds padding (BEP 47) by such a path: it lies on no disk, yet some clients ask web seeds for it. It is all zeros.
    /// </summary>
    /// <returns>Its length in bytes; null when the path is not of padding.</returns>
    public long? FindPadding(string path) => _padding.TryGetValue(path, out var length) ? length : null;
}
