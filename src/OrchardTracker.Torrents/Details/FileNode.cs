namespace OrchardTracker.Torrents.Details;

/// <summary>A file or folder of a torrent.</summary>
public sealed class FileNode(string name, bool isFolder)
{
    private readonly List<FileNode> _children = [];
    private Dictionary<string, FileNode>? _folders;

    public string Name { get; } = name;

    public bool IsFolder { get; } = isFolder;

    /// <summary>In bytes; of a folder, of all that is shown in it.</summary>
    public long Length { get; private set; }

    /// <summary>1 for a file; of a folder, of all that is shown in it.</summary>
    public int FileCount { get; private set; }

    public IReadOnlyList<FileNode> Children => _children;

    internal void Count(long length)
    {
        Length += length;
        FileCount++;
    }

    internal FileNode Folder(string name)
    {
        _folders ??= [];
        if (!_folders.TryGetValue(name, out var folder))
        {
            folder = new FileNode(name, isFolder: true);
            _folders.Add(name, folder);
            _children.Add(folder);
        }

        return folder;
    }

    internal void AddFile(string name, long length)
    {
        var file = new FileNode(name, isFolder: false);
        file.Count(length);
        _children.Add(file);
    }
}
