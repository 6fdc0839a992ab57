namespace OrchardTracker.BitTorrent.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Path = Directory.CreateTempSubdirectory("orchardtracker-").FullName;
    }

    public string Path { get; }

    /// <summary>The folder of <see cref="Sample"/>, under its own name.</summary>
    public static TemporaryFolder WithSample()
    {
        var folder = new TemporaryFolder();
        foreach (var (path, content) in Sample.Folder)
        {
            folder.Write("sample/" + path, content);
        }

        folder.Write("single.bin", Sample.Single);
        return folder;
    }

    public string this[string path] => System.IO.Path.Combine(Path, path);

    public string Write(string path, byte[] content)
    {
        var full = this[path];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
        return full;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
