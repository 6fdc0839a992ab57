using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Access;

public sealed class TorrentRegistryTests
{
    private static readonly InfoHash V1 = HashOf(1);
    private static readonly InfoHash V2 = HashOf(2);
    private static readonly InfoHash Other = HashOf(3);

    private readonly MemoryPeerStore _store = new(new StoreLimits(), new TestClock());
    private readonly TorrentRegistry _registry;

    public TorrentRegistryTests() => _registry = new TorrentRegistry(_store);

    [Fact]
    public void Should_find_a_hybrid_by_either_hash()
    {
        var entry = new TorrentEntry(V1, V2);

        Assert.True(_registry.Set(entry));

        Assert.Equal(entry, _registry.Find(V1));
        Assert.Equal(entry, _registry.Find(V2));
        Assert.Null(_registry.Find(Other));
        Assert.Equal(2, _registry.Count);
    }

    [Fact]
    public void Should_tell_the_store_which_hashes_are_one_torrent()
    {
        _registry.Set(new TorrentEntry(V1, V2));
        Leech(V1, 1);
        Leech(V2, 1);

        Assert.Equal(1, Leechers(V1));

        _registry.Remove(V1);
        Leech(V2, 2);
        Assert.Equal((1, 1), (Leechers(V1), Leechers(V2)));
    }

    [Fact]
    public void Should_forget_a_hybrid_under_both_hashes()
    {
        foreach (var hash in (InfoHash[])[V1, V2])
        {
            _registry.Set(new TorrentEntry(V1, V2));

            Assert.True(_registry.Remove(hash));

            Assert.Null(_registry.Find(V1));
            Assert.Null(_registry.Find(V2));
            Assert.Equal(0, _registry.Count);
            Assert.False(_registry.Remove(hash));
        }
    }

    [Fact]
    public void Should_change_an_entry()
    {
        _registry.Set(new TorrentEntry(V1, V2));
        _registry.Set(new TorrentEntry(V1, V2, Refusal: "it is being checked"));
        Assert.Equal("it is being checked", _registry.Find(V2)?.Refusal);

        _registry.Set(new TorrentEntry(V1, V2));
        Assert.Null(_registry.Find(V2)?.Refusal);
        Assert.Equal(2, _registry.Count);
    }

    [Fact]
    public void Should_forget_a_hash_that_an_entry_no_longer_has()
    {
        _registry.Set(new TorrentEntry(V1, V2));
        _registry.Set(new TorrentEntry(V1, Other));

        Assert.Null(_registry.Find(V2));
        Assert.NotNull(_registry.Find(Other));

        _registry.Set(new TorrentEntry(Other));
        Assert.Null(_registry.Find(V1));
        Assert.Equal(1, _registry.Count);
    }

    [Fact]
    public void Should_forget_the_peers_of_a_torrent_that_is_refused()
    {
        _registry.Set(new TorrentEntry(V1, V2));
        Leech(V1, 1);
        Leech(V2, 2);

        _registry.Set(new TorrentEntry(V1, V2, Refusal: "no"));

        Assert.Equal(0, _store.GetTotals().Peers);
    }

    [Fact]
    public void Should_keep_a_block_whatever_is_registered_or_removed()
    {
        _registry.Set(new TorrentEntry(V1, V2, IsBlocked: true));

        Assert.False(_registry.Set(new TorrentEntry(V1, V2)));
        Assert.False(_registry.Set(new TorrentEntry(V1)));
        Assert.False(_registry.Set(new TorrentEntry(V2)));
        Assert.False(_registry.Set(new TorrentEntry(Other, V2)));
        Assert.False(_registry.Remove(V1));
        Assert.False(_registry.Remove(V2));

        Assert.True(_registry.Find(V1)?.IsBlocked);
        Assert.True(_registry.Find(V2)?.IsBlocked);
        Assert.Null(_registry.Find(Other));
    }

    [Fact]
    public void Should_block_a_whole_torrent_by_either_hash()
    {
        foreach (var hash in (InfoHash[])[V1, V2])
        {
            _registry.Set(new TorrentEntry(V1, V2));
            Leech(V1, 1);
            Leech(V2, 2);

            Assert.True(_registry.Set(new TorrentEntry(hash, Refusal: "taken down on request", IsBlocked: true)));

            Assert.True(_registry.Find(V1) is { IsBlocked: true, Refusal: "taken down on request" });
            Assert.True(_registry.Find(V2)?.IsBlocked);
            Assert.Equal(0, _store.GetTotals().Peers);
            Assert.True(_registry.Unblock(hash));
        }
    }

    [Fact]
    public void Should_lift_a_block_on_purpose_only()
    {
        _registry.Set(new TorrentEntry(V1, V2));
        Assert.False(_registry.Unblock(V1));
        Assert.False(_registry.Unblock(Other));
        Assert.NotNull(_registry.Find(V1));

        _registry.Set(new TorrentEntry(V1, V2, IsBlocked: true));
        Assert.True(_registry.Unblock(V2));
        Assert.Null(_registry.Find(V1));
        Assert.True(_registry.Set(new TorrentEntry(V1, V2)));
    }

    [Fact]
    public void Should_block_what_it_did_not_know()
    {
        Leech(V1, 1);
        _registry.Set(new TorrentEntry(V1, IsBlocked: true));

        Assert.Equal(0, _store.GetTotals().Peers);
        Assert.True(_registry.Find(V1)?.IsBlocked);
    }

    [Fact]
    public void Should_refuse_a_hybrid_of_one_hash()
    {
        Assert.Throws<ArgumentException>(() => _registry.Set(new TorrentEntry(V1, V1)));
        Assert.Null(_registry.Find(V1));
    }

    private static InfoHash HashOf(byte number) => new(Enumerable.Repeat(number, InfoHash.Length).ToArray());

    private int Leechers(InfoHash hash) => _store.TryGetCounts(hash, out var counts) ? counts.Leechers : 0;

    private void Leech(InfoHash hash, int client) => _store.Announce(
        new PeerAnnounce
        {
            InfoHash = hash,
            PeerId = Client.IdOf(client),
            Key = 7,
            Address = PeerAddress.FromV4((uint)client),
            Port = 6881,
            Left = 1,
        },
        default);
}
