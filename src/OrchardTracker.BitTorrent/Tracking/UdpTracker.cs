using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrchardTracker.BitTorrent;

/// <summary>Asks trackers by UDP (BEP 15), telling them the path and query of their address (BEP 41).</summary>
internal sealed class UdpTracker(TrackerClientOptions options, AddressResolver resolver)
{
    private const int HashesPerScrape = 74;
    private const int UsualPort = 80;
    private const int AnnounceLength = 98;

    public Task<TrackerAnnounceResponse> AnnounceAsync(Uri url, TrackerAnnounceRequest request, CancellationToken cancellationToken) =>
        AskAsync(
            url,
            async session =>
            {
                var reply = await session.AskAsync(WriteAnnounce(url, request), UdpAction.Announce, 20, cancellationToken).ConfigureAwait(false);
                return ReadAnnounce(reply.Span, session.AddressLength);
            },
            cancellationToken);

    public Task<TrackerScrapeResponse> ScrapeAsync(
        Uri url, IReadOnlyCollection<InfoHash> hashes, CancellationToken cancellationToken) =>
        AskAsync(
            url,
            async session =>
            {
                var entries = new Dictionary<InfoHash, TrackerScrapeEntry>();
                foreach (var some in hashes.Distinct().Chunk(HashesPerScrape))
                {
                    var reply = await session.AskAsync(WriteScrape(some), UdpAction.Scrape, 8, cancellationToken).ConfigureAwait(false);
                    ReadScrape(reply.Span[8..], some, entries);
                }

                return new TrackerScrapeResponse { Entries = entries };
            },
            cancellationToken);

    private async Task<T> AskAsync<T>(Uri url, Func<UdpSession, Task<T>> ask, CancellationToken cancellationToken)
    {
        var addresses = await resolver.ResolveAsync(url.DnsSafeHost, cancellationToken).ConfigureAwait(false);
        for (var i = 0; ; i++)
        {
            try
            {
                using var session = new UdpSession(new IPEndPoint(addresses[i], url.Port < 0 ? UsualPort : url.Port), options);
                return await ask(session).ConfigureAwait(false);
            }
            catch (SocketException) when (i + 1 < addresses.Count)
            {
                // Such as IPv6 on a machine without: there is another way.
            }
            catch (SocketException error)
            {
                throw new TrackerException(TrackerErrorKind.Unreachable, $"The tracker cannot be reached: {error.Message}", error);
            }
        }
    }

    // Connection and transaction id, the first and the fourth field, are filled in by the session.
    private static byte[] WriteAnnounce(Uri url, TrackerAnnounceRequest request)
    {
        var options = WriteUrlData(url);
        var packet = new byte[AnnounceLength + options.Length];
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(8), (int)UdpAction.Announce);
        request.InfoHash.CopyTo(packet.AsSpan(16));
        request.PeerId.Bytes.CopyTo(packet.AsSpan(36));
        BinaryPrimitives.WriteInt64BigEndian(packet.AsSpan(56), request.Downloaded);
        BinaryPrimitives.WriteInt64BigEndian(packet.AsSpan(64), request.Left);
        BinaryPrimitives.WriteInt64BigEndian(packet.AsSpan(72), request.Uploaded);
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(80), request.Event == AnnounceEvent.Paused ? 0 : (int)request.Event);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(88), request.Key);
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(92), request.NumWant ?? -1);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(96), (ushort)request.Port);
        options.CopyTo(packet.AsSpan(AnnounceLength));
        return packet;
    }

    // BEP 41: options of type 2, each with up to 255 bytes.
    private static byte[] WriteUrlData(Uri url)
    {
        var path = Encoding.UTF8.GetBytes(url.PathAndQuery);
        return path is [] or [(byte)'/']
            ? []
            : [.. path.Chunk(255).SelectMany(chunk => (byte[])[2, (byte)chunk.Length, .. chunk]), 0];
    }

    private static TrackerAnnounceResponse ReadAnnounce(ReadOnlySpan<byte> reply, int addressLength)
    {
        var peers = new List<TrackerPeer>();
        ReplyValues.ReadCompact(reply[20..], addressLength, peers);
        return new TrackerAnnounceResponse
        {
            Interval = ReplyValues.Seconds(Count(reply[8..])),
            Leechers = Count(reply[12..]),
            Seeders = Count(reply[16..]),
            Peers = peers,
        };
    }

    private static byte[] WriteScrape(InfoHash[] hashes)
    {
        var packet = new byte[16 + (InfoHash.Length * hashes.Length)];
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(8), (int)UdpAction.Scrape);
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i].CopyTo(packet.AsSpan(16 + (InfoHash.Length * i)));
        }

        return packet;
    }

    private static void ReadScrape(ReadOnlySpan<byte> counts, InfoHash[] hashes, Dictionary<InfoHash, TrackerScrapeEntry> entries)
    {
        for (var i = 0; i < hashes.Length && counts.Length >= 12; i++, counts = counts[12..])
        {
            entries[hashes[i]] = new TrackerScrapeEntry(Seeders: Count(counts), Leechers: Count(counts[8..]), Downloaded: Count(counts[4..]));
        }
    }

    private static int Count(ReadOnlySpan<byte> bytes) => Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(bytes));
}
