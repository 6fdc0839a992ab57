namespace OrchardTracker.Swarms;

/// <summary>Whether the peer at a position of a list is meant.</summary>
/// <param name="now">In ticks of <see cref="SwarmClock"/>.</param>
internal delegate bool PeerTest(PeerList list, int position, ushort now);
