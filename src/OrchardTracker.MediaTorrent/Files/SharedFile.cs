using Microsoft.Win32.SafeHandles;

namespace OrchardTracker.MediaTorrent.Files;

/// <summary>Opens files for reading so that whoever replaces, renames or deletes them meanwhile may.</summary>
internal static class SharedFile
{
    private const FileShare Everything = FileShare.ReadWrite | FileShare.Delete;

    /// <exception cref="IOException">It is not there, or is being written.</exception>
    public static FileStream Open(string file, FileOptions options = FileOptions.SequentialScan) => new(file, new FileStreamOptions
    {
        BufferSize = 0,
        Share = Everything,
        Options = options,
    });

    /// <exception cref="IOException">It is not there, or is being written.</exception>
    public static SafeFileHandle OpenHandle(string file) => File.OpenHandle(file, share: Everything, options: FileOptions.RandomAccess);
}
