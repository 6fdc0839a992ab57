using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>
/// The peers of one torrent. A hybrid torrent has two sets of lists, one for each announced hash, because a client that
/// knows only v1 cannot be dialled with a v2 hash; its clients are counted once over both. Not thread-safe: its shard's
/// lock guards it.
/// </summary>
internal sealed partial class Swarm
{
    private PeerListSet _first;
    private PeerListSet _second;
    private int _seeders;
    private int _leechers;
    private int _partialSeeds;
    private int _completed;

    /// <summary>Milliseconds of <see cref="SwarmClock"/> at which the last peer left.</summary>
    public long EmptySince { get; private set; }

    public SwarmCounts Counts => new(_seeders, _leechers, _partialSeeds, _completed);

    /// <summary>Entries in all lists: a client may have several.</summary>
    public int PeerCount => _first.Count + _second.Count;

    public long Size => 96 + _first.Size + _second.Size;

    /// <summary>The list that most announces are about.</summary>
    public PeerListOf<Endpoint4>? Main => _first.V4;

    /// <summary>Takes an announce in and writes the reply's peers.</summary>
    /// <returns>By how many the entries have grown or shrunk.</returns>
    public int Announce(in PeerAnnounce announce, bool second, in PeerSpace space, in SwarmContext context, ref AnnounceOutcome outcome)
    {
        var before = PeerCount;
        ref var lists = ref second ? ref _second : ref _first;
        Siblings siblings = default;
        int own4 = -1, own6 = -1;
        if (announce.Address.IsV6)
        {
            own6 = Enter(ref lists.V6, Endpoint6.From(announce.Address, announce.Port), announce, context, ref siblings, ref outcome);
            own4 = siblings.PositionIn(lists.V4);
        }
        else
        {
            own4 = Enter(ref lists.V4, Endpoint4.From(announce.Address, announce.Port), announce, context, ref siblings, ref outcome);
            own6 = siblings.PositionIn(lists.V6);
        }

        if (announce.Event != AnnounceEvent.Stopped && announce.Wanted > 0 && IsServed(outcome.Verdict, announce.User))
        {
            Select(lists, announce, own4, own6, space, ref outcome);
        }

        if (PeerCount == 0)
        {
            EmptySince = context.Now;
        }

        outcome.Counts = Counts;
        return PeerCount - before;
    }

    private static bool IsServed(StoreVerdict verdict, int user) =>
        verdict == StoreVerdict.Stored || (verdict == StoreVerdict.TooManyPeers && user == 0);

    private static void Select(
        in PeerListSet lists, in PeerAnnounce announce, int own4, int own6, in PeerSpace space, ref AnnounceOutcome outcome)
    {
        // Neither a seeder nor a partial seed has anything to ask of a seeder. But a client with nothing but a magnet link
        // may begin by saying that nothing is left (aria2 does), and needs somebody to tell it what there is.
        var leechersOnly = (announce.IsSeeder || announce.Event == AnnounceEvent.Paused)
            && !(announce.Event == AnnounceEvent.Started && !HasLeechers(lists, own4, own6));
        var count4 = Math.Min(lists.V4?.CountEligible(leechersOnly, own4) ?? 0, space.V4.Length);
        var count6 = Math.Min(lists.V6?.CountEligible(leechersOnly, own6) ?? 0, space.V6.Length);

        // A client that has shown itself in both families can dial both; of another one that is only hoped.
        var share = own4 >= 0 && own6 >= 0 ? announce.Wanted / 2 : announce.Wanted / 4;
        var wanted6 = announce.Address.IsV6
            ? announce.Wanted - Math.Min(count4, Math.Max(share, announce.Wanted - count6))
            : Math.Min(count6, Math.Max(share, announce.Wanted - count4));
        if (lists.V6 is not null)
        {
            outcome.Written6 = lists.V6.Select(wanted6, leechersOnly, own6, space.V6, space.Ids6);
        }

        if (lists.V4 is not null)
        {
            outcome.Written4 = lists.V4.Select(announce.Wanted - outcome.Written6, leechersOnly, own4, space.V4, space.Ids4);
        }
    }

    private static bool HasLeechers(in PeerListSet lists, int own4, int own6) =>
        lists.V4?.CountEligible(leechersOnly: true, own4) > 0 || lists.V6?.CountEligible(leechersOnly: true, own6) > 0;

    private int Enter<TEndpoint>(
        ref PeerListOf<TEndpoint>? list,
        in TEndpoint endpoint,
        in PeerAnnounce announce,
        in SwarmContext context,
        ref Siblings siblings,
        ref AnnounceOutcome outcome)
        where TEndpoint : unmanaged, IPackedEndpoint<TEndpoint>
    {
        var client = new PeerInfo
        {
            Id = announce.PeerId,
            Key = announce.Key,
            User = announce.User,
            LastSeen = context.Tick,
        };

        var position = list is null ? -1 : Find(list, endpoint, client, context);
        if (announce.Event == AnnounceEvent.Stopped)
        {
            Exit(list, position, client, announce, context, ref siblings, ref outcome);
            return -1;
        }

        var isKnown = position >= 0 && SameSession(list![position], client);
        if (announce.OnlyIfKnown && !isKnown && !IsKnownElsewhere(list, client))
        {
            outcome.Verdict = StoreVerdict.NotKnown;
            return -1;
        }

        if (position < 0)
        {
            outcome.Verdict = Admit(list, client, context);
            if (outcome.Verdict != StoreVerdict.Stored)
            {
                // It may have been let in at its other address, which it is not to be given.
                FindSiblings(list, client, ref siblings);
                return -1;
            }

            list ??= new PeerListOf<TEndpoint>();
            position = list.Add(endpoint, client, announce.IsSeeder);
            outcome.IsNew = true;
        }
        else if (!isKnown)
        {
            Uncount(list!, position, context);
            list!.Replace(position, client);
            outcome.IsNew = true;
        }

        list![position].LastSeen = context.Tick;
        FindSiblings(list, position, ref siblings);
        Settle(list, position, announce, context, siblings, outcome.IsNew, ref outcome);
        Complete(list, position, announce, context, siblings, ref outcome);
        for (var i = 0; i < siblings.Count; i++)
        {
            siblings.Moved(i, SetState(siblings.List(i), siblings.Position(i), announce, context));
        }

        return SetState(list, position, announce, context);
    }

