using System.Security.Cryptography;
using System.Text;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Makes torrents for tests, each another one.</summary>
internal static class SampleTorrent
{
    public static async Task<Metainfo> CreateAsync(
        string name, TorrentOptions? options = null, params IReadOnlyList<string> paths)
    {
        // Different content, so that the hash differs even where names are the same.
        var content = Encoding.UTF8.GetBytes($"{name} {Guid.NewGuid()}");
        if (paths.Count == 0)
        {
            return await TorrentCreator.CreateFromStreamAsync(name, new MemoryStream(content), content.Length, options);
        }

        var sources = paths.Select(path =>
            new TorrentSource(path.Split('/'), content.Length, _ => ValueTask.FromResult<Stream>(new MemoryStream(content)))).ToList();
        return await TorrentCreator.CreateFromSourcesAsync(name, sources, options);
    }

    /// <summary>A torrent that says it has files of any size. Nobody has them: its piece hashes are random.</summary>
    public static Metainfo Invent(string name, params IReadOnlyList<(string Path, long Length)> files)
    {
        var isSingleFile = files is [{ Path: "" }];
        var total = files.Sum(file => file.Length);
        var pieceLength = TorrentCreator.ChoosePieceLength(total);
        var pieces = RandomNumberGenerator.GetBytes(20 * (int)((total + pieceLength - 1) / pieceLength));
        var info = Dictionary(
            isSingleFile ? ("length", new BencodeInteger(total)) : ("files", new BencodeList([.. files.Select(File)])),
            ("name", new BencodeString(name)),
            ("piece length", new BencodeInteger(pieceLength)),
            ("pieces", new BencodeString(pieces)));
        return Metainfo.Parse(Dictionary(("created by", new BencodeString("mktorrent 1.1")), ("creation date", new BencodeInteger(1_760_000_000)), ("info", info)).ToArray());
    }

    /// <summary>As an announce says it.</summary>
    public static string Announced(this InfoHash hash) => string.Concat(hash.ToArray().Select(value => $"%{value:x2}"));

    private static BencodeDictionary File((string Path, long Length) file) => Dictionary(
        ("length", new BencodeInteger(file.Length)),
        ("path", new BencodeList([.. file.Path.Split('/').Select(segment => new BencodeString(segment))])));

    private static BencodeDictionary Dictionary(params IEnumerable<(string Key, BencodeValue Value)> entries) =>
        new(entries.Select(entry => KeyValuePair.Create<ReadOnlyMemory<byte>, BencodeValue>(Encoding.UTF8.GetBytes(entry.Key), entry.Value)));
}
