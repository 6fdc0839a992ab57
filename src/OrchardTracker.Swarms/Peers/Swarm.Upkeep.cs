namespace OrchardTracker.Swarms;

internal sealed partial class Swarm
{
    /// <returns>How many entries were removed.</returns>
    public int RemoveWhere(PeerTest test, in SwarmContext context)
    {
        var before = PeerCount;
        if (before == 0)
        {
            return 0;
        }

        RemoveWhere(_first.V4, test, context);
        RemoveWhere(_first.V6, test, context);
        RemoveWhere(_second.V4, test, context);
        RemoveWhere(_second.V6, test, context);
        if (PeerCount == 0)
        {
            EmptySince = context.Now;
        }

        return before - PeerCount;
    }

    /// <summary>Makes this the swarm of a hybrid: the other swarm's lists become those of the second hash.</summary>
    /// <returns>How many entries had to give way.</returns>
    public int TakeSecond(Swarm other, in SwarmContext context)
    {
        var lost = DropSecond(context) + other._second.Count;
        _second = other._first;
        _completed = Math.Max(_completed, other._completed);
        EmptySince = Math.Max(EmptySince, other.EmptySince);
        foreach (PeerList? list in (PeerList?[])[_second.V4, _second.V6])
        {
            for (var position = 0; position < (list?.Count ?? 0); position++)
            {
                list![position].Set(PeerFlags.Counted, false);
            }
        }

        foreach (PeerList? list in (PeerList?[])[_second.V4, _second.V6])
        {
            for (var position = 0; position < (list?.Count ?? 0); position++)
            {
                Count(list!, position, context);
            }
        }

        return lost;
    }

    /// <returns>How many entries were under the second hash.</returns>
    public int DropSecond(in SwarmContext context)
    {
        var dropped = _second.Count;
        RemoveWhere(_second.V4, static (_, _, _) => true, context);
        RemoveWhere(_second.V6, static (_, _, _) => true, context);
        _second = default;
        if (dropped > 0 && PeerCount == 0)
        {
            EmptySince = context.Now;
        }

        return dropped;
    }

    public List<PeerView> View(int most, SwarmClock clock)
    {
        List<PeerView> peers = new(Math.Min(most, PeerCount));
        foreach (PeerList? list in (PeerList?[])[_first.V4, _first.V6, _second.V4, _second.V6])
        {
            for (var position = 0; position < (list?.Count ?? 0) && peers.Count < most; position++)
            {
                peers.Add(list!.View(position, clock));
            }
        }

        return peers;
    }

    private void RemoveWhere(PeerList? list, PeerTest test, in SwarmContext context)
    {
        // From the end: what moves into a gap has been looked at already.
        for (var position = (list?.Count ?? 0) - 1; position >= 0; position--)
        {
            if (test(list!, position, context.Tick))
            {
                Leave(list!, position, context);
            }
        }
    }
}
