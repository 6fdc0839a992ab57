using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Configuration;
using OrchardCore.FileStorage.FileSystem;
using OrchardCore.Media;
using OrchardCore.Media.Core;
using OrchardCore.Media.Events;

namespace OrchardTracker.MediaTorrent.Files;

/// <summary>
/// The originals that are hidden. They keep their paths in the media library, but their bytes lie in a folder of their
/// own: what serves the media folder, now or in years to come, cannot give them away. A file is hidden if it is here.
/// </summary>
public sealed class HiddenOriginals
{
    /// <summary>Where nodes of one site share them, an operator names their folder by this setting.</summary>
    public const string FolderSetting = "OrchardTracker_MediaTorrent:OriginalsFolder";

    private readonly OriginalsFileStore _files;

    public HiddenOriginals(ShellSettings shellSettings, IOptions<ShellOptions> shellOptions, IShellConfiguration configuration, IServiceProvider services)
    {
        var home = Path.Combine(
            shellOptions.Value.ShellsApplicationDataPath, shellOptions.Value.ShellsContainerName, shellSettings.Name, "OrchardTracker");
        var shared = configuration[FolderSetting];
        IsBesideMedia = string.IsNullOrEmpty(shared);
        Folder = Path.GetFullPath(string.IsNullOrEmpty(shared) ? Path.Combine(home, "Originals") : Path.Combine(shared, shellSettings.Name, "Originals"));
        Directory.CreateDirectory(Folder);

        // Beside it, so that a file that has come whole can be moved in at once.
        var incoming = Folder + ".Incoming";
        Leftovers.Delete(incoming, "*");
        _files = new OriginalsFileStore(new FileSystemStore(Folder, services.GetRequiredService<ILogger<FileSystemStore>>()), Folder, incoming);
        Store = new DefaultMediaFileStore(
            _files,
            "",
            "",
            services.GetServices<IMediaEventHandler>(),
            services.GetServices<IMediaCreatingEventHandler>(),
            services.GetRequiredService<ILogger<DefaultMediaFileStore>>());
    }

    public string Folder { get; }

    /// <summary>Whether they lie on the same disk as the media folder, so that a renaming brings a file from there.</summary>
    public bool IsBesideMedia { get; }

    /// <summary>The hidden files by their paths in the library. Gives them to everybody: who asks has been let in.</summary>
    public IMediaFileStore Store { get; }

    public bool Exists(string path) => TryGetFile(path) is { } file && File.Exists(file);

    /// <summary>Where the bytes of a path are, or would be.</summary>
    /// <exception cref="ArgumentException">The path leads out of the media library.</exception>
    public string FileOf(string path) => TryGetFile(path) ?? throw new ArgumentException($"'{path}' is no file of the media library.", nameof(path));

    /// <summary>Takes the bytes of a file of the store, however they come: nobody uploads anything.</summary>
    public Task TakeAsync(string path, Stream stream, bool overwrite = false) => _files.CreateFileFromStreamAsync(path, stream, overwrite);

    /// <summary>Opens a hidden file for reading from its start.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public Stream Open(string path) => SharedFile.Open(FileOf(path));

    private string? TryGetFile(string path)
    {
        if (path.Contains('\0'))
        {
            return null;
        }

        var file = Path.GetFullPath(Path.Combine(Folder, path));
        return file.StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? file : null;
    }
}
