using System.Net;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Model;

/// <summary>A peer under one hash at one endpoint.</summary>
internal sealed class NaivePeer
{
    /// <summary>The hash it announced: of a hybrid either.</summary>
    public required InfoHash InfoHash { get; set; }

    public required IPEndPoint Endpoint { get; set; }

    public required PeerId Id { get; set; }

    public required uint Key { get; set; }

    public required int User { get; init; }

    public bool IsSeeder { get; set; }

    public bool IsPartial { get; set; }

    public bool HasCompleted { get; set; }

    public TimeSpan SeenAt { get; set; }

    public long Uploaded { get; set; }

    public long Downloaded { get; set; }

    public long Corrupt { get; set; }

    public long Left { get; set; }

    public bool HasIdentity => User != 0 || Key != 0;

    /// <summary>Who is counted as one: a user, else a client with a key, else an endpoint.</summary>
    public (int User, uint Key, PeerId Id, IPEndPoint? Endpoint) CountedAs =>
        User != 0 ? (User, 0, default, null)
        : Key != 0 ? (0, Key, Id, null)
        : (0, 0, default, Endpoint);

    public bool IsSameSession(in PeerAnnounce said) => Id.Equals(said.PeerId) && Key == said.Key && User == said.User;

    /// <summary>The same running client elsewhere: in the other family, or under the other hash of a hybrid.</summary>
    public bool IsSiblingOf(NaivePeer other)
    {
        if (ReferenceEquals(this, other) || IsInListOf(other))
        {
            return false;
        }

        return HasIdentity
            ? User == other.User && Key == other.Key && Id.Equals(other.Id)
            : !other.HasIdentity && Endpoint.Equals(other.Endpoint);
    }

    public bool IsInListOf(NaivePeer other) =>
        InfoHash == other.InfoHash && Endpoint.AddressFamily == other.Endpoint.AddressFamily;
}
