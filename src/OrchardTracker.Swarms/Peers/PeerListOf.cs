using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>
/// Peers of one address family, the endpoints packed as on the wire, so that a reply is a copy of slices. Up to
/// <see cref="LinearUpTo"/> peers are found by looking at each; more get two indexes.
/// </summary>
internal sealed class PeerListOf<TEndpoint> : PeerList
    where TEndpoint : unmanaged, IPackedEndpoint<TEndpoint>
{
    private const int LinearUpTo = 32;
    private const int IndexDroppedBelow = 12;
    private const int FetchedEndpoints = 128;

    private TEndpoint[] _endpoints = [];
    private PeerIndex _byEndpoint;

    public override long Size => 56
        + 24 + (long)Unsafe.SizeOf<TEndpoint>() * _endpoints.Length
        + 24 + (long)Unsafe.SizeOf<PeerInfo>() * _peers.Length
        + (_accounts is null ? 0 : 24 + (long)Unsafe.SizeOf<PeerAccount>() * _accounts.Length)
        + _byEndpoint.Size + _byIdentity.Size;

    public ReadOnlySpan<TEndpoint> Endpoints => _endpoints.AsSpan(0, Count);

    /// <summary>
    /// The entry of an endpoint, or -1. Two users behind one address may announce the same port, so in a private
    /// swarm an endpoint is a user's own.
    /// </summary>
    public int Find(in TEndpoint endpoint, int user)
    {
        if (!_byEndpoint.Exists)
        {
            for (var position = 0; position < Count; position++)
            {
                if (_endpoints[position].Equals(endpoint) && _peers[position].User == user)
                {
                    return position;
                }
            }

            return -1;
        }

        var hash = endpoint.Hash();
        var slot = _byEndpoint.Home(hash);
        int candidate;
        while ((candidate = _byEndpoint.Next(hash, ref slot)) >= 0
            && !(_endpoints[candidate].Equals(endpoint) && _peers[candidate].User == user))
        {
        }

        return candidate;
    }

    /// <summary>Asks for the heads of its arrays; see <see cref="SwarmWarmer"/>.</summary>
    public void FetchHeads()
    {
        CacheLine.FetchHead(_endpoints);
        CacheLine.FetchHead(_peers);
        _byEndpoint.FetchHead();
    }

    /// <summary>Then asks for the endpoints, which a reply is made of, and for where the index has this one.</summary>
    public void FetchPlace(in TEndpoint endpoint)
    {
        // Another thread may be at work: every array is taken once, and its own length counts.
        var endpoints = _endpoints;
        CacheLine.FetchAll(MemoryMarshal.AsBytes(endpoints.AsSpan(0, Math.Min(endpoints.Length, FetchedEndpoints))));
        _byEndpoint.Fetch(endpoint.Hash());
    }

    /// <summary>Then asks for the peer itself, and for the one it changes places with when it has become a seeder.</summary>
    public void FetchPeer(in TEndpoint endpoint)
    {
        var peers = _peers;
        Fetch(peers, _byEndpoint.Guess(endpoint.Hash()));
        Fetch(peers, Seeders);
    }

    private static void Fetch(PeerInfo[] peers, int position)
    {
        if ((uint)position < (uint)peers.Length)
        {
            CacheLine.Fetch(in peers[position]);
        }
    }

    public override int FindEndpointOf(PeerList source, int position) => source is PeerListOf<TEndpoint> same
        ? Find(same._endpoints[position], same._peers[position].User)
        : -1;

    public int Add(in TEndpoint endpoint, in PeerInfo peer, bool seeder)
    {
        MakeRoom();
        var position = Count;
        if (seeder)
        {
            position = Seeders;
            if (position != Count)
            {
                Move(position, Count);
            }

            Seeders++;
        }

        Count++;
        _endpoints[position] = endpoint;
        _peers[position] = peer;
        if (_accounts is not null)
        {
            _accounts[position] = default;
        }

        Index(position);
        return position;
    }

    /// <summary>The same client at a new endpoint.</summary>
    public void Readdress(int position, in TEndpoint endpoint)
    {
        if (_byEndpoint.Exists)
        {
            _byEndpoint.Remove(_endpoints[position].Hash(), position, new ByEndpoint(this));
            _byEndpoint.Add(endpoint.Hash(), position);
        }

        _endpoints[position] = endpoint;
    }

    public override void Replace(int position, in PeerInfo client)
    {
        if (_byIdentity.Exists && _peers[position].HasIdentity)
        {
            _byIdentity.Remove(_peers[position].IdentityHash(), position, new ByIdentity(this));
        }

        _peers[position] = client;
        if (_byIdentity.Exists && client.HasIdentity)
        {
            _byIdentity.Add(client.IdentityHash(), position);
        }
    }

    public override int SetState(int position, bool seeder)
    {
        if (IsSeeder(position) == seeder)
        {
            return position;
        }

        var target = seeder ? Seeders : Seeders - 1;
        Swap(position, target);
        Seeders += seeder ? 1 : -1;
        return target;
    }

    public override void Remove(int position)
    {
        if (_byEndpoint.Exists)
        {
            _byEndpoint.Remove(_endpoints[position].Hash(), position, new ByEndpoint(this));
            if (_peers[position].HasIdentity)
            {
                _byIdentity.Remove(_peers[position].IdentityHash(), position, new ByIdentity(this));
            }
        }

        var last = Count - 1;
        if (position < Seeders)
        {
            var lastSeeder = --Seeders;
            if (position != lastSeeder)
            {
                Move(lastSeeder, position);
            }

            position = lastSeeder;
        }

        if (position != last)
        {
            Move(last, position);
        }

        Count--;
        GiveBack();
    }

    public override PeerAddress AddressOf(int position) => _endpoints[position].Address;

    public override PeerView View(int position, SwarmClock clock) =>
        PeerView.Of(_endpoints[position].ToIPEndPoint(), _peers[position], _accounts?[position], IsSeeder(position), clock);

    /// <summary>
    /// Copies peers for a reply: seeders are given leechers only, nobody is given himself, and everybody else is given
    /// with the same chance. Two runs from opposite places of the list, so that neighbours do not always go together.
    /// </summary>
    /// <returns>How many were written.</returns>
    public int Select(int wanted, bool leechersOnly, int self, Span<TEndpoint> endpoints, Span<PeerId> ids)
    {
        var first = leechersOnly ? Seeders : 0;
        var eligible = CountEligible(leechersOnly, self);
        self = self < first ? int.MaxValue : self;
        wanted = Math.Min(Math.Min(wanted, endpoints.Length), eligible);
        if (wanted <= 0)
        {
            return 0;
        }

        var start = wanted == eligible ? 0 : Random.Shared.Next(eligible);
        var firstRun = (wanted + 1) / 2;
        var opposite = (start + Math.Max(eligible / 2, firstRun)) % eligible;
        CopyRun(first, eligible, self, start, endpoints[..firstRun], ids.IsEmpty ? ids : ids[..firstRun]);
        CopyRun(first, eligible, self, opposite, endpoints[firstRun..wanted], ids.IsEmpty ? ids : ids[firstRun..wanted]);
        return wanted;
    }

    /// <summary>A run over the ring of eligible peers, in which the asking peer does not stand.</summary>
    private void CopyRun(int first, int eligible, int self, int from, Span<TEndpoint> endpoints, Span<PeerId> ids)
    {
        var done = 0;
        while (done < endpoints.Length)
        {
            var position = first + from;
            var end = first + eligible;
            if (position >= self)
            {
                position++;
                end++;
            }
            else
            {
                end = Math.Min(end, self);
            }

            var run = Math.Min(endpoints.Length - done, end - position);
            _endpoints.AsSpan(position, run).CopyTo(endpoints[done..]);
            if (!ids.IsEmpty)
            {
                for (var i = 0; i < run; i++)
                {
                    ids[done + i] = _peers[position + i].Id;
                }
            }

            done += run;
            from = (from + run) % eligible;
        }
    }

    private void MakeRoom()
    {
        if (Count == _endpoints.Length)
        {
            // A swarm of one peer takes room for one; large ones grow by a half.
            Resize(Count < 4 ? Math.Max(1, Count * 2) : Count + Count / 2);
        }

        if (_byEndpoint.Exists ? _byEndpoint.IsFull : Count >= LinearUpTo)
        {
            Reindex();
        }
    }

    private void GiveBack()
    {
        if (Count * 4 < _endpoints.Length && _endpoints.Length > 8)
        {
            Resize(_endpoints.Length / 2);
        }

        if (_byEndpoint.Exists && Count < IndexDroppedBelow)
        {
            _byEndpoint = default;
            _byIdentity = default;
        }
        else if (_byEndpoint.Exists && _byEndpoint.IsSparse)
        {
            Reindex();
        }
    }

    private void Resize(int capacity)
    {
        Array.Resize(ref _endpoints, capacity);
        Array.Resize(ref _peers, capacity);
        if (_accounts is not null)
        {
            Array.Resize(ref _accounts, capacity);
        }
    }

    private void Reindex()
    {
        _byEndpoint = PeerIndex.WithRoomFor(Count + 1);
        _byIdentity = PeerIndex.WithRoomFor(Count + 1);
        for (var position = 0; position < Count; position++)
        {
            Index(position);
        }
    }

    private void Index(int position)
    {
        if (_byEndpoint.Exists)
        {
            _byEndpoint.Add(_endpoints[position].Hash(), position);
            if (_peers[position].HasIdentity)
            {
                _byIdentity.Add(_peers[position].IdentityHash(), position);
            }
        }
    }

    private void Move(int from, int to)
    {
        if (_byEndpoint.Exists)
        {
            _byEndpoint.Renumber(_endpoints[from].Hash(), from, to);
            if (_peers[from].HasIdentity)
            {
                _byIdentity.Renumber(_peers[from].IdentityHash(), from, to);
            }
        }

        _endpoints[to] = _endpoints[from];
        _peers[to] = _peers[from];
        if (_accounts is not null)
        {
            _accounts[to] = _accounts[from];
        }
    }

    private void Swap(int first, int second)
    {
        if (first == second)
        {
            return;
        }

        if (_byEndpoint.Exists)
        {
            _byEndpoint.Exchange(_endpoints[first].Hash(), first, _endpoints[second].Hash(), second);
            ExchangeIdentities(first, second);
        }

        (_endpoints[first], _endpoints[second]) = (_endpoints[second], _endpoints[first]);
        (_peers[first], _peers[second]) = (_peers[second], _peers[first]);
        if (_accounts is not null)
        {
            (_accounts[first], _accounts[second]) = (_accounts[second], _accounts[first]);
        }
    }

    private void ExchangeIdentities(int first, int second)
    {
        switch (_peers[first].HasIdentity, _peers[second].HasIdentity)
        {
            case (true, true):
                _byIdentity.Exchange(_peers[first].IdentityHash(), first, _peers[second].IdentityHash(), second);
                break;
            case (true, false):
                _byIdentity.Renumber(_peers[first].IdentityHash(), first, second);
                break;
            case (false, true):
                _byIdentity.Renumber(_peers[second].IdentityHash(), second, first);
                break;
        }
    }

    private readonly struct ByEndpoint(PeerListOf<TEndpoint> list) : IHashesByPosition
    {
        public uint HashAt(int position) => list._endpoints[position].Hash();
    }

    private readonly struct ByIdentity(PeerListOf<TEndpoint> list) : IHashesByPosition
    {
        public uint HashAt(int position) => list._peers[position].IdentityHash();
    }
}
