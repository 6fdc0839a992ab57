using System.Security.Cryptography;

namespace OrchardTracker.Interop.Tests.Node;

/// <summary>What is shared in a test: one file or a folder of some, with random bytes, in a folder of its own.</summary>
internal sealed class SharedFiles : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("orchardtracker-interop-").FullName;
    private readonly Dictionary<string, string> _hashes = [];

    public SharedFiles(bool isFolder, int megabytes = 20)
    {
        Name = isFolder ? "album ä 歌" : "payload 歌 #1 100%.bin";
        Directory.CreateDirectory(Source);
        var size = megabytes << 20;
        if (isFolder)
        {
            // Pieces span files, and files end where no piece does.
            Write($"{Name}/cd 1/01 - ä.flac", (size / 2) + 12_345);
            Write($"{Name}/cd 1/02 & #2.flac", (size / 4) + 1);
            Write($"{Name}/cover.jpg", 77_777);
            Write($"{Name}/notes.txt", size / 4);
        }
        else
        {
            Write(Name, size + 54_321);
        }
    }

    /// <summary>The name of the torrent.</summary>
    public string Name { get; }

    /// <summary>The folder that holds the file or folder: what a node publishes, and where a seeder finds it.</summary>
    public string Source => Path.Combine(_root, "source");

    /// <summary>A new folder for one client.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    /// <summary>A folder of a seeder's own, with a copy of everything.</summary>
    public string CopyFor(string client)
    {
        var folder = NewFolder(client);
        foreach (var name in _hashes.Keys)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(Path.Combine(Source, name), path);
        }

        return folder;
    }

    /// <summary>Each byte has arrived.</summary>
    public void AssertArrivedIn(string folder)
    {
        foreach (var (name, hash) in _hashes)
        {
            Assert.Equal((name, hash), (name, HashOf(Path.Combine(folder, name))));
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Write(string name, int length)
    {
        var path = Path.Combine(Source, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(length));
        _hashes[name] = HashOf(path);
    }

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
