using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Model;

/// <summary>One thing that happens to a store.</summary>
internal abstract record Step
{
    public sealed record Announce(PeerAnnounce Said) : Step
    {
        public override string ToString() =>
            $"announce {Said.Event} {Said.InfoHash.ToString()[..4]} id ..{Said.PeerId.ToString()[^4..]} key {Said.Key} user {Said.User} "
            + $"{Said.Address}:{Said.Port} left {Said.Left} up {Said.Uploaded} down {Said.Downloaded} wanted {Said.Wanted}{(Said.OnlyIfKnown ? " only if known" : "")}";
    }

    public sealed record Pass(TimeSpan Time) : Step;

    public sealed record Sweep : Step;

    public sealed record Link(InfoHash V1, InfoHash V2) : Step;

    public sealed record Unlink(InfoHash V2) : Step;

    public sealed record Remove(InfoHash InfoHash) : Step;

    public sealed record RemoveUser(int User) : Step;
}
