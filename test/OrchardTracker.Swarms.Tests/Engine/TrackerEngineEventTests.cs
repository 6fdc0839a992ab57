using System.Collections.Concurrent;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Engine;

public sealed class TrackerEngineEventTests : TrackerEngineFixture
{
    private readonly Recorder _recorder = new();

    public TrackerEngineEventTests() => Engine.Events = _recorder;

    [Fact]
    public void Should_tell_what_belongs_to_accounts()
    {
        Use(settings => settings with { Mode = TrackerMode.Private });
        Engine.Passkeys.Set(5, Key.Digest());
        Engine.Torrents.Set(new TorrentEntry(Torrent, TorrentV2));
        Announce(passkey: Key, because: AnnounceEvent.Started);
        Announce(passkey: Key, hash: TorrentV2);
        Announce(passkey: Key, hash: TorrentV2, uploaded: 100);
        Announce(passkey: Key, uploaded: 100);
        Announce(passkey: Key, uploaded: 100, left: 0, because: AnnounceEvent.Completed);
        Announce(passkey: Key, uploaded: 150, left: 0, because: AnnounceEvent.Stopped);

        Assert.Equal([0, 0, 100, 0, 0, 50], _recorder.Deltas.Select(delta => delta.Uploaded));
        Assert.Equal([false, false, false, false, true, false], _recorder.Deltas.Select(delta => delta.Completed));
        Assert.All(_recorder.Deltas, delta => Assert.Equal((5, Torrent), (delta.User, delta.Torrent)));
        Assert.Equal(5, Assert.Single(_recorder.Completed).User);
    }

    [Fact]
    public void Should_tell_of_completed_downloads_but_of_no_account_when_open()
    {
        Announce();
        Announce(left: 0, uploaded: 100, because: AnnounceEvent.Completed);
        Announce(left: 0, uploaded: 200, because: AnnounceEvent.Completed);

        Assert.Empty(_recorder.Deltas);
        Assert.Equal(Torrent, Assert.Single(_recorder.Completed).InfoHash);
    }

    [Fact]
    public void Should_tell_nothing_of_who_is_refused()
    {
        Use(settings => settings with { Mode = TrackerMode.Private });
        Announce(because: AnnounceEvent.Completed, left: 0);

        Assert.Empty(_recorder.Completed);
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(400)]
    public void Should_count_nothing_twice_when_somebody_sets_the_clock(int days)
    {
        Use(settings => settings with { Mode = TrackerMode.Private });
        Engine.Passkeys.Set(5, Key.Digest());
        Engine.Torrents.Set(new TorrentEntry(Torrent, TorrentV2));
        Announce(passkey: Key, because: AnnounceEvent.Started);
        Announce(passkey: Key, uploaded: 100, left: 0, because: AnnounceEvent.Completed);
        Clock.Advance(TimeSpan.FromMinutes(20));
        Clock.SetWallClock(TimeSpan.FromDays(days));
        Announce(passkey: Key, uploaded: 100, left: 0, because: AnnounceEvent.Completed);
        Announce(passkey: Key, hash: TorrentV2, uploaded: 100, left: 0);
        Clock.SetWallClock(TimeSpan.FromDays(-days));
        Announce(passkey: Key, uploaded: 130, left: 0, because: AnnounceEvent.Stopped);

        Assert.Equal(130, _recorder.Deltas.Sum(delta => delta.Uploaded));
        Assert.Equal(TimeSpan.FromMinutes(20), _recorder.Deltas.Aggregate(TimeSpan.Zero, (sum, delta) => sum + delta.SeedingTime));
        Assert.Single(_recorder.Deltas, delta => delta.Completed);
        Assert.Single(_recorder.Completed);
    }

    private sealed class Recorder : ITrackerEvents
    {
        public ConcurrentQueue<AccountDelta> Deltas { get; } = [];

        public ConcurrentQueue<PeerAnnounce> Completed { get; } = [];

        public void OnAccount(in AccountDelta delta, in PeerAnnounce announce) => Deltas.Enqueue(delta);

        public void OnCompleted(in PeerAnnounce announce) => Completed.Enqueue(announce);
    }
}
