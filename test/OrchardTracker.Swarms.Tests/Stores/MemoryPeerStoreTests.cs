using System.Net;

namespace OrchardTracker.Swarms.Tests.Stores;

public sealed class MemoryPeerStoreTests : PeerStoreContract
{
    protected override IPeerStore CreateStore(StoreLimits limits, TimeProvider time) => new MemoryPeerStore(limits, time);

    [Fact]
    public void Should_refuse_a_lifetime_that_its_clock_cannot_tell()
    {
        var store = new MemoryPeerStore(DefaultLimits, Clock);

        Assert.Throws<ArgumentOutOfRangeException>(() => store.Limits = DefaultLimits with { PeerLifetime = TimeSpan.FromHours(25) });
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Limits = DefaultLimits with { PeerLifetime = TimeSpan.FromSeconds(7) });
        Assert.Equal(DefaultLimits, store.Limits);
    }

    [Fact]
    public void Should_refuse_bounds_below_zero()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryPeerStore(DefaultLimits with { MaxSwarms = -1 }, Clock));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryPeerStore(DefaultLimits with { MaxPeers = -1 }, Clock));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryPeerStore(DefaultLimits with { MaxPeersPerSwarm = -1 }, Clock));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryPeerStore(DefaultLimits with { MaxPeersPerUser = -1 }, Clock));
    }

    [Fact]
    public void Should_take_out_the_peers_of_many_users_at_once()
    {
        var store = new MemoryPeerStore(DefaultLimits, Clock);
        foreach (var user in (int[])[0, 5, 6, 7])
        {
            Answer.Of(store, AnnounceOf(new Client(user + 1).Of(user)));
        }

        Assert.Equal(2, store.RemoveUsers(new HashSet<int> { 0, 5, 7, 8 }));
        Assert.Equal([0, 6], store.GetPeers(Torrent, 9).Select(peer => peer.User).Order());
    }

    [Fact]
    public void Should_take_out_the_peers_at_banned_addresses()
    {
        var store = new MemoryPeerStore(DefaultLimits, Clock);
        string[] endpoints = ["192.0.2.1:6881", "198.51.100.1:6881", "[2001:db8::1]:6881", "[2001:db9::1]:6881"];
        for (var i = 0; i < endpoints.Length; i++)
        {
            Answer.Of(store, AnnounceOf(new Client(i).At(endpoints[i])));
        }

        Assert.Equal(2, store.RemoveAt(new AddressBans([IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("2001:db8::/32")])));
        Assert.Equal(["198.51.100.1:6881", "[2001:db9::1]:6881"], store.GetPeers(Torrent, 9).Select(peer => peer.Endpoint.ToString()));
        Assert.Equal(2, store.GetTotals().Peers);
    }

    private static PeerAnnounce AnnounceOf(Client client) => new()
    {
        InfoHash = Torrent,
        PeerId = client.Id,
        Address = PeerAddress.From(client.Endpoint.Address),
        Port = (ushort)client.Endpoint.Port,
        Key = client.Key,
        User = client.User,
        Left = 1,
    };
}
