using System.Net;
using OrchardTracker.Bench;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends.Tests.Http;

public sealed class HttpAllocationTests
{
    private const int Announces = 2_000;

    /// <summary>From the path to the last byte of the body, with the headers and the body kept as Kestrel keeps them.</summary>
    [Theory]
    [InlineData(1, "1")]
    [InlineData(50, "1")]
    [InlineData(100_000, "1")]
    [InlineData(100_000, "0")]
    public void Should_allocate_nothing_for_an_announce_of_a_peer_that_is_known(int peers, string compact)
    {
        var engine = new TrackerEngine(new TrackerSettings { Rate = null }, TimeProvider.System);
        var tracker = new HttpTracker(engine, new HttpTrackerOptions());
        for (var peer = 1; peer < peers; peer++)
        {
            engine.Store.Announce(
                new PeerAnnounce { InfoHash = AnnounceUrl.Torrent, Address = PeerAddress.FromV4((uint)peer), Port = 6881, Left = peer % 2 },
                default);
        }

        var url = AnnounceUrl.Of(1).With("numwant", "50").With("compact", compact);
        var query = $"{url}".Substring(url.Path.Length);
        var exchange = new HttpExchange();

        // What an announce allocates, each round allocates; what the runtime makes once, only one does.
        var least = long.MaxValue;
        for (var round = 0; round < 6 && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var announce = 0; announce < Announces; announce++)
            {
                Assert.True(tracker.TryHandle(exchange.Begin(query, IPAddress.Loopback), "/announce"));
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
        Assert.True(exchange.Length > Math.Min(50, peers - 1) * Endpoint4.Length + 50);
    }
}
