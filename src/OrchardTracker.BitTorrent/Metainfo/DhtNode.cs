namespace OrchardTracker.BitTorrent;

/// <summary>A node of the DHT that a torrent names to begin with (BEP 5).</summary>
public readonly record struct DhtNode(string Host, int Port);
