using System.Net;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>Who asks to be let in.</summary>
/// <param name="InfoHash">The torrent, by the hash that the peer knows it by.</param>
public readonly record struct SeedPeer(InfoHash InfoHash, IPEndPoint Address, PeerId PeerId);
