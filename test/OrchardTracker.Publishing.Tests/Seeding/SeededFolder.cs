using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing.Tests.Seeding;

/// <summary>A seeder on a free port of the loopback, with files that go with the test.</summary>
internal sealed class SeededFolder : ISeedSource, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="time">By which rates are kept to.</param>
    public SeededFolder(SeederOptions? options = null, ISeedTracker? tracker = null, TimeProvider? time = null)
    {
        Seeder = new Seeder((options ?? new SeederOptions()) with { Port = 0 }, tracker, time ?? TimeProvider.System);
        Seeder.Faulted += (_, error) => Faults.Enqueue(error);
        Seeder.Start();
    }

    public Seeder Seeder { get; }

    /// <summary>The torrent that was added last.</summary>
    public Metainfo Metainfo { get; private set; } = null!;

    public int Loads { get; private set; }

    public ConcurrentQueue<Exception> Faults { get; } = new();

    /// <summary>Writes files, makes a torrent of them, and seeds it.</summary>
    public async Task<SeededTorrent> AddAsync(
        MetainfoVersion version = MetainfoVersion.V1, Func<SeedPeer, CancellationToken, ValueTask<bool>>? admits = null, params (string Name, int Length)[] files)
    {
        foreach (var (name, length) in files)
        {
            _folder.Write(name, length, seed: length);
        }

        var options = new TorrentOptions { Version = version, PieceLength = 16 << 10 };
        Metainfo = await TorrentCreator.CreateFromPathAsync(files.Length == 1 ? _folder[files[0].Name] : _folder.Path, options);
        var torrent = new SeededTorrent(Metainfo.TrackerHashes, this) { Admits = admits };
        Seeder.Add(torrent);
        return torrent;
    }

    public byte[] Read(string name) => File.ReadAllBytes(_folder[name]);

    public string this[string name] => _folder[name];

    public ValueTask<Metainfo> LoadAsync(CancellationToken cancellationToken)
    {
        Loads++;
        return ValueTask.FromResult(Metainfo);
    }

    public ValueTask<SafeFileHandle> OpenAsync(TorrentFile file, CancellationToken cancellationToken) =>
        ValueTask.FromResult(File.OpenHandle(_folder[file.FullPath]));

    public async ValueTask DisposeAsync()
    {
        await Seeder.DisposeAsync();
        _folder.Dispose();
    }
}
