using static OrchardTracker.BitTorrent.Tests.Bencoded;

namespace OrchardTracker.BitTorrent.Tests;

/// <summary>Small torrents with one thing about them that a test is after.</summary>
internal static class TorrentBytes
{
    public static readonly byte[] Hash = [.. Enumerable.Repeat((byte)0xAB, 20)];

    /// <summary>A v1 torrent of one file of 100 bytes, with more or other keys in its info.</summary>
    public static byte[] Single(params (string Key, byte[]? Value)[] keys) => Wrap(Info(
        [("length", Int(100)), ("name", Str("file.bin")), ("piece length", Int(16_384)), ("pieces", Str(Hash))], keys));

    /// <summary>A v1 torrent of several files that fit into one piece.</summary>
    public static byte[] Multi(params byte[][] files) => MultiNamed("folder", files);

    public static byte[] MultiNamed(string name, params byte[][] files) => Wrap(Info(
        [("files", List(files)), ("name", Str(name)), ("piece length", Int(1 << 20)), ("pieces", Str(Hash))], []));

    public static byte[] Entry(long length, params string[] path) => Dict(("length", Int(length)), ("path", Strs(path)));

    /// <summary>A v2 torrent whose file tree is given; its files must fit into a piece.</summary>
    public static byte[] Tree(byte[] tree, params (string Key, byte[]? Value)[] keys) => Wrap(Info(
        [("file tree", tree), ("meta version", Int(2)), ("name", Str("folder")), ("piece length", Int(1 << 20))], keys));

    /// <summary>A leaf of a file tree.</summary>
    public static byte[] Leaf(long length) =>
        Dict(("", Dict(("length", Int(length)), ("pieces root", length > 0 ? Str(new string('r', 32)) : null))));

    /// <summary>An info dictionary as a torrent, with more around it.</summary>
    public static byte[] Wrap(byte[] info, params (string Key, byte[] Value)[] outer) =>
        Dict([.. outer.Append(("info", info)).OrderBy(entry => entry.Item1, StringComparer.Ordinal)]);

    private static byte[] Info((string Key, byte[]? Value)[] common, (string Key, byte[]? Value)[] changed) => Dict(
        [.. common.Where(entry => !changed.Any(other => other.Key == entry.Key)).Concat(changed).OrderBy(entry => entry.Key, StringComparer.Ordinal)]);
}
