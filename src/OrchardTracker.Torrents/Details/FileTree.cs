using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Details;

/// <summary>The files of a torrent as a tree, without padding (BEP 47).</summary>
public sealed record FileTree(FileNode Root, int ShownFiles, int AllFiles)
{
    /// <summary>A page with more would be slow in any browser; the rest is on pages of its own.</summary>
    public const int MostFiles = 500;

    public static FileTree Of(Metainfo metainfo)
    {
        var root = new FileNode(metainfo.Name, isFolder: true);
        var (shown, all) = (0, 0);
        foreach (var file in metainfo.Files.Where(file => !file.IsPadding))
        {
            all++;
            root.Count(file.Length);
            if (shown == MostFiles)
            {
                continue;
            }

            var folder = root;
            foreach (var segment in file.Path.SkipLast(1))
            {
                folder = folder.Folder(segment);
                folder.Count(file.Length);
            }

            folder.AddFile(file.Path[^1], file.Length);
            shown++;
        }

        return new FileTree(root, shown, all);
    }
}
