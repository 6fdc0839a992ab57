namespace OrchardTracker.BitTorrent.Tests;

/// <summary>The files that the torrents in Assets describe, and those torrents.</summary>
internal static class Sample
{
    public static IReadOnlyDictionary<string, byte[]> Folder { get; } = new Dictionary<string, byte[]>
    {
        ["a.txt"] = Bytes(10, 1),
        ["sub/b.bin"] = Bytes(100_000, 2),
        ["sub/empty.dat"] = [],
        ["z é.bin"] = Bytes(40_000, 4),
    };

    public static byte[] Single { get; } = Bytes(70_000, 5);

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Assets"), "*.torrent").Select(file => Path.GetFileName(file)).Order();

    public static byte[] Torrent(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Assets", name));

    /// <summary>The bytes of one file of a sample torrent; padding is zeros.</summary>
    public static byte[] Content(Metainfo torrent, TorrentFile file) => file.IsPadding
        ? new byte[file.Length]
        : torrent.IsSingleFile ? Single : Folder[file.FullPath];

    // A linear congruential generator: easy to repeat in any language.
    public static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        var x = (uint)seed;
        for (var i = 0; i < length; i++)
        {
            x = ((x * 1_103_515_245) + 12_345) & 0x7fff_ffff;
            bytes[i] = (byte)(x >> 16);
        }

        return bytes;
    }
}
