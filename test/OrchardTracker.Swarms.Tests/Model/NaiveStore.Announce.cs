using System.Net;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Model;

internal sealed partial class NaiveStore
{
    public Expectation Announce(in PeerAnnounce said)
    {
        var torrent = TorrentOf(said.InfoHash);
        if (!Swarms.TryGetValue(torrent, out var swarm))
        {
            if (said.Event == AnnounceEvent.Stopped)
            {
                return new Expectation();
            }

            if (said.OnlyIfKnown)
            {
                return new Expectation { Verdict = StoreVerdict.NotKnown };
            }

            if (Swarms.Count >= limits.MaxSwarms)
            {
                return new Expectation { Verdict = StoreVerdict.TooManySwarms };
            }

            Swarms[torrent] = swarm = new NaiveSwarm();
        }

        var expectation = Announce(swarm, said) with { Swarm = swarm };
        if (swarm.Peers.Count == 0)
        {
            swarm.EmptySince = Now;
        }

        return expectation;
    }

    private Expectation Announce(NaiveSwarm swarm, PeerAnnounce said)
    {
        var hasRoom = Swarms.Values.Sum(each => each.Peers.Count) < limits.MaxPeers;
        var announced = new NaivePeer
        {
            InfoHash = said.InfoHash,
            Endpoint = new IPEndPoint(said.Address.ToIPAddress(), said.Port),
            Id = said.PeerId,
            Key = said.Key,
            User = said.User,
        };
        var list = swarm.Peers.Where(announced.IsInListOf).ToArray();
        var peer = Find(swarm, list, announced, said);
        if (said.Event == AnnounceEvent.Stopped)
        {
            return Stop(swarm, peer, said);
        }

        var isNew = peer is null || !peer.IsSameSession(said);
        if (isNew && said.OnlyIfKnown && !(announced.HasIdentity && swarm.SiblingsOf(announced).Any()))
        {
            return new Expectation { Verdict = StoreVerdict.NotKnown };
        }

        if (peer is null)
        {
            var verdict = !hasRoom || list.Length >= limits.MaxPeersPerSwarm ? StoreVerdict.TooManyPeers
                : said.User != 0 && list.Count(each => each.User == said.User) >= limits.MaxPeersPerUser ? StoreVerdict.TooManyPeersOfUser
                : StoreVerdict.Stored;
            if (verdict != StoreVerdict.Stored)
            {
                var isServed = verdict == StoreVerdict.TooManyPeers && said.User == 0;
                return new Expectation { Verdict = verdict, Eligible = isServed ? EligibleFor(swarm, announced, said) : [] };
            }

            swarm.Peers.Add(peer = announced);
        }
        else if (isNew)
        {
            swarm.Peers.Remove(peer);
            swarm.Peers.Add(peer = announced);
        }

        peer.SeenAt = Now;
        var expectation = Settle(swarm, peer, said, isNew) with { IsNew = isNew, HasCompleted = Complete(swarm, peer, said, isNew) };
        foreach (var each in swarm.SiblingsOf(peer).Append(peer))
        {
            each.IsSeeder = said.Left == 0;
            each.IsPartial = said.Event == AnnounceEvent.Paused && said.Left != 0;
        }

        return expectation with { Eligible = EligibleFor(swarm, peer, said) };
    }

    private static NaivePeer? Find(NaiveSwarm swarm, NaivePeer[] list, NaivePeer announced, PeerAnnounce said)
    {
        var there = list.SingleOrDefault(peer => peer.Endpoint.Equals(announced.Endpoint) && peer.User == said.User);
        var elsewhere = announced.HasIdentity ? list.SingleOrDefault(peer => peer.IsSameSession(said)) : null;
        if (elsewhere is null || ReferenceEquals(there, elsewhere))
        {
            return there;
        }

        swarm.Peers.RemoveAll(peer => ReferenceEquals(peer, there));
        elsewhere.Endpoint = announced.Endpoint;
        return elsewhere;
    }

    private static Expectation Stop(NaiveSwarm swarm, NaivePeer? peer, PeerAnnounce said)
    {
        var expectation = peer is not null && peer.IsSameSession(said) ? Settle(swarm, peer, said, isNew: false) : new Expectation();
        swarm.Peers.RemoveAll(each => ReferenceEquals(each, peer));
        return expectation;
    }

    private static Expectation Settle(NaiveSwarm swarm, NaivePeer peer, PeerAnnounce said, bool isNew)
    {
        if (said.User == 0)
        {
            return new Expectation();
        }

        var siblings = swarm.SiblingsOf(peer).ToArray();
        NaivePeer[] known = [.. isNew ? [] : (NaivePeer[])[peer], .. siblings];
        var startsAnew = known.Length == 0 || (!isNew && said.Event == AnnounceEvent.Started);
        var uploaded = startsAnew ? said.Uploaded : known.Max(each => each.Uploaded);
        var downloaded = startsAnew ? said.Downloaded : known.Max(each => each.Downloaded);
        var corrupt = startsAnew ? said.Corrupt : known.Max(each => each.Corrupt);
        foreach (var each in siblings.Append(peer))
        {
            each.Uploaded = Math.Max(uploaded, said.Uploaded);
            each.Downloaded = Math.Max(downloaded, said.Downloaded);
            each.Corrupt = Math.Max(corrupt, said.Corrupt);
            each.Left = said.Left;
        }

        return new Expectation
        {
            Uploaded = peer.Uploaded - uploaded,
            Downloaded = peer.Downloaded - downloaded,
            Corrupt = peer.Corrupt - corrupt,
        };
    }

    private static bool Complete(NaiveSwarm swarm, NaivePeer peer, PeerAnnounce said, bool isNew)
    {
        var isSaid = said.Event == AnnounceEvent.Completed;
        if (said.Left != 0 || peer.HasCompleted || !(isSaid || isNew))
        {
            return false;
        }

        var siblings = swarm.SiblingsOf(peer).ToArray();
        var isKnown = siblings.Any(each => each.HasCompleted)
            || (said.User != 0 && swarm.Peers.Any(each => each.User == said.User && each.HasCompleted));
        foreach (var each in siblings.Append(peer))
        {
            each.HasCompleted = true;
        }

        if (!isSaid || isKnown)
        {
            return false;
        }

        swarm.Completed++;
        return true;
    }

    private static NaivePeer[] EligibleFor(NaiveSwarm swarm, NaivePeer asking, PeerAnnounce said)
    {
        NaivePeer[] others =
        [
            .. swarm.Peers.Where(peer =>
                peer.InfoHash == said.InfoHash
                && !ReferenceEquals(peer, asking)
                && !peer.IsSiblingOf(asking)),
        ];
        NaivePeer[] leechers = [.. others.Where(peer => !peer.IsSeeder)];
        var wantsNoSeeders = said.Left == 0 || said.Event == AnnounceEvent.Paused;
        return wantsNoSeeders && !(said.Event == AnnounceEvent.Started && leechers.Length == 0) ? leechers : others;
    }
}
