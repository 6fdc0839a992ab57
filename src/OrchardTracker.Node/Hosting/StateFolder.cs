namespace OrchardTracker.Node;

/// <summary>Where the node keeps what must outlive a restart.</summary>
internal sealed class StateFolder : IDisposable
{
    private readonly FileStream? _claim;

    private StateFolder(string? path, FileStream? claim)
    {
        Path = path;
        _claim = claim;
    }

    /// <summary>Null when nothing is kept.</summary>
    public string? Path { get; }

    /// <summary>The file of the swarms.</summary>
    public string? Swarms => Path is null ? null : System.IO.Path.Combine(Path, "swarms.snapshot");

    /// <summary>The folder of the torrents that were made.</summary>
    public string? Torrents => Path is null ? null : System.IO.Path.Combine(Path, "torrents");

    /// <summary>Makes the folder, and takes care that no other process uses it.</summary>
    /// <exception cref="SettingsException">The operator named a folder that cannot be used, or another node uses it.</exception>
    public static StateFolder Open(StateSection section, Action<string> warn)
    {
        if (section.Folder is null)
        {
            return new StateFolder(null, null);
        }

        try
        {
            Directory.CreateDirectory(section.Folder);
            var path = System.IO.Path.Combine(section.Folder, "in-use");
            return new StateFolder(section.Folder, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException error) when (File.Exists(System.IO.Path.Combine(section.Folder, "in-use")))
        {
            throw new SettingsException([$"State:Folder: another node uses {section.Folder} ({error.Message}). Stop it, or give this one a folder of its own."]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (section.IsChosen)
            {
                throw new SettingsException([$"State:Folder: {section.Folder} cannot be written ({error.Message}). Name another folder, or give this one to the account that runs the node."]);
            }

            warn($"Nothing is kept over a restart: {section.Folder} cannot be written ({error.Message}). Set State:Folder to a folder that can.");
            return new StateFolder(null, null);
        }
    }

    public void Dispose() => _claim?.Dispose();
}
