using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace OrchardTracker.Frontends.Tests.Udp;

/// <summary>Reads what a UDP tracker answers.</summary>
internal static class UdpReply
{
    public static int Action(byte[] reply) => Number(reply, 0);

    public static uint Transaction(byte[] reply) => (uint)Number(reply, 4);

    public static string Error(byte[] reply)
    {
        Assert.Equal(3, Action(reply));
        return Encoding.UTF8.GetString(reply, 8, reply.Length - 8);
    }

    public static (int Interval, int Leechers, int Seeders, IPEndPoint[] Peers) Announce(byte[] reply, bool isV6 = false)
    {
        Assert.True(Action(reply) == 1, Action(reply) == 3 ? Error(reply) : "not an announce");
        var peers = reply.Skip(20).Chunk(isV6 ? 18 : 6)
            .Select(peer => new IPEndPoint(new IPAddress(peer[..^2]), BinaryPrimitives.ReadUInt16BigEndian(peer.AsSpan(peer.Length - 2))));
        return (Number(reply, 8), Number(reply, 12), Number(reply, 16), [.. peers]);
    }

    public static (int Seeders, int Completed, int Leechers)[] Scrape(byte[] reply)
    {
        Assert.True(Action(reply) == 2, Action(reply) == 3 ? Error(reply) : "not a scrape");
        return [.. Enumerable.Range(0, (reply.Length - 8) / 12).Select(i => (Number(reply, 8 + 12 * i), Number(reply, 12 + 12 * i), Number(reply, 16 + 12 * i)))];
    }

    private static int Number(byte[] reply, int offset) => BinaryPrimitives.ReadInt32BigEndian(reply.AsSpan(offset));
}
