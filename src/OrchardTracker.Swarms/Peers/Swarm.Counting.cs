namespace OrchardTracker.Swarms;

// Clients are counted, not entries: of the entries of one client in one state, one is marked as counted.
internal sealed partial class Swarm
{
    private void Count(PeerList list, int position, in SwarmContext context)
    {
        if (FindCountingAs(list, position, counted: true, out _) is null)
        {
            SetCounted(list, position, context);
        }
    }

    private void SetCounted(PeerList list, int position, in SwarmContext context)
    {
        ref var peer = ref list[position];
        peer.Set(PeerFlags.Counted, true);
        Change(list.IsSeeder(position), peer.Is(PeerFlags.Partial), 1);
        if (peer.User != 0)
        {
            // The time until now went to another entry, or to none.
            list.Account(position).SeenAt = context.Now;
        }
    }

    private void Uncount(PeerList list, int position, in SwarmContext context)
    {
        ref var peer = ref list[position];
        if (!peer.Is(PeerFlags.Counted))
        {
            return;
        }

        peer.Set(PeerFlags.Counted, false);
        Change(list.IsSeeder(position), peer.Is(PeerFlags.Partial), -1);
        if (FindCountingAs(list, position, counted: false, out var heirPosition) is { } heirs)
        {
            SetCounted(heirs, heirPosition, context);
        }
    }

    private void Change(bool seeder, bool partial, int by)
    {
        if (seeder)
        {
            _seeders += by;
        }
        else
        {
            _leechers += by;
            _partialSeeds += partial ? by : 0;
        }
    }

    private PeerList? FindCountingAs(PeerList list, int position, bool counted, out int found)
    {
        ref var peer = ref list[position];
        var seeder = list.IsSeeder(position);
        if (!peer.HasIdentity)
        {
            var twin = TwinOf(list);
            found = twin?.Count > 0 ? twin.FindEndpointOf(list, position) : -1;
            return found >= 0 && twin!.IsSeeder(found) == seeder && twin[found].Is(PeerFlags.Counted) == counted && !twin[found].HasIdentity
                ? twin
                : null;
        }

        // In a public swarm a client has one entry in each list; a user may have more.
        if ((peer.User != 0 && (found = list.FindCountingAs(peer, seeder, counted, position)) >= 0))
        {
            return list;
        }

        foreach (var other in OthersThan(list))
        {
            if ((found = other.FindCountingAs(peer, seeder, counted, -1)) >= 0)
            {
                return other;
            }
        }

        found = -1;
        return null;
    }

    private void FindSiblings(PeerList list, int position, ref Siblings siblings)
    {
        ref var peer = ref list[position];
        if (peer.HasIdentity)
        {
            FindSiblings(list, peer, ref siblings);
        }
        else if (TwinOf(list) is { Count: > 0 } twin)
        {
            var found = twin.FindEndpointOf(list, position);
            if (found >= 0 && !twin[found].HasIdentity)
            {
                siblings.Add(twin, found);
            }
        }
    }

    private void FindSiblings(PeerList? list, in PeerInfo client, ref Siblings siblings)
    {
        foreach (var other in OthersThan(list))
        {
            var found = other.FindSameClient(client);
            if (found >= 0)
            {
                siblings.Add(other, found);
            }
        }
    }

    private PeerList? TwinOf(PeerList list) =>
        ReferenceEquals(list, _first.V4) ? _second.V4
        : ReferenceEquals(list, _first.V6) ? _second.V6
        : ReferenceEquals(list, _second.V4) ? _first.V4
        : _first.V6;

    private OtherLists OthersThan(PeerList? list) => new(this, list);

    /// <summary>The lists of the swarm that hold anybody, without one.</summary>
    private ref struct OtherLists(Swarm swarm, PeerList? except)
    {
        private int _next;

        public PeerList Current { get; private set; } = null!;

        public readonly OtherLists GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_next < 4)
            {
                PeerList? list = _next++ switch
                {
                    0 => swarm._first.V4,
                    1 => swarm._first.V6,
                    2 => swarm._second.V4,
                    _ => swarm._second.V6,
                };
                if (list is { Count: > 0 } && !ReferenceEquals(list, except))
                {
                    Current = list;
                    return true;
                }
            }

            return false;
        }
    }
}
