using System.Net;
using FsCheck;
using FsCheck.Fluent;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Model;

public sealed class PeerStoreModelTests
{
    // About 800 steps each.
    private const int Scenarios = 500;

    [Fact]
    public void Should_do_what_a_naive_store_does() =>
        Prop.ForAll(ScenarioArbitrary.Scenarios, Run).Check(Config.QuickThrowOnFailure.WithMaxTest(Scenarios));

    [Fact(Explicit = true)]
    public void Should_do_what_a_naive_store_does_for_long() =>
        Prop.ForAll(ScenarioArbitrary.Scenarios, Run).Check(Config.QuickThrowOnFailure.WithMaxTest(20 * Scenarios));

    private static void Run(Scenario scenario) => new Comparison(scenario.Limits).Run(scenario.Steps);

    private sealed class Comparison(StoreLimits limits)
    {
        private readonly TestClock _clock = new();
        private readonly NaiveStore _model = new(limits);
        private readonly Dictionary<(int User, InfoHash Torrent), TimeSpan> _credited = [];
        private MemoryPeerStore _store = null!;

        public void Run(IReadOnlyList<Step> steps)
        {
            _store = new MemoryPeerStore(limits, _clock);
            foreach (var step in steps)
            {
                if (step is Step.Announce announce)
                {
                    Announce(announce.Said);
                    CompareSwarm(_model.TorrentOf(announce.Said.InfoHash));
                }
                else
                {
                    Take(step);
                    CompareAll();
                }
            }

            CompareAll();
        }

        private void Take(Step step)
        {
            switch (step)
            {
                case Step.Pass pass:
                    _clock.Advance(pass.Time);
                    _model.Pass(pass.Time);
                    break;
                case Step.Sweep:
                    Assert.Equal(_model.Sweep(), _store.Sweep());
                    break;
                case Step.Link link:
                    _model.Link(link.V1, link.V2);
                    _store.Link(link.V1, link.V2);
                    break;
                case Step.Unlink unlink:
                    _model.Unlink(unlink.V2);
                    _store.Unlink(unlink.V2);
                    break;
                case Step.Remove remove:
                    Assert.Equal(_model.Remove(remove.InfoHash), _store.Remove(remove.InfoHash));
                    break;
                case Step.RemoveUser removeUser:
                    Assert.Equal(_model.RemoveUser(removeUser.User), _store.RemoveUser(removeUser.User));
                    break;
                default:
                    throw new ArgumentException($"What is {step}?", nameof(step));
            }
        }

        private void Announce(in PeerAnnounce said)
        {
            var expected = _model.Announce(said);
            var answer = Answer.Of(_store, said, room4: 60, room6: 60);
            var outcome = answer.Outcome;
            Assert.Equal(expected.Verdict, outcome.Verdict);
            Assert.Equal(expected.IsNew, outcome.IsNew);
            Assert.Equal(expected.HasCompleted, outcome.HasCompleted);
            CompareCounts(expected.Swarm, outcome.Counts);
            CompareReply(expected, answer, said);

            var account = outcome.Account;
            Assert.Equal(
                (expected.Uploaded, expected.Downloaded, expected.Corrupt, expected.HasCompleted && said.User != 0),
                (account.Uploaded, account.Downloaded, account.Corrupt, account.Completed));
            if (!account.IsEmpty)
            {
                var torrent = _model.TorrentOf(said.InfoHash);
                Assert.Equal((said.User, torrent), (account.User, account.Torrent));
                var credited = _credited.GetValueOrDefault((said.User, torrent)) + account.SeedingTime;
                _credited[(said.User, torrent)] = credited;
                Assert.InRange(credited, TimeSpan.Zero, _model.SeededFor.GetValueOrDefault((said.User, torrent)));
            }
        }

        private static void CompareReply(Expectation expected, Answer answer, in PeerAnnounce said)
        {
            if (said.Event == AnnounceEvent.Stopped)
            {
                Assert.Empty(answer.Peers);
                return;
            }

            var given = answer.Peers.Zip(answer.Ids).ToArray();
            Assert.Equal(Math.Min(said.Wanted, expected.Eligible.Count), given.Length);
            var eligible = expected.Eligible.Select(peer => (peer.Endpoint, peer.Id)).ToList();
            Assert.All(given, peer => Assert.True(eligible.Remove(peer), $"{peer} was given, but may not be or was given already."));
        }

        private void CompareAll()
        {
            Assert.Equal(_model.Swarms.Count, _store.Enumerate().Count());
            foreach (var (torrent, counts) in _store.Enumerate())
            {
                CompareCounts(_model.Swarms[torrent], counts);
                CompareSwarm(torrent);
            }

            var totals = _store.GetTotals();
            Assert.Equal(_model.Swarms.Count, totals.Swarms);
            Assert.Equal(_model.Swarms.Values.Sum(swarm => swarm.Peers.Count), totals.Peers);
        }

        private static void CompareCounts(NaiveSwarm? expected, SwarmCounts counts)
        {
            Assert.Equal(
                (expected?.Seeders ?? 0, expected?.Leechers ?? 0, expected?.Completed ?? 0),
                (counts.Seeders, counts.Leechers, counts.Completed));
            var (least, most) = expected?.PartialSeeds ?? default;
            Assert.InRange(counts.PartialSeeds, least, most);
        }

        private void CompareSwarm(InfoHash torrent)
        {
            var expected = _model.Swarms.GetValueOrDefault(torrent);
            Assert.Equal(expected is not null, _store.TryGetCounts(torrent, out var counts));
            CompareCounts(expected, counts);
            var left = (expected?.Peers ?? []).Select(Describe).GroupBy(peer => peer).ToDictionary(group => group.Key, group => group.Count());
            var views = _store.GetPeers(torrent, int.MaxValue);
            Assert.Equal(expected?.Peers.Count ?? 0, views.Count);
            foreach (var view in views)
            {
                var described = Describe(view);
                Assert.True(left.TryGetValue(described, out var count) && count > 0, $"{described} is not expected.");
                left[described] = count - 1;
            }
        }

        private static Description Describe(NaivePeer peer) =>
            new(peer.Endpoint, peer.Id, peer.IsSeeder, peer.IsPartial, peer.User, peer.Uploaded, peer.Downloaded, peer.Left);

        private static Description Describe(PeerView peer) => peer.User == 0
            ? new(peer.Endpoint, peer.Id, peer.IsSeeder, peer.IsPartialSeed, 0, 0, 0, 0)
            : new(
                peer.Endpoint,
                peer.Id,
                peer.IsSeeder,
                peer.IsPartialSeed,
                peer.User,
                peer.Uploaded.GetValueOrDefault(-1),
                peer.Downloaded.GetValueOrDefault(-1),
                peer.Left.GetValueOrDefault(-1));

        private readonly record struct Description(
            IPEndPoint Endpoint, PeerId Id, bool IsSeeder, bool IsPartial, int User, long Uploaded, long Downloaded, long Left);
    }
}
