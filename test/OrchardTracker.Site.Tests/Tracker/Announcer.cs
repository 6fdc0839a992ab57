using System.Text;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Announces over HTTP as a client does, and reads what comes.</summary>
internal static class Announcer
{
    public static string NewHash() => string.Concat(Guid.NewGuid().ToByteArray().Concat<byte>([1, 2, 3, 4]).Select(value => $"%{value:x2}"));

    public static string Path(string hash, int port, long left = 1, string extra = "", string at = "announce", string peerId = "-XX0001-", long uploaded = 0, long downloaded = 0) =>
        $"{at}?info_hash={hash}&peer_id={peerId}{port:D12}&port={port}&uploaded={uploaded}&downloaded={downloaded}&left={left}&compact=1&key={port:x8}{extra}";

    /// <summary>Announces and expects peers.</summary>
    public static async Task<(long Seeders, long Leechers)> AnnounceAsync(
        this HttpClient client, string hash, int port, long left = 1, string extra = "", string at = "announce", string peerId = "-XX0001-", long uploaded = 0, long downloaded = 0)
    {
        var reply = BencodeValue.Parse(await client.GetByteArrayAsync(Path(hash, port, left, extra, at, peerId, uploaded, downloaded)));
        var dictionary = Assert.IsType<BencodeDictionary>(reply);
        Assert.True(dictionary["failure reason"u8] is null, dictionary["failure reason"u8]?.ToString());
        return (((BencodeInteger)dictionary["complete"u8]!).Value, ((BencodeInteger)dictionary["incomplete"u8]!).Value);
    }

    /// <summary>Announces and expects to be refused.</summary>
    public static async Task<string> AnnounceRefusedAsync(this HttpClient client, string path)
    {
        var reply = Assert.IsType<BencodeDictionary>(BencodeValue.Parse(await client.GetByteArrayAsync(path)));
        var reason = Assert.IsType<BencodeString>(reply["failure reason"u8]);
        return Encoding.UTF8.GetString(reason.Bytes.Span);
    }
}
