using System.Net;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>A peer as an administrator sees it.</summary>
/// <param name="User">The user's number in a private tracker; 0 for nobody known.</param>
/// <param name="Idle">Time since its last announce, exact to 8 seconds.</param>
/// <param name="Uploaded">Bytes in its session, as it says; null where accounts are not kept. The same goes for the next two.</param>
public sealed record PeerView(
    IPEndPoint Endpoint,
    PeerId Id,
    bool IsSeeder,
    bool IsPartialSeed,
    int User,
    TimeSpan Idle,
    long? Uploaded,
    long? Downloaded,
    long? Left)
{
    internal static PeerView Of(IPEndPoint endpoint, in PeerInfo peer, PeerAccount? account, bool seeder, SwarmClock clock) => new(
        endpoint,
        peer.Id,
        seeder,
        peer.Is(PeerFlags.Partial),
        peer.User,
        TimeSpan.FromSeconds(SwarmClock.AgeInTicks(clock.Tick, peer.LastSeen) * SwarmClock.SecondsPerTick),
        account?.Uploaded,
        account?.Downloaded,
        account?.Left);
}
