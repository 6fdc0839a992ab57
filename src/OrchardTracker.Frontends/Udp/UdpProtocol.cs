using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>
/// The UDP tracker protocol (BEP 15) with its extensions (BEP 41), one datagram in, at most one out. Allocates nothing.
/// Nobody is sent more than he sent until he has proved that he receives at his address.
/// </summary>
internal sealed class UdpProtocol(TrackerEngine engine, TimeProvider time, ILogger logger)
{
    /// <summary>Room that a reply needs: what passes everywhere in one piece.</summary>
    public const int MaxReplyLength = 1452;

    /// <summary>Longer datagrams are nobody's we know.</summary>
    public const int MaxRequestLength = 1536;

    /// <summary>Hashes in one scrape (BEP 15).</summary>
    public const int MaxScrapeHashes = 74;

    private const ulong Magic = 0x41727101980;
    private const int HeadLength = 16;
    private const int AnnounceLength = 98;
    private const int AnnounceReplyHeadLength = 20;
    private const int ErrorHeadLength = 8;
    private const int ScrapedLength = 12;

    // IPv6 guarantees 1280 bytes in one piece, of which its head and UDP's take 48.
    private const int MaxReplyLength6 = 1232;
    private const long MaxBytes = 1L << 60;

    private readonly ConnectionIds _connections = new(time);
    private readonly UdpFaults _faults = new(logger, time);

    private enum UdpAction
    {
        Connect = 0,
        Announce = 1,
        Scrape = 2,
        Error = 3,
    }

    /// <summary>For one thread, which is about to handle several datagrams.</summary>
    public SwarmWarmer CreateWarmer(int room) => new(engine.Store, room);

    /// <summary>Adds a datagram that is about to be handled to a batch, when there is something in it to be prepared for.</summary>
    public static void Prepare(ReadOnlySpan<byte> request, in PeerAddress source, SwarmWarmer warmer)
    {
        if (request.Length >= AnnounceLength && (UdpAction)BinaryPrimitives.ReadInt32BigEndian(request[8..]) == UdpAction.Announce)
        {
            warmer.Add(new InfoHash(request.Slice(16, InfoHash.Length)), source, BinaryPrimitives.ReadUInt16BigEndian(request[96..]));
        }
    }

    /// <summary>Counts datagrams that have come, whatever is in them.</summary>
    public void CountReceived(int datagrams) => engine.Counters.Count(TrackerCounter.OverUdp, datagrams);

    /// <summary>Throws nothing: whatever goes wrong with one datagram, the thread has others to answer.</summary>
    /// <returns>The length of the reply; 0 for none.</returns>
    public int Handle(ReadOnlySpan<byte> request, in PeerAddress source, Span<byte> reply)
    {
        try
        {
            return Answer(request, source, reply);
        }
        catch (Exception error)
        {
            engine.CountFailure(Failure.Unavailable);
            _faults.Add(error);
            return 0;
        }
    }

    private int Answer(ReadOnlySpan<byte> request, in PeerAddress source, Span<byte> reply)
    {
        if (request.Length < HeadLength)
        {
            return Drop();
        }

        var connection = BinaryPrimitives.ReadUInt64BigEndian(request);
        var action = (UdpAction)BinaryPrimitives.ReadInt32BigEndian(request[8..]);
        var transaction = BinaryPrimitives.ReadUInt32BigEndian(request[12..]);
        if (action == UdpAction.Connect)
        {
            return connection == Magic ? Connect(transaction, source, reply) : Drop();
        }

        if (action is not (UdpAction.Announce or UdpAction.Scrape))
        {
            return Drop();
        }

        if (!_connections.IsValid(connection, source))
        {
            engine.CountFailure(Failure.ConnectionIdInvalid);
            return Error(transaction, Failure.ConnectionIdInvalid, null, reply[..Math.Min(reply.Length, request.Length)]);
        }

        return action == UdpAction.Announce
            ? Announce(request, transaction, source, reply)
            : Scrape(request, transaction, source, reply);
    }

    private int Connect(uint transaction, in PeerAddress source, Span<byte> reply)
    {
        engine.Counters.Count(TrackerCounter.Connects);
        WriteHead(reply, UdpAction.Connect, transaction);
        BinaryPrimitives.WriteUInt64BigEndian(reply[8..], _connections.Issue(source));
        return HeadLength;
    }

