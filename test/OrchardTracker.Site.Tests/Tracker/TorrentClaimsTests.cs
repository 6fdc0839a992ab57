using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Hosting;

namespace OrchardTracker.Site.Tests.Tracker;

public sealed class TorrentClaimsTests
{
    private static readonly InfoHash V1 = HashOf(1);
    private static readonly InfoHash V2 = HashOf(2);

    private readonly TorrentRegistry _registry = new(new MemoryPeerStore(new StoreLimits(), TimeProvider.System));
    private readonly TorrentClaims _claims;

    public TorrentClaimsTests() => _claims = new TorrentClaims(_registry);

    [Fact]
    public void Should_let_a_module_speak_before_the_list_and_the_list_when_the_module_lets_go()
    {
        _claims.Set(new TorrentEntry(V1, Refusal: "draft"), Claimant.Modules);
        _claims.Set(new TorrentEntry(V1), Claimant.List);
        Assert.Equal("draft", _registry.Find(V1)!.Refusal);

        _claims.Remove(V1, Claimant.Modules);
        Assert.Null(_registry.Find(V1)!.Refusal);

        _claims.Remove(V1, Claimant.List);
        Assert.Null(_registry.Find(V1));
    }

    [Fact]
    public void Should_keep_what_a_module_says_when_the_list_lets_go()
    {
        _claims.Set(new TorrentEntry(V1, V2), Claimant.Modules);
        _claims.Set(new TorrentEntry(V1), Claimant.List);

        Assert.True(_claims.Remove(V1, Claimant.List));
        Assert.NotNull(_registry.Find(V2));
        Assert.False(_claims.Remove(V1, Claimant.List));
    }

    [Fact]
    public void Should_block_until_the_last_who_blocked_lifts_it()
    {
        _claims.SetBlock(V1, null, Claimant.Modules);
        _claims.SetBlock(V1, null, Claimant.List);
        Assert.False(_claims.Set(new TorrentEntry(V1), Claimant.Modules));

        Assert.True(_claims.LiftBlock(V1, Claimant.List));
        Assert.False(_claims.LiftBlock(V1, Claimant.List));
        Assert.True(_registry.Find(V1)!.IsBlocked);

        Assert.True(_claims.LiftBlock(V1, Claimant.Modules));
        Assert.False(_registry.Find(V1)!.IsBlocked);
    }

    [Fact]
    public void Should_block_and_restore_a_hybrid_as_a_whole_by_its_second_hash()
    {
        _claims.Set(new TorrentEntry(V1, V2), Claimant.Modules);
        _claims.SetBlock(V2, null, Claimant.List);
        Assert.True(_registry.Find(V1)!.IsBlocked);

        _claims.LiftBlock(V2, Claimant.List);
        Assert.Equal(new TorrentEntry(V1, V2), _registry.Find(V2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_keep_a_hybrid_whole_when_the_list_has_only_its_second_hash(bool isListFirst)
    {
        var hybrid = new TorrentEntry(V1, V2);
        foreach (var claimant in isListFirst ? (Claimant[])[Claimant.List, Claimant.Modules] : [Claimant.Modules, Claimant.List])
        {
            Assert.True(_claims.Set(claimant == Claimant.List ? new TorrentEntry(V2) : hybrid, claimant));
        }

        Assert.Equal(hybrid, _registry.Find(V1));
        Assert.Equal(hybrid, _registry.Find(V2));

        // The list lets go, and takes it up again.
        Assert.True(_claims.Remove(V2, Claimant.List));
        Assert.Equal(hybrid, _registry.Find(V1));
        Assert.Equal(hybrid, _registry.Find(V2));
        _claims.Set(new TorrentEntry(V2), Claimant.List);

        // A block of the whole and its end change nothing in that.
        _claims.SetBlock(V1, V2, Claimant.Modules);
        _claims.LiftBlock(V1, Claimant.Modules);
        Assert.Equal(hybrid, _registry.Find(V2));

        _claims.Remove(V1, Claimant.Modules);
        Assert.Null(_registry.Find(V1));
        Assert.Equal(new TorrentEntry(V2), _registry.Find(V2));
    }

    [Fact]
    public void Should_let_go_what_is_not_claimed_again_but_nothing_of_others()
    {
        _claims.Set(new TorrentEntry(V1), Claimant.Modules);
        _claims.Set(new TorrentEntry(HashOf(3)), Claimant.Modules);
        _claims.Set(new TorrentEntry(HashOf(4)), Claimant.List);
        _claims.SetBlock(HashOf(5), null, Claimant.Modules);
        _claims.SetBlock(HashOf(6), null, Claimant.Modules);

        _claims.BeginPass(Claimant.Modules);
        _claims.Set(new TorrentEntry(V1), Claimant.Modules);
        _claims.SetBlock(HashOf(6), null, Claimant.Modules);
        _claims.EndPass(Claimant.Modules);

        Assert.NotNull(_registry.Find(V1));
        Assert.Null(_registry.Find(HashOf(3)));
        Assert.NotNull(_registry.Find(HashOf(4)));
        Assert.Null(_registry.Find(HashOf(5)));
        Assert.True(_registry.Find(HashOf(6))!.IsBlocked);
    }

    private static InfoHash HashOf(byte number) => new(Enumerable.Repeat(number, InfoHash.Length).ToArray());
}
