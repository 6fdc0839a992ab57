namespace OrchardTracker.Publishing;

/// <summary>
/// Decides who is served: each peer that is interested gets a slot while there are enough; when there are not, they take
/// turns, whoever has waited longest first. Thread-safe.
/// </summary>
internal sealed class UploadSlots(int count, TimeSpan slotTime)
{
    // A slot is too good for a peer that asks for nothing while others wait.
    private const int UnusedMilliseconds = 3_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<PeerConnection> _waiting = [];
    private readonly LinkedList<(PeerConnection Peer, long Since)> _served = [];

    public void Add(PeerConnection peer)
    {
        lock (_gate)
        {
            if (_served.All(served => served.Peer != peer) && !_waiting.Contains(peer))
            {
                _waiting.AddLast(peer);
                Fill(Environment.TickCount64);
            }
        }
    }

    public void Remove(PeerConnection peer)
    {
        lock (_gate)
        {
            if (_waiting.Remove(peer))
            {
                return;
            }

            for (var node = _served.First; node is not null; node = node.Next)
            {
                if (node.Value.Peer == peer)
                {
                    _served.Remove(node);
                    peer.SetUnchoked(false);
                    Fill(Environment.TickCount64);
                    return;
                }
            }
        }
    }

    /// <summary>Lets others have their turn. To be called every second or so.</summary>
    public void Rotate(long now)
    {
        lock (_gate)
        {
            var turns = _waiting.Count;
            for (var node = _served.First; node is not null && turns > 0;)
            {
                var ((peer, since), next) = (node.Value, node.Next);
                var isUnused = !peer.HasRequests && now - Math.Max(since, peer.LastSent) > UnusedMilliseconds;
                if (isUnused || now - since >= slotTime.TotalMilliseconds)
                {
                    _served.Remove(node);
                    _waiting.AddLast(peer);
                    peer.SetUnchoked(false);
                    turns--;
                }

                node = next;
            }

            Fill(now);
        }
    }

    private void Fill(long now)
    {
        while (_served.Count < count && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            _served.AddLast((first.Value, now));
            first.Value.SetUnchoked(true);
        }
    }
}
