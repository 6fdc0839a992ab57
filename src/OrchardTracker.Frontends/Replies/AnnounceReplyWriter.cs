using System.Runtime.InteropServices;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>An answered announce in bencode (BEP 3, 7, 23, 24), the keys sorted.</summary>
internal static class AnnounceReplyWriter
{
    // The longest text of an IPv6 address with zone aside, its length, a port, an id, and the keys between them.
    private const int DictionaryPeerLength = 120;
    private const int HeadLength = 640;

    /// <summary>An upper bound of what <see cref="Write"/> writes.</summary>
    public static int Measure(in GivenPeers peers, bool compact) => HeadLength + (compact
        ? peers.V4.Length * Endpoint4.Length + peers.V6.Length * Endpoint6.Length
        : (peers.V4.Length + peers.V6.Length) * DictionaryPeerLength);

    /// <returns>The number of bytes written.</returns>
    public static int Write(Span<byte> buffer, in AnnounceReply reply, in AnnounceRequest request, TrackerSettings settings, in GivenPeers peers)
    {
        var writer = new ReplyWriter(buffer);
        var counts = reply.Outcome.Counts;
        writer.Entry("d8:complete"u8, counts.Seeders);
        writer.Entry("10:downloaded"u8, counts.Completed);
        if (settings.TellsExternalAddress)
        {
            Span<byte> address = stackalloc byte[16];
            request.Peer.Address.Write(address);
            writer.Entry("11:external ip"u8, address[..request.Peer.Address.Length]);
        }

        writer.Entry("10:incomplete"u8, counts.Leechers);
        writer.Entry("8:interval"u8, reply.Interval);
        writer.Entry("12:min interval"u8, reply.MinInterval);
        if (request.IsCompact)
        {
            writer.Entry("5:peers"u8, MemoryMarshal.AsBytes(peers.V4));
            if (peers.V6.Length > 0 || request.Peer.Address.IsV6)
            {
                writer.Entry("6:peers6"u8, MemoryMarshal.AsBytes(peers.V6));
            }
        }
        else
        {
            writer.Raw("5:peersl"u8);
            WriteList(ref writer, peers.V4, peers.Ids4);
            WriteList(ref writer, peers.V6, peers.Ids6);
            writer.Raw((byte)'e');
        }

        if (!settings.TrackerId.IsEmpty)
        {
            writer.Entry("10:tracker id"u8, settings.TrackerId.Span);
        }

        if (!reply.Warning.IsEmpty)
        {
            writer.Entry("15:warning message"u8, reply.Warning);
        }

        writer.Raw((byte)'e');
        return writer.Length;
    }

    private static void WriteList<TEndpoint>(ref ReplyWriter writer, ReadOnlySpan<TEndpoint> endpoints, ReadOnlySpan<PeerId> ids)
        where TEndpoint : unmanaged, IPackedEndpoint<TEndpoint>
    {
        Span<byte> text = stackalloc byte[64];
        for (var i = 0; i < endpoints.Length; i++)
        {
            writer.Entry("d2:ip"u8, text[..endpoints[i].FormatAddress(text)]);
            if (!ids.IsEmpty)
            {
                writer.Entry("7:peer id"u8, ids[i].Bytes);
            }

            writer.Entry("4:port"u8, endpoints[i].Port);
            writer.Raw((byte)'e');
        }
    }
}
