using System.Globalization;
using System.Net;
using System.Text;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Bench;

/// <summary>Peers by number: each has an id, an address and a key of its own.</summary>
internal static class SwarmOfBench
{
    public static InfoHash Torrent(int number)
    {
        // Spread as real hashes are, and the same in every run.
        Span<byte> bytes = stackalloc byte[InfoHash.Length];
        var random = new Random(number);
        random.NextBytes(bytes);
        return new InfoHash(bytes);
    }

    public static PeerAnnounce Peer(InfoHash torrent, int number, bool isV6 = false, int user = 0)
    {
        Span<byte> id = stackalloc byte[PeerId.Length];
        "-OT0001-"u8.CopyTo(id);
        number.TryFormat(id[8..], out _, "d12", CultureInfo.InvariantCulture);
        Span<byte> v6 = stackalloc byte[16];
        v6[0] = 0x20;
        v6[1] = 0x01;
        BitConverter.TryWriteBytes(v6[4..], number);
        return new PeerAnnounce
        {
            InfoHash = torrent,
            PeerId = new PeerId(id),
            Address = isV6 ? PeerAddress.FromBytes(v6) : PeerAddress.FromV4(0x0A000000 + (uint)number),
            Port = 6881,
            Key = (uint)number + 1,
            User = user,
            Left = number % 3,
            Wanted = 50,
        };
    }

    public static void Fill(IPeerStore store, InfoHash torrent, int peers, int from = 0)
    {
        for (var peer = from; peer < from + peers; peer++)
        {
            store.Announce(Peer(torrent, peer), default);
        }
    }

    /// <summary>The query of the same announce as a client sends it.</summary>
    public static string Query(in PeerAnnounce peer, bool isCompact)
    {
        var text = new StringBuilder("?info_hash=");
        foreach (var value in peer.InfoHash.ToArray())
        {
            text.Append('%').Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }

        return text.Append(CultureInfo.InvariantCulture, $"&peer_id={Encoding.ASCII.GetString(peer.PeerId.Bytes)}&port={peer.Port}")
            .Append(CultureInfo.InvariantCulture, $"&uploaded=123456789&downloaded=987654321&corrupt=0&left={peer.Left}")
            .Append(CultureInfo.InvariantCulture, $"&key={peer.Key:X8}&numwant=50&compact={(isCompact ? 1 : 0)}&supportcrypto=1&redundant=0")
            .ToString();
    }

    public static IPAddress AddressOf(in PeerAnnounce peer) => peer.Address.ToIPAddress();
}