    [SkipLocalsInit]
    private int Announce(ReadOnlySpan<byte> datagram, uint transaction, in PeerAddress source, Span<byte> reply)
    {
        if (datagram.Length < AnnounceLength)
        {
            return Drop();
        }

        AnnounceRequest request = default;
        request.Peer.Address = source;
        request.IsCompact = true;
        var failure = Read(datagram, ref request);
        if (failure != Failure.None)
        {
            engine.CountFailure(failure);
            return Error(transaction, failure, null, reply);
        }

        UdpUrlData.ReadPasskey(datagram[AnnounceLength..], ref request.PasskeyPresence, ref request.Passkey);
        var room = reply[AnnounceReplyHeadLength..(source.IsV6 ? MaxReplyLength6 : MaxReplyLength)];
        var space = source.IsV6
            ? new PeerSpace([], MemoryMarshal.Cast<byte, Endpoint6>(room))
            : new PeerSpace(MemoryMarshal.Cast<byte, Endpoint4>(room), []);
        var answer = engine.Announce(ref request, space);
        if (answer.Failure != Failure.None)
        {
            return Error(transaction, answer.Failure, answer.FailureDetail, reply);
        }

        WriteHead(reply, UdpAction.Announce, transaction);
        BinaryPrimitives.WriteInt32BigEndian(reply[8..], answer.Interval);
        BinaryPrimitives.WriteInt32BigEndian(reply[12..], answer.Outcome.Counts.Leechers);
        BinaryPrimitives.WriteInt32BigEndian(reply[16..], answer.Outcome.Counts.Seeders);
        return AnnounceReplyHeadLength + answer.Outcome.Written4 * Endpoint4.Length + answer.Outcome.Written6 * Endpoint6.Length;
    }

    private static Failure Read(ReadOnlySpan<byte> datagram, ref AnnounceRequest request)
    {
        ref var peer = ref request.Peer;
        peer.InfoHash = new InfoHash(datagram.Slice(16, InfoHash.Length));
        peer.PeerId = new PeerId(datagram.Slice(36, PeerId.Length));
        peer.Downloaded = ReadBytes(datagram[56..]);
        peer.Left = ReadBytes(datagram[64..]);
        peer.Uploaded = ReadBytes(datagram[72..]);
        var announceEvent = BinaryPrimitives.ReadUInt32BigEndian(datagram[80..]);
        peer.Event = (AnnounceEvent)announceEvent;
        peer.Key = BinaryPrimitives.ReadUInt32BigEndian(datagram[88..]);
        peer.Wanted = Math.Max(BinaryPrimitives.ReadInt32BigEndian(datagram[92..]), AnnounceRequest.WantedNotSaid);
        peer.Port = BinaryPrimitives.ReadUInt16BigEndian(datagram[96..]);
        return announceEvent > (uint)AnnounceEvent.Stopped ? Failure.EventUnknown
            : peer.Port == 0 ? Failure.PortInvalid
            : Failure.None;
    }

    private static long ReadBytes(ReadOnlySpan<byte> field) =>
        (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(field), MaxBytes);

    private int Scrape(ReadOnlySpan<byte> datagram, uint transaction, in PeerAddress source, Span<byte> reply)
    {
        var hashes = datagram[HeadLength..];
        var count = hashes.Length / InfoHash.Length;
        if (count == 0)
        {
            return Drop();
        }

        // BEP 41 gives a scrape no place for a passkey: a private tracker answers scrapes over HTTP only.
        var failure = count > MaxScrapeHashes
            ? Failure.TooManyHashes
            : engine.AuthorizeScrape(source, PasskeyPresence.Missing, default);
        if (failure != Failure.None)
        {
            return Error(transaction, failure, null, reply);
        }

        WriteHead(reply, UdpAction.Scrape, transaction);
        var place = reply[8..];
        for (var i = 0; i < count; i++)
        {
            var counts = engine.Scrape(new InfoHash(hashes.Slice(i * InfoHash.Length, InfoHash.Length)));
            BinaryPrimitives.WriteInt32BigEndian(place, counts.Seeders);
            BinaryPrimitives.WriteInt32BigEndian(place[4..], counts.Completed);
            BinaryPrimitives.WriteInt32BigEndian(place[8..], counts.Leechers);
            place = place[ScrapedLength..];
        }

        return ErrorHeadLength + count * ScrapedLength;
    }

    /// <summary>Says nothing where the text does not fit: to cut it would only puzzle.</summary>
    private int Error(uint transaction, Failure failure, string? detail, Span<byte> reply)
    {
        var text = FailureTexts.Of(failure);
        var length = detail is null ? text.Length : System.Text.Encoding.UTF8.GetByteCount(detail);
        if (reply.Length < ErrorHeadLength + length)
        {
            return Drop();
        }

        WriteHead(reply, UdpAction.Error, transaction);
        if (detail is null)
        {
            text.CopyTo(reply[ErrorHeadLength..]);
        }
        else
        {
            System.Text.Encoding.UTF8.GetBytes(detail, reply[ErrorHeadLength..]);
        }

        return ErrorHeadLength + length;
    }

    private static void WriteHead(Span<byte> reply, UdpAction action, uint transaction)
    {
        BinaryPrimitives.WriteInt32BigEndian(reply, (int)action);
        BinaryPrimitives.WriteUInt32BigEndian(reply[4..], transaction);
    }

    private int Drop()
    {
        engine.Counters.Count(TrackerCounter.Dropped);
        return 0;
    }
}