    private void Exit(
        PeerList? list,
        int position,
        in PeerInfo client,
        in PeerAnnounce announce,
        in SwarmContext context,
        ref Siblings siblings,
        ref AnnounceOutcome outcome)
    {
        if (position < 0)
        {
            return;
        }

        // The sums of another session say nothing of this one's.
        if (SameSession(list![position], client))
        {
            FindSiblings(list, position, ref siblings);
            Settle(list, position, announce, context, siblings, isNew: false, ref outcome);
        }

        Leave(list, position, context);
    }

    private int Find<TEndpoint>(PeerListOf<TEndpoint> list, in TEndpoint endpoint, in PeerInfo client, in SwarmContext context)
        where TEndpoint : unmanaged, IPackedEndpoint<TEndpoint>
    {
        var position = list.Find(endpoint, client.User);
        if (position >= 0 && SameSession(list[position], client))
        {
            return position;
        }

        // Not here, but the same client may have been elsewhere: its key proves it (BEP 7).
        var former = list.FindSameClient(client);
        if (former < 0)
        {
            return position;
        }

        if (position >= 0)
        {
            // Who was here is gone. Its leaving may have moved the other.
            Leave(list, position, context);
            former = list.FindSameClient(client);
        }

        list.Readdress(former, endpoint);
        return former;
    }

    private static bool SameSession(in PeerInfo peer, in PeerInfo client) =>
        peer.Key == client.Key && peer.Id.Equals(client.Id);

    /// <summary>Whether a client that is not in a list is in another one of the swarm.</summary>
    private bool IsKnownElsewhere(PeerList? list, in PeerInfo client)
    {
        Siblings siblings = default;
        FindSiblings(list, client, ref siblings);
        return siblings.Count > 0;
    }

    private static StoreVerdict Admit(PeerList? list, in PeerInfo client, in SwarmContext context)
    {
        if (!context.HasRoomForPeers || list?.Count >= Math.Min(context.Limits.MaxPeersPerSwarm, PeerIndex.MaxEntries))
        {
            return StoreVerdict.TooManyPeers;
        }

        return client.User != 0 && list?.CountOfUser(client) >= context.Limits.MaxPeersPerUser
            ? StoreVerdict.TooManyPeersOfUser
            : StoreVerdict.Stored;
    }

    private void Complete(
        PeerList list, int position, in PeerAnnounce announce, in SwarmContext context, in Siblings siblings, ref AnnounceOutcome outcome)
    {
        var isSaid = announce.Event == AnnounceEvent.Completed;
        if (!announce.IsSeeder || list[position].Is(PeerFlags.Completed) || !(isSaid || outcome.IsNew))
        {
            // Nothing new; or a leecher that says in passing that it has everything: its `completed` may still come.
            return;
        }

        // One that comes as a seeder has not downloaded here.
        var counted = !isSaid || list.HasCompleted(list[position]);
        foreach (var other in OthersThan(list))
        {
            counted |= other.HasCompleted(list[position]);
        }

        for (var i = 0; i < siblings.Count; i++)
        {
            counted |= siblings.List(i)[siblings.Position(i)].Is(PeerFlags.Completed);
        }

        list[position].Set(PeerFlags.Completed, true);
        for (var i = 0; i < siblings.Count; i++)
        {
            siblings.List(i)[siblings.Position(i)].Set(PeerFlags.Completed, true);
        }

        if (!counted)
        {
            _completed++;
            outcome.HasCompleted = true;
            outcome.Account = outcome.Account with { User = announce.User, Torrent = context.Torrent, Completed = announce.User != 0 };
        }
    }

    /// <summary>Brings an entry into the announced state and counts it; returns where it stands now.</summary>
    private int SetState(PeerList list, int position, in PeerAnnounce announce, in SwarmContext context)
    {
        var partial = announce.Event == AnnounceEvent.Paused && !announce.IsSeeder;
        var isCounted = list[position].Is(PeerFlags.Counted);
        if (list.IsSeeder(position) == announce.IsSeeder && list[position].Is(PeerFlags.Partial) == partial && isCounted)
        {
            return position;
        }

        Uncount(list, position, context);
        position = list.SetState(position, announce.IsSeeder);
        list[position].Set(PeerFlags.Partial, partial);
        Count(list, position, context);
        return position;
    }

    private void Leave(PeerList list, int position, in SwarmContext context)
    {
        Uncount(list, position, context);
        list.Remove(position);
    }
}
