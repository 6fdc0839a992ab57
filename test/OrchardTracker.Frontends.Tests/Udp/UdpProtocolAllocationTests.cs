using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends.Tests.Udp;

public sealed class UdpProtocolAllocationTests
{
    [Fact]
    public void Should_allocate_nothing_for_a_datagram()
    {
        var engine = new TrackerEngine(new TrackerSettings { Rate = new RateLimit(60_000, 1_000_000) }, TimeProvider.System);
        var protocol = new UdpProtocol(engine, TimeProvider.System, NullLogger.Instance);
        var source = PeerAddress.FromV4(0x7F000001);
        var reply = new byte[UdpProtocol.MaxReplyLength];
        protocol.Handle(UdpClientOfTests.ConnectRequest(1), source, reply);
        var connection = BinaryPrimitives.ReadUInt64BigEndian(reply.AsSpan(8));
        var hash = RandomNumberGenerator.GetBytes(20);
        byte[][] announces =
        [
            .. Enumerable.Range(1, 500).Select(port => UdpClientOfTests.AnnounceRequest(connection, hash, (ushort)port, left: port % 2, urlData: "/announce")),
            UdpClientOfTests.ScrapeRequest(connection, hash, RandomNumberGenerator.GetBytes(20)),
            UdpClientOfTests.ConnectRequest(2),
            UdpClientOfTests.AnnounceRequest(connection + 1, hash, 1),
            new byte[15],
        ];

        void Round()
        {
            foreach (var announce in announces)
            {
                protocol.Handle(announce, source, reply);
            }
        }

        // What a datagram allocates, each round allocates; what the runtime makes once, only one does.
        var least = long.MaxValue;
        for (var round = 0; round < 20 && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
