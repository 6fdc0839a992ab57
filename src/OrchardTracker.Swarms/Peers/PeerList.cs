namespace OrchardTracker.Swarms;

/// <summary>
/// The peers of one address family under one hash: seeders first, then leechers, without gaps. This part knows nothing
/// of the family; it is what a swarm needs to count clients over all its lists.
/// </summary>
internal abstract class PeerList
{
    protected PeerInfo[] _peers = [];
    protected PeerAccount[]? _accounts;
    protected PeerIndex _byIdentity;

    /// <summary>True once a user's peer has been here: only users have accounts.</summary>
    public bool HasAccounts => _accounts is not null;

    public int Count { get; protected set; }

    public int Seeders { get; protected set; }

    /// <summary>Bytes taken by this list and its arrays.</summary>
    public abstract long Size { get; }

    public ref PeerInfo this[int position] => ref _peers[position];

    public ref PeerAccount Account(int position)
    {
        _accounts ??= new PeerAccount[_peers.Length];
        return ref _accounts[position];
    }

    public bool IsSeeder(int position) => position < Seeders;

    public abstract PeerAddress AddressOf(int position);

    /// <summary>How many peers a reply can be chosen from.</summary>
    /// <param name="self">Where the asking peer stands, or -1.</param>
    public int CountEligible(bool leechersOnly, int self)
    {
        var first = leechersOnly ? Seeders : 0;
        return Count - first - (self >= first ? 1 : 0);
    }

    /// <summary>The entry of the same client, or -1.</summary>
    public int FindSameClient(in PeerInfo client)
    {
        if (!client.HasIdentity || Count == 0)
        {
            return -1;
        }

        if (!_byIdentity.Exists)
        {
            for (var position = 0; position < Count; position++)
            {
                if (_peers[position].IsSameClient(client))
                {
                    return position;
                }
            }

            return -1;
        }

        var hash = client.IdentityHash();
        var slot = _byIdentity.Home(hash);
        int candidate;
        while ((candidate = _byIdentity.Next(hash, ref slot)) >= 0 && !_peers[candidate].IsSameClient(client))
        {
        }

        return candidate;
    }

    /// <summary>Another entry than <paramref name="except"/> that counts as the same client in the same state, or -1.</summary>
    public int FindCountingAs(in PeerInfo client, bool seeder, bool counted, int except)
    {
        if (!client.HasIdentity || Count == 0)
        {
            return -1;
        }

        if (!_byIdentity.Exists)
        {
            var end = seeder ? Seeders : Count;
            for (var position = seeder ? 0 : Seeders; position < end; position++)
            {
                if (position != except && _peers[position].Is(PeerFlags.Counted) == counted && _peers[position].CountsAs(client))
                {
                    return position;
                }
            }

            return -1;
        }

        var hash = client.IdentityHash();
        var slot = _byIdentity.Home(hash);
        int candidate;
        while ((candidate = _byIdentity.Next(hash, ref slot)) >= 0)
        {
            if (candidate != except
                && IsSeeder(candidate) == seeder
                && _peers[candidate].Is(PeerFlags.Counted) == counted
                && _peers[candidate].CountsAs(client))
            {
                break;
            }
        }

        return candidate;
    }

    /// <summary>How many entries a user has here.</summary>
    public int CountOfUser(in PeerInfo client) => CountOfUser(client, PeerFlags.None);

    /// <summary>Whether the download of this user has been counted here, with whatever client.</summary>
    public bool HasCompleted(in PeerInfo client) => client.User != 0 && CountOfUser(client, PeerFlags.Completed) > 0;

    /// <summary>The entry of the endpoint that stands in another list of the same family, or -1.</summary>
    public abstract int FindEndpointOf(PeerList source, int position);

    /// <summary>Makes a seeder of a leecher or the reverse; returns where it stands now.</summary>
    public abstract int SetState(int position, bool seeder);

    /// <summary>Gives the entry to another client at the same endpoint.</summary>
    public abstract void Replace(int position, in PeerInfo client);

    public abstract void Remove(int position);

    public abstract PeerView View(int position, SwarmClock clock);

    private int CountOfUser(in PeerInfo client, PeerFlags flags)
    {
        var found = 0;
        if (!_byIdentity.Exists)
        {
            for (var position = 0; position < Count; position++)
            {
                found += _peers[position].User == client.User && (_peers[position].Flags & flags) == flags ? 1 : 0;
            }

            return found;
        }

        var hash = client.IdentityHash();
        var slot = _byIdentity.Home(hash);
        int candidate;
        while ((candidate = _byIdentity.Next(hash, ref slot)) >= 0)
        {
            found += _peers[candidate].User == client.User && (_peers[candidate].Flags & flags) == flags ? 1 : 0;
        }

        return found;
    }
}
