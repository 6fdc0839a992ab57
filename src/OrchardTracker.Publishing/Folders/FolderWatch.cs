namespace OrchardTracker.Publishing;

/// <summary>Wakes the publisher when the system tells of a change. That it does is a favour: nothing relies on it.</summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly FileSystemWatcher _watcher;

    /// <exception cref="IOException">The system has no more watches to give.</exception>
    /// <exception cref="ArgumentException">The folder is not there.</exception>
    public FolderWatch(string folder, Action wake)
    {
        _watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = true,
            InternalBufferSize = 1 << 16,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.Size | NotifyFilters.LastWrite,
        };
        _watcher.Created += (_, _) => wake();
        _watcher.Changed += (_, _) => wake();
        _watcher.Deleted += (_, _) => wake();
        _watcher.Renamed += (_, _) => wake();

        // An overflow loses names, not the fact that something changed.
        _watcher.Error += (_, _) => wake();
        _watcher.EnableRaisingEvents = true;
    }

    public void Dispose() => _watcher.Dispose();
}
