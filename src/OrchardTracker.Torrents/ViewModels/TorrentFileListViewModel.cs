using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>A page of the plain list of all files of a torrent.</summary>
public sealed record TorrentFileListViewModel(string InfoHash, string Name, IReadOnlyList<TorrentFile> Files, int FileCount, int Page, int PageCount)
{
    private const int PageLength = 1_000;

    public int First => (Page - 1) * PageLength;

    public static TorrentFileListViewModel Of(string infoHash, Metainfo metainfo, int page)
    {
        var files = metainfo.Files.Where(file => !file.IsPadding).ToList();
        var pageCount = Math.Max(1, (files.Count + PageLength - 1) / PageLength);
        page = Math.Clamp(page, 1, pageCount);
        return new TorrentFileListViewModel(
            infoHash, metainfo.Name, [.. files.Skip((page - 1) * PageLength).Take(PageLength)], files.Count, page, pageCount);
    }
}
